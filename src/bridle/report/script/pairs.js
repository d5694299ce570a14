// Which samples are set side by side: the same drawing under another row, or the same problem asked otherwise.

class Pairs {
  constructor(store) {
    this.store = store;
    this.problems = new Map(); // problem and turn → its samples
    this.drawings = new Map(); // row, item, condition, sample and turn → the sample
    for (let sample = 0; sample < store.size; sample++) {
      const problem = this.problem(sample);
      if (!this.problems.has(problem)) this.problems.set(problem, []);
      this.problems.get(problem).push(sample);
      this.drawings.set(this.drawing(sample, store.levels.who.at[sample]), sample);
    }
  }

  problem(sample) {
    const {levels, numbers} = this.store;
    return [levels.benchmark.at[sample], levels.problem.at[sample], numbers.turn[sample]].join();
  }

  drawing(sample, who) {
    const {levels, numbers} = this.store;
    return [who, levels.benchmark.at[sample], levels.item.at[sample], levels.condition.at[sample],
      numbers.sample[sample], numbers.turn[sample]].join();
  }

  // The same drawing of another row; undefined where there is none.
  of(sample, who) {
    return this.drawings.get(this.drawing(sample, this.store.levels.who.of.indexOf(who)));
  }

  // What may stand beside a sample, the nearest first: [sample, what it is called].
  others(sample) {
    const {store} = this, found = [];
    const same = (name, other) => store.level(name, other) === store.level(name, sample);
    for (const other of this.problems.get(this.problem(sample))) {
      if (other === sample) continue;
      const parts = [], near = [];
      if (!same("condition", other)) parts.push(`${store.level("condition", other)} constraints`);
      if (!same("who", other)) parts.push(store.level("who", other));
      if (!same("item", other)) parts.push(`item ${store.level("item", other)}`);
      if (store.value("sample", other) !== store.value("sample", sample)) parts.push(`sample ${store.value("sample", other)}`);
      near.push(parts.length, same("item", other) ? 0 : 1, same("who", other) ? 0 : 1);
      found.push([other, parts.join(" · ") || "the same again", near]);
    }
    found.sort(([a, , x], [b, , y]) => x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || a - b);
    return found.slice(0, 200).map(([other, label]) => [other, label]);
  }
}
