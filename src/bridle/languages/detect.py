"""Which languages the prose of a text is written in: script first, then words and classifiers.

    languages(read_text("La respuesta es cuatro porque sumamos.").masked)  -> {"es": 1.0}

Letters are counted by script; many scripts belong to one language and settle it. Kana in a sentence
make its ideographs Japanese. The rest is asked of `classify`, sentence by sentence and as a whole.
What stays uncertain is None: a guess is never returned.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from bridle.languages.classify import FEW, SPELLINGS, alike, evidence, margin
from bridle.languages.scripts import (
    ONE_LANGUAGE,
    has_latin,
    letters_in,
    only,
    scripts,
    weights,
)
from bridle.languages.shares import PIECE, WHOLE, heard, pieces, sentences, shares_in
from bridle.text import MASK, Span, View

__all__ = [
    "NAMES",
    "alike",
    "foreign_spans",
    "known_language",
    "languages",
    "name_of",
    "other_language",
    "scripts",
    "weights",
]

NAMES: dict[str, str] = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "ky": "Kyrgyz", "la": "Latin", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "or": "Odia",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa",
    "yi": "Yiddish", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip

_SHARED = {"han": ("ja",), "hebrew": ("yi",)}  # written in a script that speaks for another
_REGION = re.compile(r"(?<=^[a-z]{2})[-_](?:[a-z]{2}|\d{3})$")
_NEVER_LATIN = frozenset(
    {"ar", "be", "bg", "fa", "hi", "mk", "mr", "ne", "ps", "ru", "uk", "ur", "yi"}
    | set(ONE_LANGUAGE.values())
)
# Ideographs that only one of the two languages writes, or (的, 了) hardly the other.
_CHINESE = re.compile(
    "[的了是们們这這那你您她它吗嗎么麼没沒还還个個为為从從让讓说說给給谁誰过過进進两兩边邊题總應實對於"
    "数总结检验该设则应实线圆积证无称满并变乘对与极选项简单几把被很]"
)
_JAPANESE = re.compile("[々円実図辺値変対応広発帰気込峠畑働桜検験証]")


def known_language(name: str) -> str | None:
    """The code of a language given as code (en, en-US, pt_BR) or English name, or None."""
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return None
    low = _REGION.sub("", name.strip().lower())
    low = SPELLINGS.get(low, low)
    if low in NAMES:
        return low
    return next((code for code, full in NAMES.items() if full.lower() == low), None)


def name_of(code: str) -> str:
    return NAMES.get(code, code)


def languages(view: View, letters: Mapping[str, int] | None = None) -> dict[str, float] | None:
    """Language -> share of the letters of the prose, largest first; None where it is uncertain.

    "?" holds the share of letters whose language cannot be told, where that of most can.
    `letters`: the view's letters or weights by script, where they are known already.
    """
    letters = weights(view.text) if letters is None else letters
    total = sum(letters.values())
    if not total:
        return None
    parts: list[tuple[int, dict[str, float] | None]] = []
    han, kana = letters.get("han", 0), letters.get("kana", 0)
    if han or kana:
        parts.append((han + kana, _east(view, han, kana)))
    for script, number in letters.items():
        if script not in ("han", "kana"):
            parts.append((number, _of_script(view, script, len(letters) == 1)))
    found: dict[str, float] = {}
    for number, shares in parts:
        for code, share in (shares or {"?": 1.0}).items():
            found[code] = found.get(code, 0.0) + share * number / total
    if found.get("?", 0.0) > 0.5:
        return None
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _of_script(view: View, script: str, pure: bool) -> dict[str, float] | None:
    """The languages of the letters of one script, by their share of these."""
    if script == "hebrew" and margin(evidence(only(view.text[:WHOLE], script)))[0] == "yi":
        return {"yi": 1.0}
    if script in ONE_LANGUAGE:
        return {ONE_LANGUAGE[script]: 1.0}
    if pure and script != "latin":
        pure = not has_latin(view.text)  # names count for nothing, but are there
    return shares_in(view, script, pure)


def _east(view: View, han: int, kana: int) -> dict[str, float] | None:
    """Chinese or Japanese, by sentences: ideographs beside kana are Japanese."""
    if not han:
        return {"ja": 1.0}
    if not kana:
        code = _ideographs(view.text)
        return {code: 1.0} if code else None
    letters: Counter[str] = Counter()
    for piece in pieces(view):
        text = unicodedata.normalize("NFC", piece)
        ideographs, syllables = letters_in(text, "han"), letters_in(text, "kana")
        if syllables * 20 >= ideographs:
            letters["ja"] += ideographs + syllables
        elif ideographs:
            letters[_ideographs(text) or "ja"] += ideographs + syllables
    return {code: n / letters.total() for code, n in letters.items() if n} or None


def _ideographs(text: str) -> str | None:
    """The language of ideographs without kana. Japanese hardly writes eight without one."""
    chinese, japanese = len(_CHINESE.findall(text)), len(_JAPANESE.findall(text))
    if chinese != japanese:
        return "zh" if chinese > japanese else "ja"
    return "zh" if letters_in(text, "han") >= FEW and not japanese else None


def other_language(view: View, wanted: str) -> str | None:
    """The language of most of the prose where it is surely not `wanted`, else None."""
    return _other(languages(view), wanted)


def _other(shares: dict[str, float] | None, wanted: str) -> str | None:
    if not shares:
        return None
    code, share = next(iter(shares.items()))
    return code if code not in (wanted, "?") and share >= 0.5 else None


def names_count(wanted: str) -> bool:
    """Whether Latin names in a text that is to be in `wanted` are words of it."""
    return wanted not in _NEVER_LATIN


def foreign_share(letters: Mapping[str, int], wanted: str) -> float:
    """The share of the letters that are of a script in which `wanted` is never written: at least
    so much is in other languages. `letters`: letters or weights by script."""
    foreign = letters.get("latin", 0) if wanted in _NEVER_LATIN else 0
    for script, number in letters.items():
        own = ONE_LANGUAGE.get(script, wanted)
        if wanted not in (own, *_SHARED.get(script, ())):
            foreign += number
    return foreign / max(1, sum(letters.values()))


def foreign_spans(view: View, wanted: str, most: int) -> list[Span]:
    """Sentences that are surely in another language, for evidence."""
    found: list[Span] = []
    for start, end in sentences(view):
        if len(found) >= most:
            break
        if _is_foreign(view.flat[start : min(end, start + WHOLE)], wanted):
            found.append((start, end))
    return found


def _is_foreign(sentence: str, wanted: str) -> bool:
    """Whether most of a sentence, read alone, is surely in another language."""
    letters = weights(sentence)
    if foreign_share(letters, wanted) > 0.5:
        return True
    script = next(iter(letters), "")
    if len(letters) == 1 and script not in ONE_LANGUAGE and len(sentence) <= PIECE:
        own = heard(sentence.replace(MASK, " "), script, True).own
        if own is not None:
            return own != wanted
    return _other(_alone(sentence), wanted) is not None


@lru_cache(maxsize=256)
def _alone(sentence: str) -> dict[str, float] | None:
    return languages(View(sentence, ()))
