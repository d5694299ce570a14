"""What of HTML, Markdown and LaTeX in a text is not shown: comments, hidden elements, attributes,
where links lead, definitions of links, front matter, entities for what they stand for.

    unshown('It is 4. <!-- so -->')     -> [(9, 20, "")]
    unshown('ri&#118;er')               -> [(2, 8, "v")]

Not in it, so it counts: `<details>` (one click opens it), small or grey text, visible tags
themselves (`<b>`), a tag that HTML does not know (`<answer>`), `[label]: word` (a chat shows it).
Code protects what stands in it: whichever begins first wins. Each scan is linear in the text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

from bridle.text.masks import code_in

Edit = tuple[int, int, str]  # from, to, what a reader sees there

# Elements whose content no page shows.
_NEVER = frozenset(
    "script style template head iframe object datalist noscript canvas audio video".split()  # noqa: SIM905
)
_EMPTY = frozenset("img br hr input meta link wbr source area base col embed param track".split())  # noqa: SIM905
# Tags that neither part words nor set letters in another way; of the others constraints read some.
_SHOWN_AS_NOTHING = frozenset(
    "span font a abbr bdi bdo cite dfn img input label link meta samp small time var wbr".split()  # noqa: SIM905
)
_NAMES = _NEVER | _EMPTY | frozenset(
    "a abbr address article aside b bdi bdo big blockquote body button caption center cite code"  # noqa: SIM905
    " dd del details dfn dialog div dl dt em fieldset figcaption figure font footer form h1 h2 h3"
    " h4 h5 h6 header html i ins kbd label legend li main mark menu nav ol optgroup option output p"
    " picture pre q rp rt ruby s samp section select small span strike strong sub summary sup svg"
    " table tbody td textarea tfoot th thead time tr tt u ul var".split()
)  # fmt: skip
_ATTRIBUTE = r"""(?:\s++|/)(?:[A-Za-z_:@][\w.:@-]*+(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`\\]++))?+)?+"""
_TAG = re.compile(rf"<(?<!<<)(/?)([A-Za-z][A-Za-z0-9]*+)((?:{_ATTRIBUTE})*+)\s*+>")
_LONGEST = 2_000  # characters of attributes that are looked through
_HIDDEN_BY = re.compile(  # an attribute that hides the element
    r"""\bhidden(?![\w-])|\btype\s*=\s*["']?hidden
    |\bcolor\s*=\s*["']?\s*(?:white|transparent|\#fff(?:fff)?)\b|\bsize\s*=\s*["']?0\b
    |(?:display|content-visibility)\s*:\s*(?:none|hidden)|visibility\s*:\s*(?:hidden|collapse)
    |opacity\s*:\s*0*\.?0+(?![\d.]*[1-9])|font-size\s*:\s*0*\.?0+(?![\d.]*[1-9])
    |(?<![\w-])color\s*:\s*(?:white|transparent|\#fff(?:fff)?(?:ff)?|\#[\da-f]{3}0|\#[\da-f]{6}00
        |rgba?\(\s*255[\s,]+255[\s,]+255|rgba?\([^()"']*[,/]\s*0(?:\.0+)?%?\s*\)
        |hsla?\([^()"']*\b100%\s*\))
    |(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\s*\d{3,}
    |(?:max-)?(?:width|height)\s*:\s*0(?:px|em|rem|%)?\s*(?:[;"']|$)
    |clip\s*:\s*rect\(|clip-path\s*:\s*(?:inset\((?:50|100)%|circle\(0)|scale\(\s*0(?:\.0+)?[\s,)]
    |translate[XY]?\(\s*-\d{4,}|class\s*=\s*["']?[^"'>]*\b(?:sr-only|visually-hidden|hidden)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHITE = r"(?:white|transparent|\#?[Ff]{6}|\#?[Ff]{3}|1,\s*1,\s*1|255,\s*255,\s*255)"
_LATEX = re.compile(
    r"\\(?:[hv]?phantom|textcolor(?:\[[A-Za-z]*\])?\{\s*WHITE\s*\}|color(?:\[[A-Za-z]*\])?\{\s*WHITE\s*\}"
    r"|style\{[^{}\n]{0,80}(?:none|hidden|opacity:\s*0)[^{}\n]{0,80}\}|transparent\{0(?:\.0+)?\}"
    r"|scalebox\{0(?:\.0+)?\}|label|hypertarget|index|nocite)\s*+(?=\{)".replace("WHITE", _WHITE)
)
_TEXT = re.compile(
    r"\\(?:text(?:rm|bf|it|sf|tt|normal)?|[mh]box|math(?:rm|bf|it|sf|tt)|operatorname)\{([^{}$\n]*+)\}"
)
_BLANK = re.compile(r"~|\\(?:[ ,;:]|q?quad(?![A-Za-z]))")
_BLANKS = re.compile(r"(?:[ ]|~|\\(?:[ ,;:!]|q?quad(?![A-Za-z])))++")
_WHITE_GROUP = re.compile(
    r"\{\s*\\color(?:\[[A-Za-z]*\])?\{\s*WHITE\s*\}(?!\s*\{)".replace("WHITE", _WHITE)
)
_SKIPPED = {
    "\\iffalse": "\\fi",
    "\\begin{comment}": "\\end{comment}",
    "<!--": "-->",
    "<?": "?>",
    "<![CDATA[": "]]>",
}
_COMMENT_LINE = re.compile(r"^[ \t]*%(?!\d)[^\n\r]*", re.MULTILINE)
_LONE_PERCENT = re.compile(r"%(?<!\S%)(?!\d)")  # much sooner found than a comment's line is
_TITLE = r"""(?:"[^"\n\r]*+"|'[^'\n\r]*+'|\([^()\n\r]*+\))"""
_LINK = re.compile(
    rf"(!?)(?<!\\)\[((?:[^\[\]\\\n\r]|\\.)*+)\](\((?:<[^<>\n\r]*+>|[^\s()<>]*+)(?:[ \t]++{_TITLE})?[ \t]*+\))"
)
_DEFINITION = re.compile(  # an address, or any word with a title
    r"^ {0,3}\[(?!\^)((?:[^\[\]\\\n\r]|\\.)++)\]:[ \t]*+"
    rf"(?:(?:<[^<>\n\r]*+>|(?=[#.]|\S*?(?:/|mailto:|www\.))\S++)(?:[ \t]++{_TITLE})?|\S++[ \t]++{_TITLE})"
    r"[ \t]*+$",
    re.MULTILINE,
)
_FOOTNOTE = re.compile(
    r"^ {0,3}\[\^([^\[\]\s]++)\]:[^\n\r]*+(?:\r?\n(?: {4}|\t)[^\n\r]*+)*+", re.MULTILINE
)
_CALL = re.compile(r"\[\^([^\[\]\s]++)\]")
_FRONT = re.compile(
    r"\s*+---[ \t]*\r?\n(?:(?:[a-z][\w-]*+:[^\n\r]*+|[ \t]++[^\n\r]*+|-[ \t][^\n\r]*+|\#[^\n\r]*+)\r?\n)++"
    r"(?:---|\.\.\.)[ \t]*(?=[\n\r]|\Z)"
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_LATEX_SIGNS = (
    "phantom",
    "olor",
    "\\style",
    "\\transparent",
    "\\scalebox",
    "\\label",
    "\\hyper",
    "\\index",
)


def unshown(raw: str) -> list[Edit]:
    """What is not shown of a text, in order and disjoint, with what a reader sees in its place."""
    found: list[Edit] = []
    angle, backslash = "<" in raw, "\\" in raw
    if angle:
        found += _skipped(raw, ("<!--", "<?", "<![CDATA[")) if "<!" in raw or "<?" in raw else ()
        found += _elements(raw) if ">" in raw else ()
    if backslash:
        found += _spacing(raw) if "{" in raw else ()
        found += _skipped(raw, ("\\iffalse", "\\begin{comment}"))
        if any(sign in raw for sign in _LATEX_SIGNS):
            found += _set_unseen(raw)
    if "%" in raw and _LONE_PERCENT.search(raw):
        found += [(*m.span(), "") for m in _COMMENT_LINE.finditer(raw)]
    if "]" in raw:
        if "](" in raw:
            found += map(_link, _LINK.finditer(raw))
        if "]:" in raw:
            found += _definitions(raw)
    if "&" in raw and ";" in raw:
        for match in _ENTITY.finditer(raw):
            said = html.unescape(match[0])
            if said != match[0]:
                found.append((*match.span(), said))
    if "---" in raw and (front := _FRONT.match(raw)):
        found.append((*front.span(), ""))
    if not found:
        return found
    return _outside_code(raw, sorted(found, key=lambda edit: (edit[0], -edit[1])))


def _outside_code(raw: str, edits: list[Edit]) -> list[Edit]:
    """Those that begin neither in code nor in one before them; code that begins in one is none."""
    kept: list[Edit] = []
    code = (
        code_in(raw, [(start, end) for start, end, _ in edits])
        if "`" in raw or "~~~" in raw
        else []
    )
    at = i = 0
    for start, end, said in edits:
        while i < len(code) and code[i][1] <= start:
            i += 1
        if start < at or (i < len(code) and code[i][0] <= start):
            continue
        kept.append((start, end, said))
        at = end
    return kept


def _skipped(raw: str, openers: tuple[str, ...]) -> list[Edit]:
    """Comments of all kinds. One that begins a line and is never closed hides all that follows."""
    found: list[Edit] = []
    for opener in openers:
        closer = _SKIPPED[opener]
        at = raw.find(opener)
        while at >= 0:
            inner = at + (2 if opener == "<!--" else len(opener))  # `<!-->` is a whole one
            close = raw.find(closer, inner)
            if close < 0:
                line = raw[max(raw.rfind("\n", 0, at), raw.rfind("\r", 0, at)) + 1 : at]
                if opener == "<!--" and not line.strip() and len(line) <= 3:
                    found.append((at, len(raw), ""))
                break
            found.append((at, close + len(closer), ""))
            at = raw.find(opener, close + len(closer))
    return found


def _elements(raw: str) -> list[Edit]:
    """Hidden elements with all that stands in them, and the attributes of the others."""
    found: list[Edit] = []
    tags = [tag for tag in _TAG.finditer(raw) if tag[2].lower() in _NAMES]
    hides = [
        not tag[1] and (tag[2].lower() in _NEVER or bool(_HIDDEN_BY.search(tag[3], 0, _LONGEST)))
        for tag in tags
    ]
    ends = _ends(tags) if any(hides) else []
    for i, tag in enumerate(tags):
        name, attributes = tag[2].lower(), tag[3]
        if hides[i]:
            own = name in _EMPTY or attributes.endswith("/")
            end = tag.end() if own else ends[i]
            found.append((tag.start(), len(raw) if end < 0 else end, ""))
        elif _is_inequality(name, attributes):
            continue
        elif name in _SHOWN_AS_NOTHING or _is_empty(tags, i):
            found.append((*tag.span(), ""))
        elif attributes.strip(" \t\r\n/"):
            found.append((*tag.span(3), ""))
    return found


def _is_empty(tags: list[re.Match[str]], i: int) -> bool:
    """Whether a tag opens or closes an element with nothing in it."""
    opened, closed = (i - 1, i) if tags[i][1] else (i, i + 1)
    if opened < 0 or closed == len(tags) or tags[opened][1] or not tags[closed][1]:
        return False
    one, two = tags[opened], tags[closed]
    return one.end() == two.start() and one[2].lower() == two[2].lower()


def _is_inequality(name: str, attributes: str) -> bool:
    """`a <b and c> d`: letters and a condition."""
    return len(name) == 1 and "=" not in attributes and bool(attributes.strip())


def _ends(tags: list[re.Match[str]]) -> list[int]:
    """Where the element of each opening tag ends; -1: never closed."""
    ends = [-1] * len(tags)
    open_at: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        name = tag[2].lower()
        if tag[1]:
            if open_at.get(name):
                ends[open_at[name].pop()] = tag.end()
        elif name not in _EMPTY and not tag[3].endswith("/"):
            open_at.setdefault(name, []).append(i)
    return ends


def _spacing(raw: str) -> Iterable[Edit]:
    r"""Blanks of LaTeX in text, and between two texts: `\mathrm{We~add}`, `\text{We}\ \text{add}`."""
    last = -1  # where the text before closed, after its brace
    for group in _TEXT.finditer(raw):
        if last >= 0 and _BLANKS.fullmatch(raw, last, group.start()):
            yield last - 1, group.start(1), " "
        for blank in _BLANK.finditer(raw, *group.span(1)):
            yield (*blank.span(), " ")
        last = group.end()


def _set_unseen(raw: str) -> list[Edit]:
    """LaTeX that takes room and shows nothing: phantoms, white letters, labels."""
    partner: dict[int, int] = {}
    open_at: list[int] = []
    for match in _BRACE.finditer(raw):
        if match[0] == "{":
            open_at.append(match.start())
        elif match[0] == "}" and open_at:
            partner[open_at.pop()] = match.end()
    found = [(m.start(), partner[m.end()], "") for m in _LATEX.finditer(raw) if m.end() in partner]
    for match in _WHITE_GROUP.finditer(raw):
        if match.start() in partner:
            found.append((match.start(), partner[match.start()], ""))
    return found


def _link(link: re.Match[str]) -> Edit:
    """Where a link leads is not shown; of a picture nothing is that could be read."""
    return (link.start(), link.end(), "") if link[1] else (link.start(3) + 1, link.end() - 1, "")


def _definitions(raw: str) -> list[Edit]:
    """Definitions of links, which begin no line within a paragraph, and of footnotes that no mark
    calls for."""
    found: list[Edit] = []
    if "[^" in raw:
        called = Counter(_CALL.findall(raw))
        found += [(*m.span(), "") for m in _FOOTNOTE.finditer(raw) if called[m[1]] < 2]
    last = -1  # where the definition before ends
    for match in _DEFINITION.finditer(raw):
        lead = raw[max(0, match.start() - 400) : match.start()]
        previous = lead.rstrip(" \t").removesuffix("\n").removesuffix("\r")
        after = match.start() - len(lead) + len(previous) == last
        if after or not previous.rpartition("\n")[2].strip() or _breaks(previous):
            found.append((*match.span(), ""))
            last = match.end()
    return found


def _breaks(previous: str) -> bool:
    """Whether the line before is no paragraph: a heading, a rule, a fence, a comment's end."""
    line = previous.rpartition("\n")[2].strip()
    return line.startswith(("#", "---", "***", "___", "```", "~~~")) or line.endswith("-->")
