"""What is passed on to a model as it was typed: fields of the request's body, arguments of its client.

    body_of('{"chat_template_kwargs": {"enable_thinking": false}}')
    arguments_of(["location=eu", "n=3"], None)   -> {"location": "eu", "n": 3}
    kept(arguments)                              -> the same without keys and passwords

Neither is judged here: the provider says what it does not know. What was really sent stands in every
record (`sent`); what it lacks though it was asked for is counted and said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from bridle.errors import DataError

LARGEST = 1_000_000  # bytes of a file
# what is never written down
SECRET = re.compile(r"key|token|secret|password|credential|authorization", re.IGNORECASE)
# what a study sets for itself, call by call
RESERVED = ("model", "messages", "prompt", "input", "stream", "n")


def text_of(given: str, option: str) -> str:
    """The text, or with an @ before its name that of a file.

    Raises:
        DataError: the file cannot be read, or there is no text.
    """
    text = _read(Path(given[1:]), option) if given.startswith("@") else given
    if not text.strip():
        raise DataError(f"{option} is empty.", expected="a text, or @FILE")
    return text


def body_of(given: str, option: str = "--extra-body") -> dict[str, Any]:
    """A JSON object as typed, or that of a file named with an @.

    Raises:
        DataError: it is no JSON object, or names a field that the study sets itself.
    """
    example = '{"chat_template_kwargs": {"enable_thinking": false}}, or @FILE'
    try:
        found = json.loads(text_of(given, option))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{option} is not JSON ({error}).", expected=example) from error
    return checked_body(found, option)


def checked_body(found: object, option: str) -> dict[str, Any]:
    """The value as further fields of a request's body.

    Raises:
        DataError: it is no object, or names a field that the study sets itself.
    """
    if not isinstance(found, dict) or not found:
        raise DataError(f"{option} is no JSON object.", expected='{"top_k": 20}, or @FILE')
    body = {str(k): v for k, v in cast("dict[object, Any]", found).items()}
    if taken := [name for name in RESERVED if name in body]:
        raise DataError(
            f"{option} sets {taken[0]!r}, which the study sets itself.",
            expected="fields beside the prompt",
        )
    return body


def arguments_of(given: Sequence[str], config: Path | None) -> dict[str, Any]:
    """Arguments of a model's client: those of a file, and over them those that were typed.

    A value is read as JSON where it is JSON (`3`, `true`, `[1, 2]`), else it is the text.

    Raises:
        DataError: no equals sign in one, or a file that holds no mapping.
    """
    found: dict[str, Any] = {}
    if config is not None:
        found |= _mapping(config)
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise DataError(f"-M {text} names no value.", expected="-M NAME=VALUE")
        try:
            found[name.strip()] = json.loads(value)
        except (ValueError, RecursionError):
            found[name.strip()] = value
    return found


def kept(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that may be written down: without keys, tokens and passwords, at any depth."""
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        if SECRET.search(name):
            continue
        found[name] = kept(cast("dict[str, Any]", value)) if isinstance(value, dict) else value
    return found


def _mapping(path: Path) -> dict[str, Any]:
    text = _read(path, "--model-config")
    try:
        if path.suffix == ".json":
            found = json.loads(text)
        else:
            import yaml

            found = yaml.safe_load(text)
    except Exception as error:  # YAML's errors have no common class short of its own
        said = " ".join(str(error).split())
        raise DataError(f"{path} cannot be read: {said}.", expected="YAML or JSON") from error
    if not isinstance(found, dict):
        raise DataError(f"{path} holds no mapping.", expected="NAME: VALUE, a line each")
    return {str(k): v for k, v in cast("dict[object, Any]", found).items()}


def _read(path: Path, option: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(f"{path} is larger than {LARGEST:,} bytes.", expected="a small file")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        said = error.strerror or str(error)
        raise DataError(f"{option}: {path} cannot be read: {said}.", expected="a file") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{option}: {path} is not UTF-8.", expected="a text file") from error
