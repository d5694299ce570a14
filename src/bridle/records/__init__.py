"""The table: one row is one graded response. Every command after `run` and `score` reads it alone.

A row says what was asked, of whom, what came back, how it was judged and by which version.

    write([record_of(item, response, grade(item, response), model="m", sample=0)],
          "demo/records.parquet", planned=1, about={"command": "score"})
    table = read("demo")
    table.frame, table.planned, table.gate()
"""

from bridle.records.reader import FILE_NAME, Table, read
from bridle.records.record import SCHEMA, Record, frame_of, record_of, schema
from bridle.records.writer import Writer, write

__all__ = [
    "FILE_NAME",
    "SCHEMA",
    "Record",
    "Table",
    "Writer",
    "frame_of",
    "read",
    "record_of",
    "schema",
    "write",
]
