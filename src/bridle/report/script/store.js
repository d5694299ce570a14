// What the page carries: columns of all samples, and their texts in packets that are unpacked when read.
// A packet stands in the page as base64 of gzip, or in a file beside it that a server gives out.

const KEPT_PACKETS = 12; // unpacked at a time, about 400,000 characters each

class Store {
  constructor(beside) {
    this.beside = beside; // the folder of the packets, or null where the page holds them
    this.kept = new Map(); // packet number → promise of its samples, the latest used last
  }

  async open() {
    const columns = await this.read("columns");
    Object.assign(this, columns);
    this.first = [0]; // number of each packet's first sample
    for (const count of this.packets) this.first.push(this.first.at(-1) + count);
    return this;
  }

  async read(name) {
    let bytes;
    if (this.beside === null) {
      const text = byId(`packet-${name}`).textContent.trim();
      bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    } else {
      const answer = await fetch(`${this.beside}/${name}.gz`);
      if (!answer.ok) throw new Error(`${this.beside}/${name}.gz: ${answer.status}`);
      bytes = await answer.arrayBuffer();
    }
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).json();
  }

  packet(number) {
    const found = this.kept.get(number) ?? this.read(String(number));
    this.kept.delete(number);
    this.kept.set(number, found);
    if (this.kept.size > KEPT_PACKETS) this.kept.delete(this.kept.keys().next().value);
    return found;
  }

  // The texts of one sample.
  async texts(sample) {
    let low = 0, high = this.packets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first[middle] <= sample) low = middle; else high = middle - 1;
    }
    return (await this.packet(low))[sample - this.first[low]];
  }

  // The text of a column of levels ("" where there is none), the number of one of numbers.
  level(name, sample) {
    const {of, at} = this.levels[name];
    return at[sample] < 0 ? "" : of[at[sample]];
  }

  value(name, sample) {
    return this.numbers[name][sample];
  }

  // [constraint, obeyed] of a sample, by the rules in force; obeyed is 1, 0 or −1 (undetermined).
  verdicts(sample) {
    const flat = this.checks[sample], found = [];
    for (let i = 0; i < flat.length; i += 2) found.push([this.constraints[flat[i]], flat[i + 1]]);
    return found;
  }

  // Whether all constraints were obeyed: 1, 0, −1 (undetermined: none broken, not all known), or null where
  // there is nothing to judge. As run: a response that was cut off or refused did not obey.
  obeyed(sample) {
    const flat = this.checks[sample], status = this.level("status", sample);
    if (!flat.length || status === "error") return null;
    if (status !== "complete") return 0;
    let found = 1;
    for (let i = 1; i < flat.length; i += 2) {
      if (flat[i] === 0) return 0;
      if (flat[i] < 0) found = -1;
    }
    return found;
  }

  // The same of one constraint, by its number; null where the sample has none such.
  obeyedOne(sample, constraint) {
    const flat = this.checks[sample], status = this.level("status", sample);
    for (let i = 0; i < flat.length; i += 2) {
      if (flat[i] !== constraint || status === "error") continue;
      return status === "complete" ? flat[i + 1] : 0;
    }
    return null;
  }
}
