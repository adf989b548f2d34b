// The window of time that the chart of a pair shows: moved by its handles or by a drag in the strip of stories.
// Where there are too many events to draw each, those of a smaller window are fetched.

const MONTH = 1000 * 60 * 60 * 24 * 30.44;
const asMonth = (time) => new Date(time).toISOString().slice(0, 7);

function monthsOf(first, last) {
  const out = [];
  for (const at = new Date(first); at <= last; at.setUTCMonth(at.getUTCMonth() + 1)) out.push(at.getTime());
  return out;
}

class Zoom {
  constructor(place) {
    this.place = place;
    this.section = place.closest("section");
    this.form = this.section.querySelector("form.period");
    this.row = this.section.querySelector("[data-window]");
    this.told = this.section.querySelector("[data-number]");
    this.ends = Object.fromEntries([...this.row.querySelectorAll("[data-end]")].map((one) => [one.dataset.end, one]));
    for (const end of Object.values(this.ends)) end.addEventListener("input", () => this.byHandles(end));
    this.row.querySelector("button").addEventListener("click", () => this.show(0, this.months.length - 1));
  }

  // The chart is drawn anew with the theme and the width: the window stays.
  drawn() {
    const { window, most, events } = this.place.spec.usermeta;
    this.most = most;
    this.isBinned = events > most;
    const months = monthsOf(window[0], window[1]);
    if (!this.months || months.length !== this.months.length) {
      this.months = months;
      for (const end of Object.values(this.ends)) end.max = months.length - 1;
      this.first = 0;
      this.last = months.length - 1;
    }
    this.row.hidden = months.length < 3;
    this.place.view.addSignalListener("zoom", (_, zoom) => this.byBrush(zoom && Object.values(zoom)[0]));
    this.align();
    this.show(this.first, this.last);
  }

  // The handles stand below the ends of the strip.
  align() {
    const [left] = this.place.view.origin();
    this.row.style.marginLeft = `${Math.max(0, left - 8)}px`;
  }

  byHandles(moved) {
    let [first, last] = [Number(this.ends.since.value), Number(this.ends.until.value)];
    if (first >= last) {
      if (moved === this.ends.since) first = Math.max(0, last - 1);
      else last = Math.min(this.months.length - 1, first + 1);
    }
    this.show(first, last);
  }

  byBrush(range) {
    if (!range || range.length < 2) { this.show(0, this.months.length - 1); return; }
    const near = (time) => this.months.reduce((best, one, at) => (Math.abs(one - time) < Math.abs(this.months[best] - time) ? at : best), 0);
    const [first, last] = [near(range[0]), near(range[range.length - 1])];
    if (last > first) this.show(first, last);
  }

  show(first, last) {
    Object.assign(this, { first, last });
    this.ends.since.value = first;
    this.ends.until.value = last;
    const since = asMonth(this.months[first]);
    const until = asMonth(this.months[last] - MONTH / 2);
    for (const [end, month] of [[this.ends.since, since], [this.ends.until, until]]) {
      end.setAttribute("aria-valuetext", month);
      end.nextElementSibling.textContent = month;
    }
    // The months stand ready in the form, which gives them an address.
    if (this.form) Object.assign(this.form.elements.since, { value: since }) && Object.assign(this.form.elements.until, { value: until });
    this.place.view.signal("since", this.months[first]).signal("until", this.months[last]).run();
    if (this.isBinned) this.fetchSoon(since, until);
  }

  fetchSoon(since, until) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fetch(since, until), 250);
  }

  async fetch(since, until) {
    const where = this.place.dataset.chart.replace(/chart\.json.*$/, "marks.json");
    const answer = await fetch(`${where}?since=${since}&until=${until}`);
    if (!answer.ok || this.ends.since.nextElementSibling.textContent !== since) return;
    const { marks, bins } = await answer.json();
    this.told.hidden = bins.length === 0;
    this.place.view.data("marks", marks).data("bins", bins).run();
  }
}

for (const place of document.querySelectorAll("[data-chart]")) {
  if (!place.closest("section").querySelector("[data-window]")) continue;
  const zoom = new Zoom(place);
  place.addEventListener("chartdrawn", () => zoom.drawn());
  if (place.view) zoom.drawn();
}
