"""no_url and no_markdown: what is an address, what is markup, and what only looks like it."""

from __future__ import annotations

import pytest

from bridle.constraints import Conflict, get, witness

URL, MARKDOWN = get("no_url"), get("no_markdown")


@pytest.mark.parametrize(
    "text",
    [
        "e.g. 3.14, i.e. v1.2.3, and/or node.js, main.py, file.tar.gz, ASP.NET",
        "ann.bee@mail.example.com",
        "arXiv:2505.14810",
        "https:// is a scheme",
        "It is so.Then we stop.",
        "f[1](x) and a[2](3)",
        "$\\frac{a}{b}.com$ 5:30 p.m.",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert URL.check(text).obeyed is True, URL.check(text).evidence


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See http://a.b/c).", "http://a.b/c"),
        ("(www.example.org)", "www.example.org"),
        ("HTTPS://EXAMPLE.ORG/A!", "HTTPS://EXAMPLE.ORG/A"),
        ("bit.ly/3xYz", "bit.ly/3xYz"),
        ("at en.wikipedia.org, say", "en.wikipedia.org"),
        ("<https://x.org>", "https://x.org"),
        ("[a](https://x.org)", "https://x.org"),
        ('<a href="https://x.org">a</a>', "https://x.org"),
        ("mailto:ann@example.com", "mailto:ann@example.com"),
        ("`ftp://files.example.net`", "ftp://files.example.net"),
        ("www\u200b.example.org", "www\u200b.example.org"),
        ("[top](#top)", "[top](#top)"),
    ],
)
def test_what_is_an_address(text: str, address: str) -> None:
    verdict = URL.check(text)
    assert verdict.obeyed is False and not URL.obeyed_by(text)
    assert text[slice(*verdict.evidence[0])] == address
    built = URL.build(text)
    assert URL.check(built).obeyed is True, built


@pytest.mark.parametrize(
    "text",
    ["2*3*4 = 24 and 5 > 3", "snake_case_name", "$a_1*b_1*c$", "1. one\n2) two", "• dot", "-5 is less", "x | y",
     "a -- b", "# is a hash"[2:], "C# and F#", "[x] and (y)", "~5 and ~6"],
)  # fmt: skip
def test_what_is_no_markup(text: str) -> None:
    assert MARKDOWN.check(text).obeyed is True, MARKDOWN.check(text).reason


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("# Sum\nIt is 4.", "a heading", "Sum\nIt is 4."),
        ("Sum\n===\nIt is 4.", "a heading", "Sum\nIt is 4."),
        ("It is **4**.", "emphasis", "It is 4."),
        ("- one\n* two", "an item", "one\ntwo"),
        ("> said", "a quotation", "said"),
        ("Type `2+2` now.", "code", "Type 2+2 now."),
        ("~~~\na\n~~~", "code", "a"),
        ("It is ~~5~~ 4.", "strikethrough", "It is 5 4."),
        ("![a dog](dog.png)", "a link", "a dog"),
        ("| n |\n|---|\n| 4 |", "a table", "n\n4"),
        ("a\n\n***\n\nb", "a line across the page", "a\n\n\n\nb"),
    ],
)
def test_what_is_markup(text: str, kind: str, plain: str) -> None:
    verdict = MARKDOWN.check(text)
    assert verdict.obeyed is False and kind in verdict.reason
    assert MARKDOWN.build(text) == plain and MARKDOWN.check(plain).obeyed is True


@pytest.mark.parametrize(
    ("name", "params"),
    [("bullets", {"exactly": 3}), ("highlights", {"at_least": 1}), ("table", {}), ("sub_bullets", {}),
     ("code_language", {"language": "python"}), ("heading_levels", {"levels": [1]})],
)  # fmt: skip
def test_what_needs_markdown_has_a_proof(name: str, params: dict[str, object]) -> None:
    found = witness([MARKDOWN, get(name, **params)], None)
    assert isinstance(found, Conflict) and found.proved


def test_no_bullets_at_all_need_none() -> None:
    text = witness([MARKDOWN, URL, get("bullets", at_most=3), get("words", at_least=40)], "42")
    assert isinstance(text, str) and MARKDOWN.check(text).obeyed is True
