// The list of samples: rows are made for what is in sight alone, so that 20,000 scroll like 20.

const SPARE_ROWS = 6; // made above and below what is in sight

class List {
  constructor(box, store, open) {
    this.box = box;
    this.store = store;
    this.open = open; // called with the sample that somebody chose
    this.samples = [];
    this.at = -1; // place of the one that the keyboard is on
    this.made = new Map(); // place → its element
    this.inner = element("div", {class: "rows", role: "presentation"});
    box.append(this.inner);
    box.addEventListener("scroll", () => this.draw(), {passive: true});
    box.addEventListener("keydown", event => this.pressed(event));
    box.addEventListener("click", event => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(Number(row.dataset.place));
    });
    new ResizeObserver(() => this.draw()).observe(box);
  }

  get height() { // of a row: as the style has it, in rem
    return 3.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  show(samples, current) {
    this.samples = samples;
    this.at = samples.indexOf(current);
    this.clear();
    this.inner.style.height = `${samples.length * this.height}px`;
    this.box.scrollTop = 0;
    if (this.at >= 0) this.reveal();
    this.draw();
  }

  clear() {
    for (const row of this.made.values()) row.remove();
    this.made.clear();
  }

  // Moves the mark to a sample that was opened elsewhere (a link, the buttons before and after).
  mark(sample) {
    const at = this.samples.indexOf(sample);
    if (at === this.at) return;
    this.at = at;
    this.clear();
    if (at >= 0) this.reveal();
    this.draw();
  }

  reveal() {
    const top = this.at * this.height, box = this.box;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.height > box.scrollTop + box.clientHeight) box.scrollTop = top + this.height - box.clientHeight;
  }

  draw() {
    const height = this.height;
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - SPARE_ROWS);
    const last = Math.min(this.samples.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / height) + SPARE_ROWS);
    for (const [place, row] of this.made) {
      if (place < first || place >= last) { row.remove(); this.made.delete(place); }
    }
    for (let place = first; place < last; place++) {
      if (this.made.has(place)) continue;
      const row = this.row(place);
      row.style.transform = `translateY(${place * height}px)`;
      this.made.set(place, row);
      this.inner.append(row);
    }
    const active = this.made.get(this.at);
    if (active) this.box.setAttribute("aria-activedescendant", active.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(place) {
    const sample = this.samples[place], {store} = this;
    const who = store.levels.who.of.length > 1 ? [" · ", named(store.level("who", sample))] : [];
    const draw = store.value("sample", sample) ? ` · sample ${store.value("sample", sample)}` : "";
    return element("div", {
      role: "option", id: `row-${place}`, "data-place": place, class: "row",
      "aria-selected": place === this.at ? "true" : "false",
      "aria-posinset": place + 1, "aria-setsize": this.samples.length,
    },
    element("div", {class: "what"}, named(store.level("item", sample)), ...who, draw),
    element("div", {class: "how"}, ...badges(store, sample)));
  }

  choose(place) {
    if (place < 0 || place >= this.samples.length) return;
    this.at = place;
    this.clear();
    this.reveal();
    this.draw();
    this.open(this.samples[place]);
  }

  pressed(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity};
    if (event.key === "Enter" || event.key === " ") {
      if (this.at < 0) this.choose(0);
      else this.open(this.samples[this.at], true);
    } else if (event.key in steps) {
      this.choose(Math.max(0, Math.min(this.samples.length - 1, this.at + steps[event.key])));
    } else return;
    event.preventDefault();
  }
}

// How a sample came out, in a few words.
function badges(store, sample) {
  const found = [], bare = store.level("condition", sample) === "without";
  const add = (style, text) => found.push(element("span", {class: style}, text));
  const status = store.level("status", sample);
  if (bare) add("badge", "asked without constraints");
  if (status !== "complete") add("badge no", status.replaceAll("_", " "));
  const verdicts = store.verdicts(sample), broken = verdicts.filter(([, obeyed]) => obeyed === 0);
  if (!bare) {
    for (const [name] of broken.slice(0, 3)) add("badge no", `✗ ${name}`);
    if (broken.length > 3) add("badge no", `+${broken.length - 3}`);
    if (verdicts.length && store.truths.hard[sample] === 1) add("badge yes", verdicts.length > 1 ? `✓ all ${verdicts.length} obeyed` : "✓ obeyed");
    if (status === "complete" && !broken.length && verdicts.some(([, obeyed]) => obeyed < 0)) add("badge", "undetermined");
  } else if (verdicts.length && status === "complete") {
    add("badge", `${verdicts.length - broken.length} of ${verdicts.length} obeyed anyway`);
  }
  const correct = store.truths.correct[sample];
  if (status === "complete" && correct >= 0) add(correct ? "badge yes" : "badge no", correct ? "✓ correct" : "✗ wrong");
  return found;
}
