"""Which languages the prose of a text is written in: script first, then a classifier.

    languages(read_text("La respuesta es cuatro porque sumamos.").masked)  -> {"es": 1.0}

Letters are counted by script; many scripts belong to one language and settle it. The rest is asked
of CLD2 (pycld2), whole and then sentence by sentence, and of py3langid where CLD2 is unsure. What
stays uncertain is None: a guess is never returned. Both classifiers work offline and always give
the same answer.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from bridle.text import MASK, Span, View

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

_SPELLINGS = {
    "no": "nb", "nn": "nb", "iw": "he", "fil": "tl", "zh-hant": "zh", "zh-hans": "zh",
    "zh-cn": "zh", "zh-tw": "zh", "jw": "jv", "in": "id", "pt-br": "pt", "mo": "ro",
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
_NOT_LATIN = re.compile(r"[\u0370-\U0003ffff]")

# Classifiers take these for each other on little text; among them the wanted one gets the doubt.
_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"nb", "da", "sv"}),
    frozenset({"hr", "sr", "bs", "sl"}),
    frozenset({"id", "ms"}),
    frozenset({"pt", "gl", "es", "ca"}),
    frozenset({"cs", "sk"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"ru", "uk", "be", "bg", "mk", "sr"}),
    frozenset({"fa", "ar", "ur", "ps"}),
    frozenset({"nl", "af"}),
    frozenset({"zu", "xh"}),
    frozenset({"he", "yi"}),
    frozenset({"zh", "ja"}),
)

_ENOUGH_WHOLE = 8  # letters; fewer say nothing about a language that shares its script
_ENOUGH_PART = 24  # letters of a sentence that may speak for another language than the whole
_SHORT = 60  # characters; on less, both classifiers must agree
_SURE = 0.97  # py3langid's probability
_LONGEST = 20_000  # characters asked of a classifier; a longer text is asked in such stretches


def known_language(name: str) -> str | None:
    """The code of a language given as code or English name, or None."""
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return None
    low = name.strip().lower()
    low = _SPELLINGS.get(low, low)
    if low in NAMES:
        return low
    return next((code for code, full in NAMES.items() if full.lower() == low), None)


def name_of(code: str) -> str:
    return NAMES.get(code, code)


def scripts(text: str) -> dict[str, int]:
    """Letters by script, the scripts that occur only."""
    if not _NOT_LATIN.search(text):
        counts = {"latin": _letters(text, "latin")}
    else:
        text = unicodedata.normalize("NFC", text)
        counts = {name: _letters(text, name) for name in _LETTERS}
    return {name: n for name, n in counts.items() if n}


def _letters(text: str, script: str) -> int:
    return sum(m.end() - m.start() for m in _LETTERS[script].finditer(text))


def languages(view: View, wanted: str | None = None) -> dict[str, float] | None:
    """Language -> share of the letters of the prose, largest first; None where it is uncertain.

    `wanted` gets the doubt among languages that classifiers take for each other.
    """
    return _languages(view.text, view, wanted)


def _languages(text: str, view: View, wanted: str | None) -> dict[str, float] | None:
    counts = scripts(text)
    total = sum(counts.values())
    if not total:
        return None
    shares: dict[str, float] = {}
    for script, number in counts.items():
        code = _ONE_LANGUAGE.get(script)
        if script == "han" and counts.get("kana", 0) * 20 >= number:
            code = "ja"
        if script == "han" and wanted == "ja" and number < _ENOUGH_WHOLE:
            code = "ja"
        if script == "hebrew" and wanted == "yi":
            code = None
        if code:
            shares[code] = shares.get(code, 0.0) + number / total
            continue
        if number < _ENOUGH_WHOLE:
            if number / total < 0.1:  # a few foreign letters: names of points, of persons
                shares["?"] = shares.get("?", 0.0) + number / total
                continue
            return None
        parts = _classified(view, script, wanted)
        if parts is None:
            if number / total < 0.1:
                shares["?"] = shares.get("?", 0.0) + number / total
                continue
            return None
        for code, share in parts.items():
            shares[code] = shares.get(code, 0.0) + share * number / total
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def _classified(view: View, script: str, wanted: str | None) -> dict[str, float] | None:
    """Shares of the languages within the stretches of one script."""
    whole = _ask(_only(view.text[:_LONGEST], script))
    if wanted and whole and alike(whole, wanted):
        sure = _ask(_only(view.text[:_LONGEST], script), strict=True)
        whole = sure if sure and _letters(view.text, script) >= _SHORT else wanted
    letters: dict[str, int] = {}
    unsure = 0
    for start, end in view.sentences:
        piece = _only(view.flat[start : min(end, start + _LONGEST)], script)
        number = _letters(piece, script)
        if not number:
            continue
        code = _ask(piece) if number >= _ENOUGH_PART else None
        if code and code != whole and (whole is None or number < 3 * _ENOUGH_PART):
            code = _ask(piece, strict=True)
        if code is None or (whole and alike(code, whole)):
            unsure += number
        else:
            letters[code] = letters.get(code, 0) + number
    if whole is not None:
        letters[whole] = letters.get(whole, 0) + unsure
        unsure = 0
    total = sum(letters.values()) + unsure
    if not letters or unsure > total / 2:
        return {whole: 1.0} if whole else None
    return {code: n / total for code, n in letters.items()}


def alike(a: str, b: str) -> bool:
    """Whether classifiers take the two for each other on little text."""
    return a == b or any(a in group and b in group for group in _ALIKE)


def _only(text: str, script: str) -> str:
    """The words of one script, in small letters (capitals mislead classifiers)."""
    text = unicodedata.normalize("NFC", text).replace(MASK, " ")
    kept = (w for w in text.split() if script == "latin" or not _LETTERS["latin"].search(w))
    cleaned = " ".join(w for w in kept if _LETTERS[script].search(w))
    cleaned = cleaned.replace("_", " ").replace("*", " ")
    return "".join(c if c.isprintable() else " " for c in cleaned).lower()


@lru_cache(maxsize=256)
def _ask(text: str, strict: bool = False) -> str | None:
    """The language of a text in one script, or None where the classifiers are unsure."""
    name, percent = _cld2(text, strict)
    if name is not None:
        code = _code(name)
        if percent >= 60 and code in NAMES and (not strict or percent >= 80):
            if len(text) >= _SHORT or strict or alike(_langid(text)[0], code):
                return code
            return None
    if strict:
        return None
    code, sure = _langid(text)
    return code if sure >= _SURE and len(text) >= 30 and code in NAMES else None


def _cld2(text: str, strict: bool) -> tuple[str | None, int]:
    """CLD2's first language and its share in percent; (None, 0) where it is not sure."""
    cld2 = _engine("pycld2")
    try:
        found = cld2.detect(text.encode("utf-8", "ignore"), bestEffort=not strict)
    except (cld2.error, ValueError):  # control characters, broken UTF-8
        return None, 0
    return (str(found[2][0][1]), int(found[2][0][2])) if found[0] else (None, 0)


def _engine(module: str) -> Any:
    """A classifier without type stubs, loaded when first asked."""
    return importlib.import_module(module)


def _code(code: str) -> str:
    return _SPELLINGS.get(code.lower(), code)


def _langid(text: str) -> tuple[str, float]:
    code, sure = _identifier().classify(text)
    return _code(code), float(sure)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    langid = _engine("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def other_language(view: View, wanted: str) -> str | None:
    """The language of most of the prose where it is surely not `wanted`, else None."""
    shares = languages(view, wanted)
    if not shares:
        return None
    code, share = next(iter(shares.items()))
    return code if code not in (wanted, "?") and share >= 0.5 else None


def foreign_spans(view: View, wanted: str, most: int) -> list[Span]:
    """Sentences that are surely in another language, for evidence."""
    found: list[Span] = []
    for start, end in view.sentences:
        if len(found) >= most:
            break
        piece = View(view.flat[start:end][:_LONGEST], ())
        if other_language(piece, wanted) is not None:
            found.append((start, end))
    return found
