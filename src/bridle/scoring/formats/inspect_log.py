"""An Inspect log (`.eval`) read as what it is: a zip of JSON files, one a sample.

Inspect is not needed for it. Its entries may be compressed with zstd (method 93), which Python's
zipfile learned in 3.14 only, so those are taken out by hand and checked against their sum.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from bridle.benchmarks.fields import Unusable, key_of, shown
from bridle.calls import Reply
from bridle.errors import DataError, MissingExtra
from bridle.scoring.formats.given import Bad, Given
from bridle.scoring.formats.usage import count_of

ZSTD_METHOD = 93
SAMPLE_LIMIT = 512 * 2**20  # bytes of one sample's JSON; agents' transcripts grow large
LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature …, length of the name, length of the extra
SAMPLE = re.compile(r"samples/(.*)_epoch_(\d{1,9})\.json", re.DOTALL)
ATTACHMENT = "attachment://"


def read_log(path: Path) -> Iterator[Given | Bad]:
    """The samples of the log, by id and epoch; an epoch is a sample of its item.

    Raises:
        DataError: not a zip, or a zip without an Inspect log in it.
    """
    for number, sample, model in _read(path):
        try:
            yield sample if isinstance(sample, Bad) else _given(path, number, sample, model)
        except Unusable as reason:
            yield Bad(str(path), number, str(reason))


def samples(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Bad]]:
    """The samples as Inspect wrote them, numbered, in the same order.

    Raises:
        DataError: as `read_log`.
    """
    for number, sample, _ in _read(path):
        yield number, sample


def _read(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Bad, str | None]]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"{path} is a damaged zip ({error}).",
            expected="an Inspect log that was copied whole",
            hint="inspect log recover, if its run was killed",
        ) from error
    with archive:
        model = _model(archive, path)
        for number, entry in enumerate(_samples(archive), 1):
            try:
                yield number, _json(archive, entry), model
            except Unusable as reason:
                yield number, Bad(str(path), number, f"{entry.filename}: {reason}"), model


def count_samples(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return len(_samples(archive))


def _model(archive: zipfile.ZipFile, path: Path) -> str | None:
    """The model that the log's header names; the header of a run that did not end is elsewhere."""
    names = set(archive.namelist())
    for name in ("header.json", "_journal/start.json"):
        if name in names:
            try:
                header = _json(archive, archive.getinfo(name))
            except Unusable:
                continue
            spec = header.get("eval")
            return key_of(spec.get("model")) if isinstance(spec, Mapping) else None
    if any(SAMPLE.fullmatch(name) for name in names):
        return None
    raise DataError(
        f"{path} is a zip, but not an Inspect log.",
        expected="header.json and samples/… in it",
        hint="unzip it and name the file of responses",
    )


def _samples(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The samples by id (2 before 10) and epoch; of an entry written twice the last one."""

    def place(entry: zipfile.ZipInfo) -> tuple[list[tuple[str, int]], int]:
        found = SAMPLE.fullmatch(entry.filename)
        assert found is not None
        pieces = re.findall(r"([^0-9]*)([0-9]{0,18})", found[1])
        return [(words, int(digits or -1)) for words, digits in pieces], int(found[2])

    last = {e.filename: e for e in archive.infolist() if SAMPLE.fullmatch(e.filename)}
    return sorted(last.values(), key=place)


def _json(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Mapping[str, Any]:
    try:
        value = json.loads(_content(archive, entry), parse_constant=lambda _: None)
    except RecursionError as error:
        raise Unusable("nested too deeply") from error
    except ValueError as error:  # not JSON, not UTF-8, a number of thousands of digits
        raise Unusable(f"not JSON ({str(error)[:100]})") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Unusable(f"damaged ({str(error)[:100]})") from error
    if not isinstance(value, Mapping):
        raise Unusable(f"a sample must be a JSON object, this is {shown(value)}")
    return cast("Mapping[str, Any]", value)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > SAMPLE_LIMIT:
        raise Unusable(f"larger than {SAMPLE_LIMIT // 2**20} MiB")
    if entry.compress_type != ZSTD_METHOD:
        with archive.open(entry) as stream:
            return stream.read(SAMPLE_LIMIT)
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtra.of("tables", "Reading this Inspect log (zstd)") from error
    file = cast(io.BufferedReader, archive.fp)
    file.seek(entry.header_offset)
    signature, name_size, extra_size = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise zipfile.BadZipFile("no entry where the directory says")
    file.seek(name_size + extra_size, io.SEEK_CUR)
    packed = io.BytesIO(file.read(entry.compress_size))
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        content = reader.read(entry.file_size + 1)
    except zstandard.ZstdError as error:
        raise zipfile.BadZipFile(str(error)) from error
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile("its checksum differs")
    return content


def _given(path: Path, number: int, sample: Mapping[str, Any], model: str | None) -> Given:
    fields: dict[str, Any] = {}
    question = _whole(_question(sample.get("input")), sample)
    target = sample.get("target")
    if isinstance(target, list):
        if len(target) > 1:  # pyright: ignore[reportUnknownArgumentType]
            raise Unusable("several targets; one reference answer is expected")
        target = target[0] if target else None  # pyright: ignore[reportUnknownVariableType]
    fields = {"prompt": question, "question": question, "answer": target or None}
    metadata = sample.get("metadata")
    if isinstance(metadata, Mapping):
        fields |= {str(k): v for k, v in metadata.items() if v is not None}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    fields = {k: _whole(v, sample) for k, v in fields.items()}
    epoch = sample.get("epoch")
    output = sample.get("output")
    named = output.get("model") if isinstance(output, Mapping) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return Given(
        file=str(path),
        number=number,
        fields=fields,
        replies=(_reply(sample),),
        # ours says which item it is: the ids of a run's samples have the sample's number in them
        key=(key_of(fields.get("item")) if "condition" in fields else None)
        or key_of(sample.get("id")),
        model=model or key_of(named),
        first_sample=_epoch(epoch),
    )


def _epoch(epoch: Any) -> int:
    """The number of the sample from 0; what cannot be one is left to the order of the rows."""
    return epoch - 1 if isinstance(epoch, int) and 0 < epoch < 2**31 else 0


def _question(given: Any) -> str | None:
    """The user's words: the last user turn, where the input is a chat."""
    if isinstance(given, str):
        return given
    chat = given if isinstance(given, list) else []
    turns = [m for m in chat if isinstance(m, Mapping) and m.get("role") == "user"]
    return _parts(turns[-1].get("content"))[0] if turns else None


def _reply(sample: Mapping[str, Any]) -> Reply:
    """The model's last output; a sample that broke off before one is an error."""
    output = sample.get("output")
    choices = output.get("choices") if isinstance(output, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    error = sample.get("error")
    said = error.get("message") if isinstance(error, Mapping) else None
    if not isinstance(choice, Mapping) or not isinstance(choice.get("message"), Mapping):
        return Reply(error=str(said or "the sample holds no output")[:2000])
    if error is not None:
        return Reply(error=str(said or "the sample failed")[:2000])
    if isinstance(output, Mapping) and output.get("error"):
        return Reply(error=str(output["error"])[:2000])
    text, thoughts = _parts(choice["message"].get("content"))
    usage = output.get("usage") if isinstance(output, Mapping) else None
    usage = usage if isinstance(usage, Mapping) else {}
    stop = choice.get("stop_reason")
    return Reply(
        raw=_whole(text, sample) or "",
        reasoning=_whole(thoughts, sample),
        finish_reason=stop if isinstance(stop, str) else None,
        tokens_in=count_of(usage.get("input_tokens")),
        tokens_out=count_of(usage.get("output_tokens")),
        tokens_thinking=count_of(usage.get("reasoning_tokens")),
    )


def _parts(content: Any) -> tuple[str | None, str | None]:
    """(text, thinking) of a message: Inspect keeps them as parts of a list."""
    if isinstance(content, str):
        return content, None
    texts: list[str] = []
    thoughts: list[str] = []
    for part in content if isinstance(content, list) else []:
        if not isinstance(part, Mapping):
            continue
        if part.get("type") == "text" and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif part.get("type") == "reasoning":
            thought = part.get("summary") if part.get("redacted") else part.get("reasoning")
            if isinstance(thought, str) and thought:
                thoughts.append(thought)
    return ("\n".join(texts) if texts else None), ("\n".join(thoughts) if thoughts else None)


def _whole(value: Any, sample: Mapping[str, Any]) -> Any:
    """A long text that Inspect moved into the sample's attachments, put back."""
    if isinstance(value, str) and value.startswith(ATTACHMENT):
        kept = sample.get("attachments")
        text = kept.get(value.removeprefix(ATTACHMENT)) if isinstance(kept, Mapping) else None
        return text if isinstance(text, str) else value
    return value
