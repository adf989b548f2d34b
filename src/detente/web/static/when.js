// A slider for the month that a page shows; without this file the field beside it and its button do the same.

const form = document.querySelector("form[data-when]");
const field = form.elements.at;
const told = (number) => `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
const counted = (text) => { const [year, month = "12"] = text.split("-"); return Number(year) * 12 + Number(month) - 1; };

const slider = Object.assign(document.createElement("input"), {
  type: "range", min: form.dataset.first, max: form.dataset.last, value: counted(field.value || form.dataset.shown),
});
slider.setAttribute("aria-label", "Month");
slider.setAttribute("aria-valuetext", told(slider.value));
form.append(slider);

slider.addEventListener("input", () => {
  field.value = told(slider.value);
  slider.setAttribute("aria-valuetext", field.value);
});
slider.addEventListener("change", show);

// Only the last of several moves is shown.
let newest = 0;
async function show() {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  const mine = ++newest;
  const answer = await fetch(address);
  if (!answer.ok) { location.href = address; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== newest) return;
  for (const old of document.querySelectorAll("[data-region]")) {
    const made = page.querySelector(`[data-region="${old.dataset.region}"]`);
    if (made) old.replaceWith(document.adoptNode(made));
  }
  const charts = page.querySelectorAll("[data-chart]");
  for (const [number, place] of document.querySelectorAll("[data-chart]").entries()) {
    const made = charts[number];
    if (made && made.dataset.chart !== place.dataset.chart) {
      place.dataset.chart = made.dataset.chart;
      place.dispatchEvent(new Event("chartchange", { bubbles: true }));
    }
  }
  history.replaceState(null, "", address);
}
