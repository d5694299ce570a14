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
from functools import lru_cache

from bridle.constraints.classify import (
    PLAIN,
    SPELLINGS,
    alike,
    classify,
    counted,
    evidence,
    margin,
    most,
    plainly,
    words_of,
)
from bridle.text import MASK, Span, View, once

__all__ = [
    "NAMES",
    "alike",
    "foreign_spans",
    "known_language",
    "languages",
    "name_of",
    "other_language",
    "scripts",
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

# Scripts by their letters; the languages that write in them ("" for many: ask a classifier).
_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("latin", "A-Za-zªºÀ-ÖØ-öø-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a", ""),
    ("cyrillic", "\u0400-\u052f\u1c80-\u1c8f", ""),
    (
        "arabic",
        "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        "",
    ),
    ("devanagari", "\u0904-\u0939\u0958-\u0961\u0971-\u097f", ""),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "zh"),
    ("kana", "\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d", "ja"),
    ("hangul", "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3", "ko"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff", "el"),
    ("hebrew", "\u05d0-\u05ea", "he"),
    ("thai", "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46", "th"),
    ("lao", "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6", "lo"),
    ("bengali", "\u0985-\u09b9\u09ce\u09dc-\u09e1\u09f0\u09f1", "bn"),
    ("gurmukhi", "\u0a05-\u0a39\u0a59-\u0a5e\u0a72-\u0a74", "pa"),
    ("gujarati", "\u0a85-\u0ab9", "gu"),
    ("odia", "\u0b05-\u0b39\u0b5c-\u0b61", "or"),
    ("tamil", "\u0b85-\u0bb9", "ta"),
    ("telugu", "\u0c05-\u0c39\u0c58-\u0c61", "te"),
    ("kannada", "\u0c85-\u0cb9\u0cde-\u0ce1", "kn"),
    ("malayalam", "\u0d05-\u0d3a\u0d7a-\u0d7f", "ml"),
    ("sinhala", "\u0d85-\u0dc6", "si"),
    ("burmese", "\u1000-\u102a\u103f\u1050-\u1055", "my"),
    ("georgian", "\u10a0-\u10ff", "ka"),
    ("armenian", "\u0531-\u0556\u0561-\u0587", "hy"),
    ("khmer", "\u1780-\u17b3", "km"),
    ("ethiopic", "\u1200-\u137f", "am"),
)
_LETTERS = {name: re.compile(f"[{chars}]+") for name, chars, _ in _SCRIPTS}
_ONE_LANGUAGE = {name: code for name, _, code in _SCRIPTS if code}
_SHARED = {"han": ("ja",), "hebrew": ("yi",)}  # written in a script that speaks for another
_NEVER_LATIN = frozenset(
    {"ar", "be", "bg", "fa", "hi", "mk", "mr", "ne", "ps", "ru", "uk", "ur", "yi"}
    | {code for _, _, code in _SCRIPTS if code}
)
_NOT_LATIN = re.compile(r"[\u0370-\U0003ffff]")
_NO_LETTERS = bytes(i for i in range(128) if not chr(i).isalpha())
_BETWEEN = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalpha()})


_ENOUGH = 8  # letters; fewer say nothing about a language that shares its script
_SENTENCE = 24  # letters; fewer hardly speak for another language than the whole
_A_FEW = 0.1  # of the letters: names of points, of persons
_PIECE = 400  # characters of a sentence that are looked at as one
_PIECES = 2_000  # looked at in a text; of a longer one every second, third, ...
_WHOLE = 20_000  # characters of a text that speak for the whole of it

# Ideographs that only one of the two languages writes, or (的, 了) hardly the other.
_CHINESE = re.compile(
    "[的了是们們这這那你您她它吗嗎么麼没沒还還个個为為从從让讓说說给給谁誰过過进進两兩边邊题總應實對於"
    "数总结检验该设则应实线圆积证无称满并变乘对与极选项简单几把被很]"
)
_JAPANESE = re.compile("[々円実図辺値変対応広発帰気込峠畑働桜検験証]")


def known_language(name: str) -> str | None:
    """The code of a language given as code or English name, or None."""
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return None
    low = name.strip().lower()
    low = SPELLINGS.get(low, low)
    if low in NAMES:
        return low
    return next((code for code, full in NAMES.items() if full.lower() == low), None)


def name_of(code: str) -> str:
    return NAMES.get(code, code)


def scripts(text: str) -> dict[str, int]:
    """Letters by script, the scripts that occur only."""
    text = text.replace(MASK, " ")
    if not _NOT_LATIN.search(text):
        number = _letters(text, "latin")
        return {"latin": number} if number else {}
    found: Counter[str] = Counter()
    for char, number in Counter(unicodedata.normalize("NFC", text)).items():
        if script := _script(char):
            found[script] += number
    return dict(found)


@lru_cache(maxsize=4096)
def _script(char: str) -> str | None:
    return next((name for name, letters in _LETTERS.items() if letters.match(char)), None)


def _letters(text: str, script: str) -> int:
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS)) if script == "latin" else 0
    return len("".join(_LETTERS[script].findall(text)))


def languages(view: View) -> dict[str, float] | None:
    """Language -> share of the letters of the prose, largest first; None where it is uncertain.

    "?" holds the share of letters whose language cannot be told, where that of most can.
    """
    counts = scripts(view.text)
    total = sum(counts.values())
    if not total:
        return None
    found: Counter[str] = Counter()
    east = counts.pop("han", 0), counts.pop("kana", 0)
    parts: list[tuple[int, dict[str, float] | None]] = [(sum(east), _east(view, *east))]
    for script, number in counts.items():
        code = _ONE_LANGUAGE.get(script)
        if script == "hebrew" and margin(evidence(_only(view.text[:_WHOLE], script)))[0] == "yi":
            code = "yi"
        parts.append((number, {code: 1.0} if code else _classified(view, script, number)))
    for number, shares in parts:
        if shares is None and number / total >= _A_FEW:
            return None
        for code, share in (shares or {"?": 1.0}).items():
            if number:
                found[code] += share * number / total  # pyright: ignore[reportArgumentType]
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _east(view: View, han: int, kana: int) -> dict[str, float] | None:
    """Chinese or Japanese, by sentences: ideographs beside kana are Japanese."""
    if not han:
        return {"ja": 1.0}
    if not kana:
        code = _ideographs(view.text)
        return {code: 1.0} if code else None
    letters: Counter[str] = Counter()
    for piece in _pieces(view):
        text = unicodedata.normalize("NFC", piece)
        ideographs, syllables = _letters(text, "han"), _letters(text, "kana")
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
    return "zh" if _letters(text, "han") >= _ENOUGH and not japanese else None


def _classified(view: View, script: str, number: int) -> dict[str, float] | None:
    """Shares of the languages within the `number` letters of one script; None if most is open."""
    if number < _ENOUGH and not evidence(_only(view.text, script)):
        return None
    known: Counter[str] = Counter()
    looked_at = [heard for p in _pieces(view) if (heard := _heard(p, script)).letters]
    all_words = sum(heard.words for heard in looked_at)
    whole = plainly(all_words)
    if whole is None:
        joined = " ".join(heard.text for heard in looked_at)
        whole = classify(all_words, joined[:_WHOLE], thorough=True)
    if len(looked_at) == 1:
        return {whole: 1.0} if whole else None
    unsure = 0
    for heard in looked_at:
        words, letters = heard.words, heard.letters
        code, ahead = margin(words)
        if code is None or code != whole or ahead < 2:
            code = classify(words, heard.text) if letters >= _ENOUGH else None
        if code is not None and not _doubtful(code, whole, ahead, letters):
            known[code] += letters
        elif whole and most(words) - words_of(words, whole) < 2:
            known[whole] += letters  # nothing in it speaks against the language of the whole
        else:
            unsure += letters
    if unsure > known.total():
        return {whole: 1.0} if whole and not known else None
    total = known.total() + unsure
    shares = {code: n / total for code, n in known.items()}
    return {**shares, "?": unsure / total} if unsure else shares


class _Heard:
    """A stretch in one script: its evidence and its letters."""

    def __init__(self, piece: str, script: str) -> None:
        self.piece, self.script = piece, script
        if piece.isascii():
            words = piece.lower().translate(_BETWEEN).split() if script == "latin" else []
            self.words, self.letters = counted(words), sum(map(len, words))
        else:
            self.words, self.letters = evidence(self.text), _letters(self.text, script)

    @once
    def text(self) -> str:
        return _only(self.piece, self.script)


@lru_cache(maxsize=256)  # the loose variants of a text have most of their sentences in common
def _heard(piece: str, script: str) -> _Heard:
    return _Heard(piece, script)


def _doubtful(code: str, whole: str | None, ahead: int, letters: int) -> bool:
    """Whether a piece is too short, or too like the whole, to count for another language."""
    if whole is None or code == whole:
        return False
    return letters < _SENTENCE and (ahead < 2 or alike(code, whole))


def _pieces(view: View) -> list[str]:
    """Sentences, long ones cut at white space, maths left out; of very many an even selection."""
    spans: list[Span] = []
    plain = view.flat.replace(MASK, " ")
    for start, end in view.sentences:
        while end - start > _PIECE:
            cut = view.flat.rfind(" ", start + _PIECE // 2, start + _PIECE)
            cut = cut if cut > 0 else start + _PIECE
            spans.append((start, cut))
            start = cut
        spans.append((start, end))
    return [plain[a:b] for a, b in spans[:: len(spans) // _PIECES + 1]]


def _only(text: str, script: str) -> str:
    """The words of one script, in small letters (capitals mislead classifiers)."""
    text = text.replace(MASK, " ").replace("_", " ").replace("*", " ")
    text = unicodedata.normalize("NFC", text)
    kept = text.split()
    if script != "latin" and (latin := _LETTERS["latin"].search)(text):
        kept = [w for w in kept if not latin(w)]
    cleaned = " ".join(filter(_LETTERS[script].search, kept)).lower()
    if cleaned.isprintable():
        return cleaned
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in cleaned)


def other_language(view: View, wanted: str) -> str | None:
    """The language of most of the prose where it is surely not `wanted`, else None."""
    return _other(languages(view), wanted)


def _other(shares: dict[str, float] | None, wanted: str) -> str | None:
    if not shares:
        return None
    code, share = next(iter(shares.items()))
    return code if code not in (wanted, "?") and share >= 0.5 else None


def foreign_share(view: View, wanted: str) -> float:
    """The share of the letters that are of a script in which `wanted` is never written: at least
    so much is in other languages."""
    counts = scripts(view.text)
    foreign = counts.get("latin", 0) if wanted in _NEVER_LATIN else 0
    for script, number in counts.items():
        own = _ONE_LANGUAGE.get(script, wanted)
        if wanted not in (own, *_SHARED.get(script, ())):
            foreign += number
    return foreign / max(1, sum(counts.values()))


def foreign_spans(view: View, wanted: str, most: int) -> list[Span]:
    """Sentences that are surely in another language, for evidence."""
    found: list[Span] = []
    for start, end in view.sentences:
        if len(found) >= most:
            break
        shares = _alone(view.flat[start : min(end, start + _WHOLE)])
        if _other(shares, wanted) is not None:
            found.append((start, end))
    return found


@lru_cache(maxsize=256)
def _alone(sentence: str) -> dict[str, float] | None:
    return languages(View(sentence, ()))
