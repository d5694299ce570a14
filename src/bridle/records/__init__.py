"""The table: one row is one graded response. Every command after `run` and `score` reads it alone.

A row says what was asked, of whom, what came back, how it was judged and by which version.

    write([record_of(item, response, grade(item, response), model="m", sample=0)],
          "demo/records.parquet", planned=1, about={"command": "score"})
    table = read("demo")
    table.frame, table.planned, table.gate()
"""

from bridle.records.migrate import SCHEMA
from bridle.records.parts import SCORE, Parts
from bridle.records.reader import FILE_NAME, Table, is_table, load, notes_of, read
from bridle.records.record import Record, frame_of, outcome_row, outcome_rows, record_of, schema
from bridle.records.stores import url_of
from bridle.records.wide import columns, widen
from bridle.records.writer import Writer, write

__all__ = [
    "FILE_NAME",
    "SCHEMA",
    "SCORE",
    "Parts",
    "Record",
    "Table",
    "Writer",
    "columns",
    "frame_of",
    "is_table",
    "load",
    "notes_of",
    "outcome_row",
    "outcome_rows",
    "read",
    "record_of",
    "schema",
    "url_of",
    "widen",
    "write",
]
