"""A text, parsed once and lazily: what is prose in it, and where its parts stand.

    text = read_text("So $x^2 = 9$.\n\n- *first* root: 3\n- second root: -3")
    len(text.masked.words)      -> 8: the formula is one word
    text.masked.items           -> ((15, 32), (33, 50))
    text.kept.slice((3, 12))    -> "$x^2 = 9$"

Every span is a half-open pair of character offsets into the original text. Every scan is linear:
no regular expression here can match the same stretch in two ways, and a search for a closing
delimiter that failed once is not made again.

Rules of the scripts: a word is a token between white space with a letter or a digit. Chinese and
Japanese write no spaces: each ideograph and each kana is a word (as word processors count). Thai,
Lao, Khmer and Burmese write none between words either: a word is taken to be four base letters
with their marks, about the mean length of a Thai word. Korean and all others go by white space.
"""

from bridle.text.parsed import Text, read_text
from bridle.text.spans import MASK, Span, once
from bridle.text.view import View
from bridle.text.words import is_unspaced, unspaced

__all__ = ["MASK", "Span", "Text", "View", "is_unspaced", "once", "read_text", "unspaced"]
