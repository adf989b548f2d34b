// Small comforts: pages work without this file.

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  document.dispatchEvent(new Event("themechange"));
}

// Take the evidence of a record into the page; without a place for it, go to its own page.
async function showEvidence(id) {
  const place = document.getElementById("evidence");
  if (!place) { location.href = `/records/${id}`; return; }
  const answer = await fetch(`/records/${encodeURIComponent(id)}?panel=1`);
  if (!answer.ok) { location.href = `/records/${id}`; return; }
  place.innerHTML = await answer.text();
  if (place.getBoundingClientRect().top < 0 || place.getBoundingClientRect().top > innerHeight - 120) {
    place.scrollIntoView({ block: "start" });
  }
}
window.detente = { showEvidence };

// In the reader, text and side panel point at each other.
function light(ids, source) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const id of ids) {
    for (const piece of document.querySelectorAll(`[data-records~="${CSS.escape(id)}"]`)) piece.classList.add("lit");
    const card = document.querySelector(`[data-card="${CSS.escape(id)}"]`);
    if (card) card.classList.add("lit");
    if (card && source === "text") card.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

function step(by) {
  const records = [...document.querySelectorAll("article.record")];
  if (!records.length) return;
  const at = records.indexOf(document.activeElement);
  const next = records[Math.min(records.length - 1, Math.max(0, at + by))];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  const card = next.closest("[data-card]");
  if (card) light([card.dataset.card], "card");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-evidence]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    showEvidence(link.pathname.split("/").pop());
  }
  const piece = event.target.closest("[data-records]");
  if (piece) light(piece.dataset.records.split(" ").filter(Boolean), "text");
  const card = event.target.closest("[data-card]");
  if (card) light([card.dataset.card], "card");
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
  if (isTyping(event.target)) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("find").focus(); }
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});

const themeButton = document.querySelector("[data-theme-switch]");
themeButton.hidden = false;
themeButton.addEventListener("click", switchTheme);

const adding = document.querySelector("form.adding");
if (adding) adding.addEventListener("submit", () => { document.querySelector("[data-working]").hidden = false; });

if (location.hash.length > 1) {
  const id = location.hash.slice(1).replace(/^t-/, "");
  if (document.querySelector(`[data-card="${CSS.escape(id)}"]`)) {
    light([id], "card");
    // The words, not the card, are what a link to a record in its text is for.
    const words = document.getElementById(`t-${id}`);
    if (words) words.scrollIntoView({ block: "center" });
  }
}
