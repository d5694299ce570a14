// Search in all texts, packet by packet, so that the page answers meanwhile.

const SEARCHED = ["prompt", "thinking", "answer", "raw"];

function holds(texts, wanted) {
  const has = text => text !== undefined && text !== null && text.toLowerCase().includes(wanted);
  return SEARCHED.some(part => has(texts[part]?.text)) || has(texts.found) || has(texts.error)
    || texts.checks.some(check => has(check.reason));
}

// The samples among `samples` that hold the text; `progress(found, share)` is called after each packet and
// returns false once the answer is no longer wanted.
async function searched(store, samples, text, progress) {
  const wanted = text.toLowerCase(), found = [];
  let at = 0;
  for (let number = 0; number < store.packets.length && at < samples.length; number++) {
    const [first, next] = [store.first[number], store.first[number + 1]];
    if (samples[at] >= next) continue;
    const packet = await store.read(String(number)); // not kept: a search goes through all of them
    for (; at < samples.length && samples[at] < next; at++) {
      const sample = samples[at];
      const named = ["item", "problem", "who"].some(name => store.level(name, sample).toLowerCase().includes(wanted));
      if (named || holds(packet[sample - first], wanted)) found.push(sample);
    }
    if (!progress(found, (number + 1) / store.packets.length)) return null;
  }
  return found;
}
