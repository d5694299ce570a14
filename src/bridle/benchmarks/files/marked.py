"""YAML and JSON whose every value knows its line and its path, so that an error can name both.

    root = read(Path("my_rules.yaml"))
    root.field("items").list()[0].field("prompt").text()
    -> "…", or DataError: my_rules.yaml, line 7, items[0].prompt: …

Text fields are taken as they are spelled: `answer: 0.50` and `answer: no` are those texts. Neither tags
that name Python objects nor aliases (a few lines of which can mean gigabytes) are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridle.errors import DataError, MissingExtra, nearest

LARGEST = 20_000_000  # bytes
_PLAIN = ("null", "bool", "int", "float")  # YAML's types of scalars that are no texts


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of the file with the place where it stands."""

    node: Any
    file: str
    path: str
    line: int

    def bad(self, what: str, expected: str, hint: str | None = None) -> DataError:
        place = f"{self.file}, line {self.line}" + (f", {self.path}" if self.path else "")
        return DataError(f"{place}: {what}", expected=expected, hint=hint)

    def fields(self, known: Iterable[str] = ()) -> dict[str, Marked]:
        """The values of a mapping by key; with `known`, any other key is an error at its line.

        Raises:
            DataError: no mapping, a key that is no text, not known or given twice.
        """
        if self.node.id != "mapping":
            raise self.bad("this is no mapping.", "keys with values")
        found: dict[str, Marked] = {}
        known = tuple(known)
        for key, value in self.node.value:
            here = Marked(key, self.file, self.path, key.start_mark.line + 1)
            name = key.value if key.id == "scalar" else None
            if name is None:
                raise here.bad("a key is no text.", "keys that are texts")
            if known and name not in known:
                near = nearest(name, known)
                said = f"did you mean {near!r}? " if near else ""
                raise here.bad(f"unknown key {name!r}.", f"{said}One of: {', '.join(known)}")
            if name in found:
                raise here.bad(f"the key {name!r} is given twice.", "each key once")
            path = f"{self.path}.{name}" if self.path else name
            found[name] = Marked(value, self.file, path, value.start_mark.line + 1)
        return found

    def list(self) -> list[Marked]:
        """The members of a list.

        Raises:
            DataError: no list.
        """
        if self.node.id != "sequence":
            raise self.bad("this is no list.", "a list, each member after a dash")
        return [
            Marked(node, self.file, f"{self.path}[{place}]", node.start_mark.line + 1)
            for place, node in enumerate(self.node.value)
        ]

    def text(self) -> str:
        """A scalar as it is spelled.

        Raises:
            DataError: a list or mapping, or nothing at all.
        """
        if self.node.id != "scalar" or (self._type == "null" and self.node.style is None):
            raise self.bad("this is no text.", "a text")
        return _whole(self.node.value)

    @property
    def is_scalar(self) -> bool:
        return self.node.id == "scalar"

    def plain(self) -> Any:
        """The value as JSON has it: mappings, lists, texts, numbers, true, false, null."""
        if self.node.id == "mapping":
            return {key: value.plain() for key, value in self.fields().items()}
        if self.node.id == "sequence":
            return [member.plain() for member in self.list()]
        if self._type not in _PLAIN:
            return _whole(self.node.value)
        import yaml

        try:
            return yaml.SafeLoader("").construct_object(self.node)
        except (ValueError, yaml.YAMLError) as error:
            raise self.bad(f"{self.node.value!r} cannot be read ({error}).", "a number") from error

    @property
    def _type(self) -> str:
        return str(self.node.tag).rpartition(":")[2]


def read(path: Path, *, largest: int = LARGEST) -> Marked:
    """The root of the file, which has at most `largest` bytes.

    Raises:
        DataError: the file cannot be read, or is neither YAML nor JSON.
        MissingExtra: PyYAML is not installed.
    """
    try:
        import yaml
        from yaml.composer import ComposerError
    except ImportError as error:
        raise MissingExtra.of("run", "Reading YAML") from error

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark
                raise ComposerError(None, None, "aliases are not read", mark)
            return super().compose_node(parent, index)

    try:
        if (size := path.stat().st_size) > largest:
            raise DataError(f"{path} has {size:,} bytes.", expected=f"at most {largest:,}")
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8: {error}.") from error
    if path.suffix == ".json":
        text = text.replace("\t", " ")  # no string of JSON holds a tab, and YAML refuses them
    try:
        root = Loader(text).get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark else path.name
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise DataError(f"{place}: not YAML: {why}.", expected="YAML or JSON") from error
    except RecursionError as error:
        raise DataError(f"{path.name} nests too deep.", expected="a few levels") from error
    if root is None:
        raise DataError(f"{path.name} is empty.", expected="keys with values")
    return Marked(root, path.name, "", root.start_mark.line + 1)


def _whole(text: str) -> str:
    """The text with JSON's pairs of escapes (`\\ud83d\\ude42`) as the one character they mean."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
