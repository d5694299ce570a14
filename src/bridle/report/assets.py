"""The page's one script and one style, joined of the files beside this one, and the policy that lets in no other.

The files of `script/` are parts of one function, in the order of SCRIPT; none of them leaves a global.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
SCRIPT = (
    "elements",
    "store",
    "filters",
    "order",
    "pairs",
    "search",
    "list",
    "sample",
    "samples",
    "print",
    "start",
)
STYLE = ("page", "charts", "samples")


@lru_cache(maxsize=1)
def script() -> str:
    parts = [_read(HERE / "script" / f"{name}.js") for name in SCRIPT]
    charts = _read(HERE / "templates" / "charts.js")  # a function of its own
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n" + charts


@lru_cache(maxsize=1)
def chart_script() -> str:
    """The script of a page that holds charts and no samples."""
    return '"use strict";\n' + _read(HERE / "templates" / "charts.js")


@lru_cache(maxsize=1)
def style() -> str:
    return "\n".join(_read(HERE / "templates" / f"{name}.css") for name in STYLE)


def policy(*, connect: bool, of: str | None = None) -> str:
    """The Content-Security-Policy: this script (`of`, else the page's), this style, pictures that the script drew, nothing else.

    `connect` lets the script read files from where the page itself came from. Strings can become no
    script in any way (Trusted Types), so that no text of a model runs even where a later hand errs.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script() if of is None else of)}'",
            f"style-src '{_digest(style())}'",
            "img-src blob: data:",
            "connect-src 'self'" if connect else "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    """What names an inline element in a policy: the hash of exactly what stands between its tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if "</script" in text or "</style" in text or "<!--" in text:
        raise ValueError(f"{path.name} would end the element that it stands in")
    return text
