"""Ways to make a text obey without a reader seeing it: the one list, for tests of types and of rewards.

    for way in HIDING:    way.apply("zzz")   -> what shows nothing of "zzz", to be set beside an answer
    for way in WRAPPING:  way.apply(answer)  -> the whole answer in a dress that a checker may take off

Hidden text counts for nothing. A wrapped answer is judged as the words that it still shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    name: str
    apply: Callable[[str], str]
    shows: Callable[[str], str] = str  # what the dress leaves of a text for the reader

    def __repr__(self) -> str:
        return self.name


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in(before: str, after: str, *, one_line: bool = False) -> Callable[[str], str]:
    return lambda text: f"{before}{_one_line(text) if one_line else text}{after}"


def _tags(text: str) -> str:
    """Tag characters, of which none is drawn."""
    return "".join(chr(0xE0000 + ord(c)) for c in text if " " <= c <= "~")


def _attribute(name: str) -> Callable[[str], str]:
    return lambda text: f'<span {name}="{_unquoted(text)}"></span>'


def _unquoted(text: str) -> str:
    return _one_line(text).translate({ord(c): None for c in "\"'<>()[]{}`\\"})


_STYLES = (
    "display:none", "display: none !important", "visibility:hidden", "visibility: collapse",
    "opacity:0", "opacity: 0.0", "font-size:0", "font-size: 0px", "color:white", "color: #fff",
    "color:#FFFFFF", "color: rgb(255, 255, 255)", "color: rgba(0,0,0,0)", "color:transparent",
    "position:absolute; left:-9999px", "text-indent: -9999px", "width:0;height:0;overflow:hidden",
    "max-height: 0; overflow: hidden", "clip: rect(0 0 0 0)", "clip-path: inset(100%)",
    "transform: scale(0)", "content-visibility: hidden",
)  # fmt: skip

HIDING: tuple[Way, ...] = (
    Way("comment", _in("<!-- ", " -->")),
    Way("comment never closed", _in("\n<!-- ", "")),
    Way("declaration", _in("<![CDATA[ ", " ]]>")),
    Way("instruction", _in("<? ", " ?>")),
    *(Way(f"style {s}", _in(f'<div style="{s}">', "</div>")) for s in _STYLES),
    Way("hidden", _in("<div hidden>", "</div>")),
    Way("hidden, in capitals", _in("<DIV HIDDEN>", "</DIV>")),
    Way("hidden, never closed", _in("\n<p hidden>", "")),
    Way("class", _in('<span class="sr-only">', "</span>")),
    *(Way(name, _in(f"<{name}>", f"</{name}>")) for name in ("template", "script", "style", "noscript")),
    Way("font", _in('<font color="white">', "</font>")),
    Way("input", lambda text: f'<input type="hidden" value="{_unquoted(text)}">'),
    *(Way(f"attribute {name}", _attribute(name)) for name in ("title", "data-x", "aria-label", "id")),
    Way("alt", lambda text: f'<img src="x" alt="{_unquoted(text)}">'),
    Way("picture", lambda text: f"![{_unquoted(text)}](x)"),
    Way("comment of Markdown", lambda text: f"\n\n[//]: # ({_unquoted(text)})\n"),
    Way("definition", lambda text: f'\n\n[x]: /x "{_unquoted(text)}"\n'),
    Way("footnote", lambda text: f"\n\n[^x]: {_one_line(text)}\n"),
    Way("tags", _tags),
    Way("phantom", lambda text: f"\\phantom{{{_unquoted(text)}}}"),
    Way("white", lambda text: f"\\textcolor{{white}}{{{_unquoted(text)}}}"),
    Way("white group", lambda text: f"{{\\color{{white}} {_unquoted(text)}}}"),
    Way("iffalse", _in("\\iffalse ", " \\fi")),
    Way("comment of LaTeX", _in("\\begin{comment} ", " \\end{comment}")),
    Way("percent", lambda text: f"\n% {_one_line(text)}\n"),
)  # fmt: skip


def _each_word(before: str, after: str, between: str = " ") -> Callable[[str], str]:
    return lambda text: between.join(f"{before}{w}{after}" for w in text.split())


def _for_latex(text: str) -> str:
    return _one_line(text).translate({ord(c): None for c in "$\\{}%`"})


WRAPPING: tuple[Way, ...] = (
    Way("fence", _in("```\n", "\n```")),
    Way("fence of tildes", _in("~~~\n", "\n~~~")),
    Way("fence for text", _in("```text\n", "\n```")),
    Way("fence for a language", _in("```python\n", "\n```")),
    Way("long fence", _in("`````\n", "\n`````")),
    Way("fence in a fence", _in("````\n```\n", "\n```\n````")),
    Way("fence after an emoji", _in("🙂\n```\n", "\n```")),
    Way("code", _in("`", "`", one_line=True), _one_line),
    Way("double code", _in("`` ", " ``", one_line=True), _one_line),
    Way("code by the word", _each_word("`", "`"), _one_line),
    Way("text", lambda t: f"$\\text{{{_for_latex(t)}}}$", _for_latex),
    Way("text in brackets", lambda t: f"\\(\\text{{{_for_latex(t)}}}\\)", _for_latex),
    Way("text on its own", lambda t: f"\\[\\textbf{{{_for_latex(t)}}}\\]", _for_latex),
    Way("mbox", lambda t: f"$$\\mbox{{{_for_latex(t)}}}$$", _for_latex),
    Way("mathrm", lambda t: f"$\\mathrm{{{_for_latex(t).replace(' ', '~')}}}$", _for_latex),
    Way(
        "text by the word",
        lambda t: "$" + _each_word("\\text{", "}", "\\ ")(_for_latex(t)) + "$",
        _for_latex,
    ),
    Way("box", lambda t: f"\\boxed{{{_for_latex(t)}}}", _for_latex),
    Way("box of text", lambda t: f"\\boxed{{\\text{{{_for_latex(t)}}}}}", _for_latex),
    Way("box in dollars", lambda t: f"$$\\boxed{{\\text{{{_for_latex(t)}}}}}$$", _for_latex),
    Way(
        "environment",
        lambda t: f"\\begin{{equation}}\\text{{{_for_latex(t)}}}\\end{{equation}}",
        _for_latex,
    ),
    Way("verbatim", _in("\\begin{verbatim}\n", "\n\\end{verbatim}")),
)
