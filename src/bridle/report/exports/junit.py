"""Gates as a JUnit file: what CI servers show as tests, one case a gate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from bridle.report.untrusted import line

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Case(NamedTuple):
    """One gate: where it is, what it asks, what came of it."""

    group: str
    name: str
    passed: bool
    says: str


def to_junit(suite: str, cases: Sequence[Case]) -> str:
    """One test suite; a case that did not pass is a failure with its reason."""
    failed = sum(not case.passed for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", counts)
    node = ET.SubElement(root, "testsuite", {"name": _text(suite), **counts})
    for case in cases:
        about = {"classname": _text(case.group), "name": _text(case.name)}
        one = ET.SubElement(node, "testcase", about)
        if case.passed:
            ET.SubElement(one, "system-out").text = _text(case.says)
        else:
            ET.SubElement(one, "failure", {"message": _text(case.says)})
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", line(text))
