"""Text of models is shown, never obeyed: by a terminal, a browser or an eye."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.report.untrusted import MOST_MARKS, Mark, line, marked, visible

# every character that can act or hide, and all others
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


class Reader(HTMLParser):
    """Reads HTML as a browser would: the text, what of it is marked, and the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marked = ""
        self.tags: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside += 1

    def handle_endtag(self, tag: str) -> None:
        self.inside -= 1

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.marked += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x1b[31mb\x07", "a␛[31mb␇"),
        ("left\u202etfel", "left⟦U+202E⟧tfel"),
        ("\u2066x\u2069\u200e", "⟦U+2066⟧x⟦U+2069⟧⟦U+200E⟧"),
        ("\x00\x7f\x9b", "␀␡⟦U+009B⟧"),
        ("\ud800", "\ufffd"),
        ("a\u200bb\ufeff\u2060", "a⟦U+200B⟧b⟦U+FEFF⟧⟦U+2060⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs its joiners
        ("👩\u200d🔬\n\té", "👩\u200d🔬\n\té"),
        ("a\r\nb\rc", "a\nb␍c"),
    ],
)
def test_what_acts_or_hides_is_seen(text: str, seen: str) -> None:
    assert visible(text) == seen


@settings(derandomize=True, deadline=None, max_examples=200)
@given(anything)
def test_no_text_can_steer_a_terminal_or_a_file(text: str) -> None:
    shown = line(text)
    shown.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_a_line_is_cut_with_an_ellipsis() -> None:
    assert line("one\ntwo  three", most=8) == "one two…"
    assert line("one\ntwo", most=7) == "one two"


def test_spans_are_marked_after_escaping() -> None:
    text = 'a <b>&amp;, "c"'
    shown = marked(text, [Mark(2, 5, 0, 'says "<i>"'), Mark(10, 11, 7, "comma")])
    assert str(shown.html) == (
        'a <mark class="c0" title="says &#34;&lt;i&gt;&#34;">&lt;b&gt;</mark>&amp;amp;'
        '<mark class="c1" title="comma">,</mark> &#34;c&#34;'
    )


def test_overlapping_spans_share_their_pieces() -> None:
    shown = marked("abcdef", [Mark(0, 4, 0, "first"), Mark(2, 6, 1, "second")])
    assert re.findall(r'class="(c\d)" title="([^"]*)">(\w+)<', str(shown.html)) == [
        ("c0", "first", "ab"),
        ("c0", "first; second", "cd"),
        ("c1", "second", "ef"),
    ]


def test_an_empty_span_marks_its_place() -> None:
    assert read(str(marked("abc", [Mark(3, 3, 0, "the end")]).html)).marked == "c"
    assert read(str(marked("abc", [Mark(0, 0, 0, "the start")]).html)).marked == "a"
    assert str(marked("", [Mark(0, 0, 0, "empty")]).html) == ""


def test_what_is_left_out_is_counted() -> None:
    shown = marked("x" * 50, [Mark(5, 45, 0, "many"), Mark(30, 40, 1, "beyond")], most=20)
    assert shown.left_out == 30
    assert read(str(shown.html)).text == "x" * 20
    assert read(str(shown.html)).marked == "x" * 15


def test_ten_thousand_spans_do_not_swell_the_page() -> None:
    text = "a" * 20_000
    shown = marked(text, [Mark(i, i + 1, 0, "t") for i in range(0, 20_000, 2)])
    assert str(shown.html).count("<mark") == MOST_MARKS


spans = st.lists(
    st.builds(Mark, st.integers(-5, 70), st.integers(-5, 70), st.integers(0, 9), anything),
    max_size=6,
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(anything, spans)
def test_marking_changes_nothing_but_adds_marks(text: str, marks: list[Mark]) -> None:
    html = str(marked(text, marks).html)
    html.encode("utf-8")
    reader = read(html)
    assert set(reader.tags) <= {"mark"}
    assert reader.inside == 0
    if "\r" not in text:  # a span may part CR from LF
        assert reader.text == visible(text)
    wanted = {i for m in marks if m.start < m.end for i in range(max(0, m.start), m.end)}
    if marks and all(m.start < m.end for m in marks) and "\r" not in text:
        assert reader.marked == visible("".join(c for i, c in enumerate(text) if i in wanted))
