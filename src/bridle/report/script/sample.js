// One sample, opened: what was asked, what came back, how it was judged and why.

const VERDICTS = {true: ["yes", "✓ obeyed"], false: ["no", "✗ broken"], null: ["", "undetermined"]};

function truth(value, unknown = "undetermined") {
  const [style, words] = VERDICTS[value];
  return element("span", {class: style}, value === null ? unknown : words);
}

function block(title, shown, say, folded = false) {
  const pre = markedText(shown, say);
  pre.setAttribute("aria-label", title);
  pre.setAttribute("role", "region");
  const rest = shown.left_out
    ? element("p", {class: "soft"}, `${grouped(shown.left_out)} more characters are not in this page: bridle show prints them.`)
    : null;
  if (folded) return element("details", {class: "text"}, element("summary", {}, `${title}, ${counted(shown.text.length, "character")}`), pre, rest);
  return element("div", {class: "text"}, element("h4", {}, title), pre, rest);
}

// The verdicts with their reasons; the number and colour of each are those of its marks.
function verdictList(store, sample, texts) {
  const verdicts = store.verdicts(sample);
  const items = texts.checks.map((check, number) => element("li", {},
    element("span", {class: `key c${number % 6}`}, String(number + 1)),
    element("strong", {}, named(verdicts[number]?.[0] ?? "")), " ", truth(check.ours),
    texts.judged_twice ? element("span", {class: "soft"}, " published judge: ", truth(check.theirs, "–")) : null,
    element("div", {class: "reason"}, named(check.reason)),
    element("div", {class: "soft"}, "wanted: ", named(check.wanted), check.observed ? "; observed: " : "", named(check.observed))));
  return element("ol", {class: "verdicts", "aria-label": "verdicts"}, ...items);
}

function finalAnswer(store, sample, texts) {
  if (texts.reference === null) return null;
  const found = texts.found === null ? ["none was found"] : [named(texts.found)];
  const correct = store.truths.correct[sample];
  const word = correct < 0 ? element("span", {}, "undecided") : element("span", {class: correct ? "yes" : "no"}, correct ? "✓ correct" : "✗ wrong");
  return element("p", {}, "Final answer: ", ...found, "; reference: ", named(texts.reference), "; ", word, ".");
}

// The sample as an article; `level` tells the one that was opened from the one beside it.
async function article(store, sample, label) {
  const texts = await store.texts(sample);
  const verdicts = store.verdicts(sample);
  const reason = number => `${number + 1}: ${verdicts[number]?.[0] ?? ""}: ${texts.checks[number]?.reason ?? ""}`;
  const asked = number => `${number + 1}: ${verdicts[number]?.[0] ?? ""}`;
  const draw = store.value("sample", sample) ? ` · sample ${store.value("sample", sample)}` : "";
  const turn = store.value("turn", sample) ? ` · turn ${store.value("turn", sample) + 1}` : "";
  return element("article", {class: "sample", "data-key": store.key[sample], "aria-label": `${label}: ${store.level("item", sample)}`},
    element("h3", {}, named(store.level("item", sample)), " · ", named(store.level("who", sample)),
      ` · ${store.level("condition", sample)} constraints${draw}${turn}`),
    element("div", {class: "how"}, ...badges(store, sample)),
    texts.checks.length ? verdictList(store, sample, texts) : null,
    finalAnswer(store, sample, texts),
    texts.error ? block("Error", {text: texts.error}, () => "") : null,
    block("Prompt", texts.prompt, asked),
    texts.thinking.text ? block("Thinking", texts.thinking, reason, true) : null,
    texts.answer.text ? block("Answer", texts.answer, reason) : null,
    texts.raw ? block("The turn as a whole; marked is what the arm wrote", texts.raw, () => "written by the arm", true) : null,
    element("details", {class: "text"}, element("summary", {}, "Further facts"),
      element("dl", {}, ...texts.facts.flatMap(([what, value]) => [element("dt", {}, what), element("dd", {}, named(value))]))));
}
