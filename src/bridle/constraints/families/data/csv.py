"""Tables as plain text: rows of fields between delimiters, with a header (CSV, RFC 4180)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Literal, NamedTuple

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import fillers
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View
from bridle.text.invisible import SPACES

_FENCE = re.compile(r"\s*(```+|~~~+)[^\r\n]*")
_LINE_END = re.compile(r"[\r\n]")
_DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}


def _body(raw: str) -> Span:
    """Where the inside of one code fence around all of the text stands, or the whole text."""
    fence = _FENCE.match(raw)
    end = len(raw.rstrip(SPACES))
    if fence is None or not raw.endswith(fence.group(1), fence.end(), end):
        return 0, len(raw)
    last = len(raw[: end - len(fence.group(1))].rstrip(" \t"))
    if last <= fence.end() or raw[last - 1] not in "\r\n":
        return 0, len(raw)
    return fence.end(), last


class Field(NamedTuple):
    """A field of a row: its text without quotation marks, and where it stands with them."""

    text: str
    quoted: bool
    span: Span


class BareRow:
    """A row without quotation marks, whose fields are parted only when they are asked for."""

    __slots__ = ("delimiter", "line", "start")

    def __init__(self, line: str, delimiter: str, start: int) -> None:
        self.line, self.delimiter, self.start = line, delimiter, start

    def __len__(self) -> int:
        return self.line.count(self.delimiter) + 1

    def __iter__(self) -> Iterator[Field]:
        pieces = self.line.split(self.delimiter)
        at = self.start
        for piece in pieces:
            yield Field(piece.strip(), False, (at, at + len(piece)))
            at += len(piece) + 1

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.line)

    @property
    def empty(self) -> bool:
        """Whether no field has a text."""
        return not self.line.strip(f" \t{self.delimiter}")


class QuotedRow(list[Field]):
    """A row of which a field may be quoted."""

    @property
    def span(self) -> Span:
        return self[0].span[0], self[-1].span[1]

    @property
    def empty(self) -> bool:
        return len(self) > 1 and all(not field.text.strip() for field in self)


Row = BareRow | QuotedRow


def read_rows(raw: str, delimiter: str, start: int, end: int) -> tuple[list[Row], int]:
    """The rows that are not blank, and where a quotation mark breaks the rules (-1: nowhere).

    A quoted field begins and ends with `"`, white space around it is free; `""` inside it is one.
    """
    edges = re.compile(f"[{re.escape(delimiter)}\r\n]")
    rows: list[Row] = []
    row = QuotedRow()
    broken = -1
    at = start
    while at <= end:
        if not row:
            line = _LINE_END.search(raw, at, end)
            stop = line.start() if line else end
            if raw.find('"', at, stop) < 0:  # nearly always: no field of the row is quoted
                text = raw[at:stop]
                if delimiter in text or text.strip():
                    rows.append(BareRow(text, delimiter, at))
                at = stop + 1
                continue
        first = at
        while at < end and raw[at] in " \t" and raw[at] != delimiter:
            at += 1
        quoted = at < end and raw[at] == '"'
        if quoted:
            opened = at
            close = raw.find('"', at + 1, end)
            while close >= 0 and raw[close + 1 : close + 2] == '"' and close + 1 < end:
                close = raw.find('"', close + 2, end)
            if close < 0:
                return [*rows, row] if row else rows, opened
            text, at = raw[opened + 1 : close].replace('""', '"'), close + 1
            span = (opened, at)
        else:
            text, span = "", (first, first)
        tail = at if quoted else first
        edge = edges.search(raw, tail, end)
        stop = edge.start() if edge else end
        rest = raw[tail:stop]
        if quoted and rest.strip():
            broken = tail if broken < 0 else broken
        elif not quoted:
            text = rest.strip()
            span = (tail, stop)
            if '"' in text:
                broken = tail + rest.index('"') if broken < 0 else broken
        row.append(Field(text, quoted, span))
        at = stop + 1
        if stop >= end or raw[stop] != delimiter:
            if len(row) > 1 or row[0].text or row[0].quoted:
                rows.append(row)
            row = QuotedRow()
    return rows, broken


def _amount(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _plain(text: str) -> str:
    """A text in one Unicode spelling, every run of white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@register
@dataclass(frozen=True, kw_only=True)
class CsvShape(Constraint):
    """The text is a table in CSV of a given shape."""

    name = "csv_shape"
    skill = "planning"
    stage = WRAP
    meaning = (
        "The whole text, or the inside of one code fence around it, is CSV (RFC 4180, white space "
        "around fields free): the header has the columns in order, each row as many fields, so many "
        "rows, none of them of empty fields alone; `quotes`: every field in double quotes, or "
        "`special` at least one that holds a sign."
    )
    examples: ClassVar = (
        Example({"columns": ["n", "square"], "rows": 2}, "n,square\n2,4\n3,9", True),
        Example({"columns": ["n", "square"]}, '```csv\nn, "square"\n2,"4, of course"\n```', True),
        Example({"columns": ["n", "square"], "rows": 2}, "n,square\n2,4", False, "one row"),
        Example({"columns": ["n", "square"]}, "n,square\n2,4,8", False, "a field too many"),
        Example({"columns": ["n", "square"]}, "square,n\n4,2", False, "another order"),
        Example({"columns": ["n", "m"], "delimiter": "tab", "quotes": "all"}, '"n"\t"m"\n"1"\t"2"', True),
        Example({"columns": ["n", "m"], "quotes": "all"}, '"n","m"\n"1",2', False, "a bare field"),
        Example({"columns": ["n", "m"], "quotes": "special"}, 'n,m\n1,"a&b"', True),
        Example({"columns": ["n", "m"], "quotes": "special"}, 'n,m\n1,"ab"', False, "no sign"),
        Example({"columns": ["n", "m"]}, 'n,m\n1,"ab', False, "a quote that is not closed"),
    )  # fmt: skip

    columns: tuple[str, ...]
    rows: int | None = None
    delimiter: Literal["comma", "tab", "semicolon", "bar"] = "comma"
    quotes: Literal["free", "all", "special"] = "free"

    def validate(self) -> None:
        given = self.columns
        self.want_texts("columns")
        if type(given) in (tuple, list) and len(given) > len(self.columns):
            raise self.bad("columns", given, "names that differ")
        self.want_count("rows")
        if self.delimiter not in _DELIMITERS:
            raise self.bad("delimiter", self.delimiter, f"one of: {', '.join(_DELIMITERS)}")
        if self.quotes not in ("free", "all", "special"):
            raise self.bad("quotes", self.quotes, "free, all or special")
        if self.rows == 0 and self.quotes == "special":
            raise self.bad("rows", self.rows, "at least one row, for the field with a sign")

    def phrasings(self) -> tuple[str, ...]:
        names = ", ".join(f'"{c}"' for c in self.columns)
        rows = ""
        if self.rows is not None:
            rows = f" Please generate {self.rows} {'row' if self.rows == 1 else 'rows'}."
        quotes = {
            "free": "",
            "all": " Enclose each single field in double quotes.",
            "special": " Add one field which contains a special character and enclose it in double "
            "quotes.",
        }[self.quotes]
        return (
            f"Generate CSV data: The column names are [{names}], the data should be "
            f"{self.delimiter} delimited.{rows}{quotes}",
            f"Answer with nothing but CSV whose header is {names} and whose delimiter is a "
            f"{self.delimiter}.{rows}{quotes}",
            f"Your whole answer must be a CSV table with the columns {names}, delimited by "
            f"{self.delimiter}.{rows}{quotes}",
        )

    def judge(self, view: View) -> Verdict:
        start, end = _body(view.raw)
        last = start + len(view.raw[start:end].rstrip(SPACES))
        rows, broken = read_rows(view.raw, _DELIMITERS[self.delimiter], start, last)
        # White space at the end is none of the table, but for an empty last field after a tab.
        if self.delimiter == "tab" and view.raw.startswith("\t", last, end) and last > start:
            missing = len(rows[-1]) == len(self.columns) - 1 if rows else False
            if missing:
                rows[-1] = QuotedRow([*rows[-1], Field("", False, (last, last))])
        reason, evidence = self._wrong(rows, broken)
        number = max(0, len(rows) - 1)
        rows_ = "" if self.rows is None else f" and {_amount(self.rows, 'row')}"
        return self.verdict(
            not reason,
            observed={"rows": number, "columns": len(rows[0]) if rows else 0},
            wanted=f"a header of {_amount(len(self.columns), 'column')}{rows_}, "
            f"{self.delimiter} delimited",
            reason=reason or f"{_amount(number, 'row')} of {_amount(len(self.columns), 'column')}.",
            evidence=[s for s in evidence[:EVIDENCE] if s[1] > s[0]],
        )

    def _wrong(self, rows: list[Row], broken: int) -> tuple[str, list[Span]]:
        if broken >= 0:
            return "A quotation mark stands where none may.", [(broken, broken + 1)]
        if not rows:
            return "There are no rows.", []
        columns = [_plain(c) for c in self.columns]
        first = list(islice(rows[0], max(len(columns), EVIDENCE)))
        header = [_plain(f.text) for f in first]
        if len(rows[0]) != len(columns) or header != columns:
            return f"The header is {', '.join(header)[:100]!r}.", [f.span for f in first]
        for i, row in enumerate(rows[1:], start=1):
            if len(row) != len(self.columns):
                fields = _amount(len(row), "field")
                reason = f"Row {i} has {fields} in place of {len(self.columns)}."
                return reason, [row.span]
            if row.empty:
                return f"Row {i} has nothing in it.", [row.span]
        if self.rows is not None and len(rows) - 1 != self.rows:
            extra = [row.span for row in rows[self.rows + 1 : self.rows + 1 + EVIDENCE]]
            return f"{_amount(len(rows) - 1, 'row')} in place of {self.rows}.", extra
        if self.quotes == "all":
            bare = [f.span for row in rows for f in row if not f.quoted]
            if bare:
                stand = "stands" if len(bare) == 1 else "stand"
                return f"{_amount(len(bare), 'field')} {stand} without double quotes.", bare
        if self.quotes == "special" and not any(
            f.quoted and any(not (c.isalnum() or c.isspace()) for c in _plain(f.text))
            for row in rows[1:]
            for f in row
        ):
            return "No field in double quotes holds a special character.", []
        return "", []

    def _line(self, fields: list[str]) -> str:
        sign = _DELIMITERS[self.delimiter]
        shown = [
            '"' + f.replace('"', '""') + '"'
            if self.quotes == "all" or any(c in f for c in f'{sign}"\r\n')
            else f
            for f in fields
        ]
        return sign.join(shown)

    def build(self, draft: str) -> str:
        """The draft becomes a field of the last row."""
        if self.check(draft).obeyed:
            return draft
        number = 1 if self.rows is None else self.rows
        width = len(self.columns)
        notes = list(fillers(draft)) or ["1"]
        lines = [self._line(list(self.columns))]
        for i in range(number):
            note = draft.strip() if i == number - 1 else notes[i % len(notes)]
            lines.append(self._line([*(str(i + 1) for _ in range(width - 1)), note or "1"]))
        if self.quotes == "special" and not self.check("\n".join(lines)).obeyed:
            last = self._line([str(number)] * (width - 1))
            text = (draft.strip() or "&").replace('"', '""')
            sign = _DELIMITERS[self.delimiter] if width > 1 else ""
            lines[-1] = f'{last}{sign}"{text}"'
            if not self.check("\n".join(lines)).obeyed:
                lines[-1] = f'{last}{sign}"{text} &"'
        return "\n".join(lines)

    def violate(self, draft: str) -> str:
        extra = self._line(["0"] * (len(self.columns) + (self.rows is None)))
        draft = self.build(draft)
        start, end = _body(draft)
        end = start + len(draft[start:end].rstrip())
        return f"{draft[:end]}\n{extra}{draft[end:]}"
