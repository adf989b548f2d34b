// Set the chosen theme before anything is drawn, so that no page flashes in the other one.
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
