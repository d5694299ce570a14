// In which order samples are listed.

// How much a sample asks to be looked at: what broke a constraint first, the floor's answers last.
function kind(store, sample) {
  if (store.level("condition", sample) === "without") return store.truths.correct[sample] === 0 ? 6 : 7;
  const status = store.level("status", sample);
  if (status === "error") return 4;
  if (status !== "complete") return 1;
  const obeyed = store.obeyed(sample);
  if (obeyed === 0) return 0;
  if (obeyed === -1) return 3;
  return store.truths.correct[sample] === 0 ? 2 : 5;
}

const most = number => number ?? -1;
const ORDERS = {
  "": {label: "failures first", by: (store, sample) => kind(store, sample)},
  item: {label: "item", by: () => 0},
  least: {label: "fewest constraints obeyed first", by: (store, sample) => most(store.soft[sample])},
  thinking: {label: "most thinking first", by: (store, sample) => -most(store.value("tokens_thinking", sample))},
  short: {label: "least thinking first", by: (store, sample) => store.value("tokens_thinking", sample) ?? Infinity},
  tokens: {label: "most tokens first", by: (store, sample) => -most(store.value("tokens_out", sample))},
};

function ordered(store, samples, name) {
  const {by} = ORDERS[name] ?? ORDERS[""];
  const keys = new Map(samples.map(sample => [sample, by(store, sample)]));
  return [...samples].sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}
