// The section of samples: its filters, the list, and the sample that is open. The address is the only state.

class Samples {
  constructor(section, store) {
    this.section = section;
    this.store = store;
    this.pairs = new Pairs(store);
    this.form = byId("filters");
    this.status = byId("listed");
    this.panel = byId("opened");
    this.list = new List(byId("list"), store, (sample, focus) => this.openOne(sample, focus));
    this.view = null;
    this.wanted = 0; // counts what was asked for, so that a late answer to an earlier question is dropped
    this.busy = 0; // what is being listed or opened; tests wait for it
    this.keys = new Map(store.key.map((key, sample) => [key, sample]));
    this.fillForm();
    window.addEventListener("hashchange", () => this.follow(true));
    this.panel.addEventListener("keydown", event => { if (event.key === "Escape") this.close(); });
    this.follow(location.hash.startsWith("#samples"));
  }

  // -- the form ------------------------------------------------------------------------------------

  fillForm() {
    const {store, form} = this;
    const numbers = name => [...new Set(store.numbers[name])].sort((a, b) => a - b).map(String);
    const options = {
      who: store.levels.who.of, model: store.levels.model.of, arm: store.levels.arm.of,
      benchmark: store.levels.benchmark.of, condition: store.levels.condition.of, source: store.levels.source.of,
      status: store.levels.status.of, found_how: store.levels.found_how.of,
      constraint: [...store.constraints].sort(), n_constraints: numbers("n_constraints"), turn: numbers("turn"),
      obeyed: ["yes", "no", "undetermined"], correct: ["yes", "no", "unknown"],
      parted: store.parted.includes(1) ? ["yes", "no"] : [],
    };
    const rows = store.levels.who.of;
    // a filter that repeats another one is left out: rows are models where nothing else varies
    if (rows.length === store.levels.model.of.length) options.who = [];
    for (const [key, values] of Object.entries(options)) {
      if (values.length < 2) continue;
      const select = element("select", {name: key}, element("option", {value: ""}, "any"),
        ...values.map(value => element("option", {value}, value.replaceAll("_", " "))));
      byId("before-order").before(element("label", {}, FILTERS[key].label, select));
    }
    byId("sort").append(...Object.entries(ORDERS).map(([value, {label}]) => element("option", {value}, label)));
    if (rows.length > 1) {
      byId("beside").append(element("option", {value: ""}, "nothing"), ...rows.map(value => element("option", {value}, value)));
      byId("flips").append(element("option", {value: ""}, "all pairs"),
        ...Object.entries(FLIPS).map(([value, label]) => element("option", {value}, label)));
    } else for (const label of form.querySelectorAll(".comparing")) label.remove();
    let typing;
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("input", event => {
      clearTimeout(typing);
      typing = setTimeout(() => this.go(this.formView(event.target.name)), event.target.type === "search" ? 300 : 0);
    });
    byId("clear").addEventListener("click", () => this.go({filters: new Map(), q: "", sort: "", open: "", beside: "", flips: ""}));
  }

  formView(changed) {
    const view = {...this.view, filters: new Map(this.view.filters), open: ""};
    for (const control of this.form.querySelectorAll("select, input")) {
      if (Object.hasOwn(FILTERS, control.name)) {
        if (control.value) view.filters.set(control.name, control.value); else view.filters.delete(control.name);
      } else view[control.name] = control.value;
    }
    if (!view.beside) view.flips = "";
    // to be set beside another row, one row must be chosen; and a row beside itself shows nothing
    if (changed === "beside" && view.beside && !view.filters.has("who")) {
      const other = this.store.levels.who.of.find(who => who !== view.beside);
      view.filters.set("who", other);
    }
    return view;
  }

  showForm() {
    for (const control of this.form.querySelectorAll("select, input")) {
      control.value = (Object.hasOwn(FILTERS, control.name) ? this.view.filters.get(control.name) : this.view[control.name]) ?? "";
    }
    // what the form has no control for, or no such value, is said beside it
    const chips = byId("chips");
    chips.replaceChildren();
    for (const [key, value] of this.view.filters) {
      const control = this.form.elements.namedItem(key);
      if (control && control.value === value) continue;
      chips.append(element("button", {type: "button", class: "chip", onclick: () => {
        const filters = new Map(this.view.filters);
        filters.delete(key);
        this.go({...this.view, filters, open: ""});
      }}, `${FILTERS[key].label}: `, named(value), element("span", {"aria-hidden": "true"}, " ✕"), element("span", {class: "hidden"}, " (remove this filter)")));
    }
  }

  // -- following the address -----------------------------------------------------------------------

  // Goes to a view; one that the reader may want to come back to stays in the browser's history.
  go(view, back = false) {
    const target = address(view);
    if (target === location.hash) return;
    this.ours = true;
    if (back) location.hash = target; else location.replace(target);
  }

  async follow(scroll) {
    this.section.dataset.busy = ++this.busy;
    try {
      await this.turnTo(scroll);
    } finally {
      this.section.dataset.busy = --this.busy;
    }
  }

  async turnTo(scroll) {
    const view = asked(location.hash) ?? (this.view ? null : asked("#samples"));
    if (view === null) return; // a link to another part of the page
    const ours = this.ours;
    this.ours = false;
    const before = this.view;
    this.view = view;
    this.showForm();
    const listing = ({filters, q, sort, beside, flips}) => JSON.stringify([[...filters], q, sort, beside, flips]);
    if (before === null || listing(before) !== listing(view)) await this.relist();
    const open = this.keys.get(view.open);
    this.list.mark(open);
    await this.showSample(open);
    if (scroll && !ours) {
      (open === undefined ? this.section : this.panel).scrollIntoView();
      (open === undefined ? byId("list") : this.panel).focus({preventScroll: true});
    }
  }

  async relist() {
    const {store, view} = this, turn = ++this.wanted;
    const partner = sample => this.pairs.of(sample, view.beside);
    let samples = selected(store, view, partner);
    if (view.q) {
      const among = samples;
      samples = await searched(store, among, view.q, (found, share) => {
        if (turn !== this.wanted) return false;
        this.status.textContent = `Searching, ${Math.round(100 * share)} %: ${counted(found.length, "sample")} so far`;
        return true;
      });
      if (samples === null) return;
    }
    this.listed = ordered(store, samples, view.sort);
    this.list.show(this.listed, this.keys.get(view.open));
    const what = samples.length === store.size ? `All ${counted(store.size, "sample")}` : `${grouped(samples.length)} of ${counted(store.size, "sample")}`;
    this.status.textContent = samples.length ? what : `${what}: nothing passes these filters`;
  }

  // -- one sample ----------------------------------------------------------------------------------

  openOne(sample, focus = false) {
    this.go({...this.view, open: this.store.key[sample]}, !this.view.open);
    if (focus) this.panel.focus();
  }

  close() {
    this.go({...this.view, open: ""});
    this.section.classList.remove("reading");
    byId("list").focus();
  }

  async showSample(sample) {
    const {store, panel} = this;
    this.section.classList.toggle("reading", sample !== undefined);
    if (sample === undefined) {
      panel.replaceChildren(element("p", {class: "soft"}, "Choose a sample in the list. Arrow keys go through them, Enter moves into the text, Escape back."));
      return;
    }
    const shown = this.opened = Symbol();
    const one = await article(store, sample, "opened");
    if (this.opened !== shown) return; // another was opened meanwhile
    const pair = element("div", {class: "pair"}, one);
    const others = this.pairs.others(sample);
    const place = this.listed.indexOf(sample);
    const step = by => element("button", {type: "button", disabled: this.listed[place + by] === undefined,
      onclick: () => this.openOne(this.listed[place + by], true)}, by < 0 ? "Previous" : "Next");
    const link = element("a", {href: address({filters: new Map(), open: store.key[sample]})}, "Link to this sample");
    const select = element("select", {}, element("option", {value: ""}, "nothing"),
      ...others.map(([other, label]) => element("option", {value: other}, label)));
    const set = async () => {
      const chosen = select.value === "" ? null : await article(store, Number(select.value), "beside");
      if (this.opened === shown) pair.replaceChildren(one, ...(chosen ? [chosen] : []));
    };
    const beside = this.view.beside ? this.pairs.of(sample, this.view.beside) : this.beside(others);
    if (beside !== undefined && others.some(([other]) => other === beside)) select.value = beside;
    select.addEventListener("change", () => { this.kind = others.find(([other]) => String(other) === select.value)?.[1]; });
    panel.replaceChildren(
      element("div", {class: "tools"}, element("button", {type: "button", class: "back", onclick: () => this.close()}, "Back to the list"),
        step(-1), step(1), others.length ? element("label", {}, "Beside it: ", select) : null, link),
      pair);
    select.addEventListener("change", set);
    await set();
    if (getComputedStyle(byId("list")).display === "none") panel.scrollIntoView(); // it took the list's place
  }

  // What stood beside the last sample by the reader's choice stands beside the next one too.
  beside(others) {
    return others.find(([, label]) => label === this.kind)?.[0];
  }
}
