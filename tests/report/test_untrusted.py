"""Text of models is shown, never obeyed: by a terminal, a browser or an eye."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.report.untrusted import MOST_MARKS, Mark, Shown, line, marked, visible

# every character that can act or hide, and all others
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


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


def pieces(shown: Shown) -> list[tuple[str, list[int]]]:
    """What each mark covers, as a browser cuts it: offsets are UTF-16 code units."""
    units = shown.text.encode("utf-16-le")
    return [
        (units[2 * start : 2 * end].decode("utf-16-le"), numbers)
        for start, end, *numbers in shown.marks
    ]


def test_spans_are_marked_and_nothing_is_escaped() -> None:
    shown = marked('a <b>&amp;, "c"', [Mark(2, 5, 0), Mark(10, 11, 7)])
    assert shown.text == 'a <b>&amp;, "c"'
    assert pieces(shown) == [("<b>", [0]), (",", [7])]


def test_overlapping_spans_share_their_pieces() -> None:
    shown = marked("abcdef", [Mark(0, 4, 0), Mark(2, 6, 1)])
    assert pieces(shown) == [("ab", [0]), ("cd", [0, 1]), ("ef", [1])]


def test_neighbours_of_one_number_are_one_mark() -> None:
    assert pieces(marked("abcd", [Mark(0, 2, 3), Mark(2, 4, 3)])) == [("abcd", [3])]
    words = [Mark(0, 2, 3), Mark(3, 5, 3), Mark(6, 8, 3), Mark(9, 11, 4)]
    assert pieces(marked("so to\nbe it", words)) == [("so to", [3]), ("be", [3]), ("it", [4])]


def test_offsets_are_a_browsers() -> None:
    shown = marked("👩 no \x1b, \u202e", [Mark(2, 4, 0), Mark(5, 6, 1), Mark(8, 9, 2)])
    assert pieces(shown) == [("no", [0]), ("␛", [1]), ("⟦U+202E⟧", [2])]
    assert shown.marks[0] == [3, 5, 0]  # the emoji has two units


def test_an_empty_span_marks_its_place() -> None:
    assert pieces(marked("abc", [Mark(3, 3, 0)])) == [("c", [0])]
    assert pieces(marked("abc", [Mark(0, 0, 0)])) == [("a", [0])]
    assert marked("", [Mark(0, 0, 0)]) == Shown("", [], 0)


def test_what_is_left_out_is_counted() -> None:
    shown = marked("x" * 50, [Mark(5, 45, 0), Mark(30, 40, 1)], most=20)
    assert shown == Shown("x" * 20, [[5, 20, 0]], 30)


def test_ten_thousand_spans_do_not_swell_the_page() -> None:
    shown = marked("a" * 20_000, [Mark(i, i + 1, 0) for i in range(0, 20_000, 2)])
    assert len(shown.marks) == MOST_MARKS


spans = st.lists(
    st.builds(Mark, st.integers(-5, 70), st.integers(-5, 70), st.integers(0, 9)), max_size=6
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(anything, spans)
def test_marking_changes_nothing_but_adds_marks(text: str, marks: list[Mark]) -> None:
    shown = marked(text, marks)
    json.dumps(shown).encode("utf-8")
    ends = [0] + [end for mark in shown.marks for end in mark[:2]]
    assert ends == sorted(ends)  # in order, without overlap
    assert all(start < end for start, end, *_ in shown.marks)
    if "\r" in text:  # a span may part CR from LF
        return
    assert shown.text == visible(text)
    wanted = {i for m in marks if m.start < m.end for i in range(max(0, m.start), m.end)}
    if all(0 <= m.start < m.end for m in marks):
        covered = "".join(piece for piece, _ in pieces(shown))
        marked_text = visible("".join(c for i, c in enumerate(text) if i in wanted))
        # blanks between two marks of one number may be marked, too
        bare = str.maketrans("", "", " \t")
        assert covered.translate(bare) == marked_text.translate(bare)
