// Which samples are listed. The filters stand in the page's address, so that a view can be sent to somebody:
// #samples?who=…&constraint=…&obeyed=no  (report/links.py writes such links)

const TRUTHS = {yes: 1, no: 0, undetermined: -1, unknown: -1};

// key → its label and, for a store and the chosen value, what of a sample must hold
const levelled = name => (store, value) => {
  const at = store.levels[name].of.indexOf(value), column = store.levels[name].at;
  return sample => column[sample] === at && at >= 0;
};
const numbered = name => (store, value) => {
  const column = store.numbers[name];
  return sample => column[sample] === Number(value);
};

const FILTERS = {
  who: {label: "row", test: levelled("who")},
  model: {label: "model", test: levelled("model")},
  arm: {label: "arm", test: levelled("arm")},
  benchmark: {label: "benchmark", test: levelled("benchmark")},
  condition: {label: "condition", test: levelled("condition")},
  source: {label: "source", test: levelled("source")},
  n_constraints: {label: "how many constraints", test: numbered("n_constraints")},
  constraint: {label: "constraint", test: (store, value) => {
    const wanted = store.constraints.indexOf(value);
    return sample => store.checks[sample].some((part, i) => i % 2 === 0 && part === wanted);
  }},
  obeyed: {label: "obeyed", test: (store, value, all) => {
    const truth = TRUTHS[value];
    if (!all.has("constraint")) return sample => store.obeyed(sample) === truth;
    const wanted = store.constraints.indexOf(all.get("constraint"));
    return sample => store.obeyedOne(sample, wanted) === truth;
  }},
  correct: {label: "correct", test: (store, value) => sample => store.truths.correct[sample] === TRUTHS[value]},
  hard: {label: "passes as obeying all", test: (store, value) => sample => store.truths.hard[sample] === TRUTHS[value]},
  joint: {label: "obeyed and correct", test: (store, value) => sample => store.truths.joint[sample] === TRUTHS[value]},
  status: {label: "status", test: levelled("status")},
  found_how: {label: "answer found by", test: levelled("found_how")},
  problem: {label: "problem", test: levelled("problem")},
  item: {label: "item", test: levelled("item")},
  sample: {label: "sample", test: numbered("sample")},
  turn: {label: "turn", test: numbered("turn")},
  tokens_thinking: {label: "tokens of thinking", test: (store, value) => {
    const [low, high] = value.split("-").map(Number), column = store.numbers.tokens_thinking;
    return sample => column[sample] !== null && column[sample] >= low && column[sample] <= high;
  }},
  parted: {label: "judges disagree", test: (store, value) => sample => store.parted[sample] === TRUTHS[value]},
};

const FLIPS = {
  any: "either way",
  lost: "obeyed here, not there",
  gained: "not obeyed here, obeyed there",
};

// What the address asks for: {filters: Map, q, sort, open, beside, flips}, or null where it is not about samples.
function asked(hash) {
  const [place, query = ""] = hash.replace(/^#/, "").split("?");
  if (place !== "samples") return null;
  const filters = new Map(), rest = {q: "", sort: "", open: "", beside: "", flips: ""};
  for (const [key, value] of new URLSearchParams(query)) {
    if (Object.hasOwn(FILTERS, key)) filters.set(key, value);
    else if (Object.hasOwn(rest, key)) rest[key] = value;
  }
  return {filters, ...rest};
}

function address(view) {
  const query = new URLSearchParams([...view.filters].filter(([, value]) => value !== ""));
  for (const key of ["q", "sort", "open", "beside", "flips"]) if (view[key]) query.set(key, view[key]);
  const text = query.toString();
  return "#samples" + (text ? `?${text}` : "");
}

// The numbers of the samples that pass every filter, in the order of the store.
function selected(store, view, partner) {
  const tests = [...view.filters].map(([key, value]) => FILTERS[key].test(store, value, view.filters));
  if (view.beside) tests.push(sample => flipped(store, sample, partner(sample), view.flips));
  const found = [];
  for (let sample = 0; sample < store.size; sample++) if (tests.every(test => test(sample))) found.push(sample);
  return found;
}

// Whether a sample and the one beside it part as asked; without `flips` it is enough that there is one.
function flipped(store, here, there, flips) {
  if (there === undefined) return false;
  if (!flips) return true;
  const [a, b] = [store.truths.hard[here], store.truths.hard[there]];
  if (a < 0 || b < 0 || a === b) return false;
  return flips === "any" || (flips === "lost" ? a === 1 : b === 1);
}
