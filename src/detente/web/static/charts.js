// Draw the charts of a page from their addresses, in the colours of the theme; a click on a mark shows its evidence.

const embed = window.vegaEmbed;

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

// "$ink" in a specification is the theme's colour of that name.
function themed(value, colour) {
  if (typeof value === "string") return value.startsWith("$") ? colour(value.slice(1)) : value;
  if (Array.isArray(value)) return value.map((one) => themed(one, colour));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === "datasets" ? one : themed(one, colour)]));
  }
  return value;
}

function look(colour) {
  const text = colour("ink"), quiet = colour("quiet"), line = colour("line");
  return {
    background: "transparent",
    font: "system-ui, sans-serif",
    view: { stroke: null },
    title: { color: quiet, fontSize: 12, fontWeight: 500, anchor: "start", frame: "group", offset: 8 },
    axis: { labelColor: quiet, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line, titleFontWeight: 400 },
    legend: { labelColor: text, titleColor: text, symbolSize: 60, offset: 4, padding: 0 },
  };
}

async function draw(place) {
  const answer = await fetch(place.dataset.chart);
  if (!answer.ok) throw new Error(`${answer.status} for ${place.dataset.chart}`);
  place.spec = await answer.json();
  await show(place);
}

async function show(place) {
  const colour = colours();
  const spec = themed(place.spec, colour);
  const width = Math.max(220, place.clientWidth - (spec.projection ? 4 : 66));
  for (const panel of spec.vconcat ?? []) panel.width = width;
  if (width < 420) {
    for (const panel of spec.vconcat ?? []) panel.title = { text: wrapped(panel.title, Math.floor(width / 6)) };
  }
  if (!spec.vconcat) Object.assign(spec, { width, height: Math.round(width * (spec.usermeta?.height ?? 0.5)) });
  if (place.view) place.view.finalize();
  const marks = (spec.datasets.marks?.length ?? 0) + (spec.datasets.open?.length ?? 0);
  const { role, ariaLabel } = place;
  const made = await embed(place, spec, {
    ast: true, // no eval, as the content security policy asks
    actions: false,
    defaultStyle: false,
    renderer: marks > 1500 ? "canvas" : "svg",
    config: look(colour),
    tooltip: { theme: "custom", disableDefaultStyle: true },
  });
  Object.assign(place, { role, ariaLabel }); // which the library takes for its own words
  place.view = made.view;
  made.view.addEventListener("click", (_, item) => {
    const datum = item && item.datum;
    if (datum && datum.href) location.href = datum.href;
    else if (datum && datum.id && spec.vconcat) window.detente.showEvidence(datum.id);
  });
  // The handle of the zoom has no meaning to be read out.
  for (const brush of place.querySelectorAll("[class*=zoom_brush]")) brush.setAttribute("aria-hidden", "true");
  const waiting = place.closest("figure").querySelector(".waiting");
  if (waiting) waiting.remove();
  place.dataset.drawn = width;
  place.dispatchEvent(new Event("chartdrawn")); // for zoom.js
}

function wrapped(text, length) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length > length) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

const places = [...document.querySelectorAll("[data-chart]")];
for (const place of places) {
  draw(place).catch((error) => { place.textContent = `The chart could not be drawn (${error.message}); the table has its figures.`; });
}
// A place may be given another address, as a date is moved.
document.addEventListener("chartchange", (event) => draw(event.target).catch(() => location.reload()));
document.addEventListener("themechange", () => places.forEach((place) => place.spec && show(place)));
let waiting;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => places.forEach((place) => place.spec && place.clientWidth && show(place)), 200);
});
