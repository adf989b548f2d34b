// Keys, and words taken from the paragraph by selecting them; the form works without this file.

const form = document.getElementById("deciding");
const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const keysSwitch = document.querySelector("[data-keys]");
const areOn = () => localStorage.getItem("review-keys") !== "off";

if (keysSwitch) {
  const box = keysSwitch.querySelector("input");
  keysSwitch.hidden = false;
  box.checked = areOn();
  box.addEventListener("change", () => localStorage.setItem("review-keys", box.checked ? "on" : "off"));
}

function opened(details, selector) {
  details.open = true;
  const first = details.querySelector(selector);
  if (first) first.focus();
}

let isSent = false;
function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (key === "?") {
    const keys = document.getElementById("keys");
    if (!keys) return false;
    keys.scrollIntoView({ block: "center" });
    keys.classList.add("lit-keys");
    setTimeout(() => keys.classList.remove("lit-keys"), 1500);
    return true;
  }
  if (!target) return false;
  if (target.tagName === "DETAILS") { opened(target, "select, input, textarea"); return true; }
  const button = target.tagName === "FORM" ? target.querySelector("button") : target;
  if (!button || isSent) return Boolean(button);
  button.click();
  return true;
}

document.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  else if (event.target.method === "post") isSent = true;
});
addEventListener("pageshow", () => { isSent = false; });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !areOn() || typing(event.target)) return;
  if (event.key === " " && event.target.closest("button, summary, a, input")) return;
  if (["a", "x", "e", "m", " ", "?", "Backspace"].includes(event.key) && press(event.key)) event.preventDefault();
});

// Only modes of the chosen type can be chosen.
const kind = document.querySelector("[data-type]"), modes = document.querySelector("[data-modes]");
function fitModes() {
  for (const group of modes.querySelectorAll("optgroup")) {
    const fits = group.label === kind.value;
    group.hidden = group.disabled = !fits;
    if (!fits) for (const option of group.querySelectorAll("option")) option.selected = false;
  }
}
if (kind && modes) {
  fitModes();
  kind.addEventListener("change", fitModes);
}

// The selection within the paragraph, and where it begins in the document, in characters.
const paragraph = document.querySelector("[data-paragraph]");
let taken = null;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!paragraph || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!paragraph.contains(range.startContainer) || !paragraph.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const lead = before.toString().replace(/^… /, "");
  taken = { words: range.toString().trim(), near: Number(paragraph.dataset.start) + [...lead].length };
});
for (const button of document.querySelectorAll("[data-take]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const told = document.querySelector("[data-taken]");
    if (!taken || !taken.words) { told.textContent = "Select words in the paragraph first."; return; }
    const fields = [...document.querySelectorAll("[data-words]")];
    const isNaming = (field) => ["trigger", "cue"].includes(field.name);
    const field = fields.find((one) => isNaming(one) === (button.dataset.take === "name"));
    field.value = taken.words;
    field.form.elements[`${field.name}_near`].value = taken.near;
    told.textContent = `Taken: “${taken.words}”`;
  });
}

// The record is read out first, and keys work at once.
const shown = document.querySelector("[data-record]");
if (shown && !document.querySelector("[role=alert]") && !location.hash) shown.focus({ preventScroll: true });
