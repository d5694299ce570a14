"""The words of stretches, split one by one, are those of the text that begin in them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridle.text import Text
from bridle.text.stretches import Stretches
from bridle.text.word_forms import bare, words_in

PARTS = [
    "We add", "it's", "—", "- ", "**", "3.5", "$x$", "$y$", "$$a\n\nb$$", "`c`", "(“yes”)", "É", "ß.", "中文。", "かな",
    "ไทย", "نعم؟", "a؟b", ". ", "! ", "?", "…", " ", "\n", "\n\n", "\r\n", "\n- ", "\n# ", "\x1c", "\ufffc",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
@example("a؟b c. d")
@example("- — $x$, “We”\n  $$a\nb$$ it.\n")
def test_words_of_stretches_are_words_of_the_text(raw: str) -> None:
    view = Text(raw).masked
    for spans in (view.sentences, view.lines, view.paragraphs):
        words = [words_in(view, span) for span in spans]
        stretches = Stretches(view, spans)
        assert stretches.sizes() == list(map(len, words))
        assert [stretches.words(span) for span in spans] == words
        firsts, lasts = stretches.edges()
        assert firsts == [bare(view, w[0]) if w else "" for w in words]
        assert lasts == [bare(view, w[-1]) if w else "" for w in words]


def test_a_word_over_an_edge_belongs_to_where_it_begins() -> None:
    view = Text("well-known fact").masked
    stretches = Stretches(view, [(0, 5), (5, 15)])
    assert stretches.sizes() == [1, 1]
    assert stretches.edges() == (["well-known", "fact"], ["well-known", "fact"])
