// Elements are made here and nowhere else. Text goes in as text: nothing that a model wrote is read as HTML.

const byId = id => document.getElementById(id);

// element("p", {class: "soft"}, "text", child): attributes that are null or false are left out.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

// A name that somebody else chose: its direction of writing stays its own.
const named = text => element("bdi", {}, text);

// A text in which marks [start, end, number, …] are coloured and numbered; `say(number)` is their title.
function markedText(shown, say) {
  const pre = element("pre", {dir: "auto", tabindex: "0"});
  let at = 0;
  for (const [start, end, ...numbers] of shown.marks ?? []) {
    pre.append(shown.text.slice(at, start));
    pre.append(element("mark", {
      class: `c${numbers[0] % 6}`,
      "data-of": numbers.map(n => n + 1).join(" "),
      title: numbers.map(say).join("; "),
    }, shown.text.slice(start, end)));
    at = end;
  }
  pre.append(shown.text.slice(at));
  return pre;
}

const grouped = number => number.toLocaleString("en");

function counted(number, what) {
  return `${grouped(number)} ${what}${number === 1 ? "" : "s"}`;
}
