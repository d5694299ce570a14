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

// The verdicts as a table; the number and colour of a row are those of its marks.
function verdictTable(store, sample, texts) {
  const verdicts = store.verdicts(sample);
  const heads = ["constraint", "verdict", ...(texts.judged_twice ? ["published judge"] : []), "wanted", "observed", "reason"];
  const cell = text => element("td", {class: "words"}, named(text));
  const rows = texts.checks.map((check, number) => element("tr", {},
    element("th", {scope: "row"},
      element("span", {class: `key c${number % 6}`, "aria-hidden": "true"}, String(number + 1)), named(verdicts[number]?.[0] ?? "")),
    element("td", {}, truth(check.ours)),
    texts.judged_twice ? element("td", {}, truth(check.theirs, "–")) : null,
    cell(check.wanted), cell(check.observed), cell(check.reason)));
  return element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "verdicts"},
    element("table", {class: "verdicts"},
      element("thead", {}, element("tr", {}, ...heads.map(head => element("th", {scope: "col"}, head)))),
      element("tbody", {}, ...rows)));
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
    texts.checks.length ? verdictTable(store, sample, texts) : null,
    finalAnswer(store, sample, texts),
    texts.error ? block("Error", {text: texts.error}, () => "") : null,
    block("Prompt", texts.prompt, asked),
    texts.thinking.text ? block("Thinking", texts.thinking, reason, true) : null,
    texts.answer.text ? block("Answer", texts.answer, reason) : null,
    texts.raw ? block("The turn as a whole; marked is what the arm wrote", texts.raw, () => "written by the arm", true) : null,
    element("details", {class: "text"}, element("summary", {}, "Further facts"),
      element("dl", {}, ...texts.facts.flatMap(([what, value]) => [element("dt", {}, what), element("dd", {}, named(value))]))));
}
