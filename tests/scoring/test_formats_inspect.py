"""Inspect logs, read without Inspect: real ones that it wrote, and broken ones."""

from __future__ import annotations

import json
import zipfile

import pytest

from bridle.errors import DataError
from bridle.scoring.formats import Bad, Given, count_rows, read_file


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A log that Inspect really wrote: 3 samples × 2 epochs, one sample of which fails."""
    import inspect_ai
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import (
        ChatMessageAssistant,
        ContentReasoning,
        ContentText,
        ModelAPI,
        ModelOutput,
        ModelUsage,
        modelapi,
    )
    from inspect_ai.solver import generate

    @modelapi(name="scripted-for-formats")
    class Scripted(ModelAPI):
        async def generate(self, input, tools, tool_choice, config):
            if "fail" in input[-1].text:
                raise ValueError("the server is gone")
            content = [
                ContentReasoning(reasoning="two and two"),
                ContentText(text="It is \\boxed{4}"),
            ]
            message = ChatMessageAssistant(content=content, model="scripted", source="generate")
            output = ModelOutput.from_message(message, stop_reason="stop")
            output.usage = ModelUsage(input_tokens=5, output_tokens=9, reasoning_tokens=3)
            return output

    rules = [{"type": "words", "at_most": 3}]
    samples = [
        Sample(id=10, input="What is 2+2?", target="4", metadata={"constraints": rules}),
        Sample(id=2, input="What is 1+3?" + " Mind the sum." * 50, target="4"),
        Sample(id="x", input="fail", target="4"),
    ]
    task = inspect_ai.Task(dataset=MemoryDataset(samples), solver=generate(), epochs=2)
    folder = tmp_path_factory.mktemp("logs")
    (got,) = inspect_ai.eval(
        task,
        model="scripted-for-formats/m",
        log_dir=str(folder),
        display="none",
        fail_on_error=False,
        max_retries=0,
    )
    (path,) = folder.glob("*.eval")
    assert got.status == "success"
    return path


def test_a_real_log(log):
    rows = list(read_file(log))
    assert all(isinstance(row, Given) for row in rows)
    assert [(r.key, r.first_sample) for r in rows] == [
        ("2", 0),
        ("2", 1),
        ("10", 0),
        ("10", 1),
        ("x", 0),
        ("x", 1),
    ]
    first, third, failed = rows[0], rows[2], rows[4]
    assert first.replies[0].raw == "It is \\boxed{4}"
    assert first.replies[0].reasoning == "two and two"
    assert (first.replies[0].finish_reason, first.replies[0].tokens_thinking) == ("stop", 3)
    assert first.model == "scripted-for-formats/m"
    assert first.fields["question"].endswith("Mind the sum.")  # no attachment in its place
    assert first.fields["answer"] == "4"
    assert third.fields["constraints"] == [{"type": "words", "at_most": 3}]
    assert "the server is gone" in failed.replies[0].error
    assert count_rows(log) == 6


def test_it_was_compressed_as_zipfile_cannot(log):
    with zipfile.ZipFile(log) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {93}


def test_a_damaged_entry_is_a_bad_row(log, tmp_path):
    content = bytearray(log.read_bytes())
    with zipfile.ZipFile(log) as archive:
        entry = archive.getinfo("samples/10_epoch_1.json")
    for at in range(entry.header_offset + 60, entry.header_offset + 90):
        content[at] ^= 0xFF
    path = tmp_path / "damaged.eval"
    path.write_bytes(content)
    rows = list(read_file(path))
    assert [isinstance(r, Bad) for r in rows] == [False, False, True, False, False, False]
    assert "samples/10_epoch_1.json: damaged" in rows[2].reason


def test_a_log_cut_off_is_refused_in_words(log, tmp_path):
    path = tmp_path / "cut.eval"
    path.write_bytes(log.read_bytes()[:-200])
    with pytest.raises(DataError, match="damaged zip"):
        list(read_file(path))


def sample(**fields):
    message = {"content": "It is 4."}
    output = {"model": "m", "choices": [{"message": message, "stop_reason": "max_tokens"}]}
    return {"id": 1, "epoch": 1, "input": "What is 2+2?", "target": "4", "output": output, **fields}


def written(path, samples, header=None):
    """A log as an older Inspect wrote it: deflated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if header is not None:
            archive.writestr("header.json", json.dumps(header))
        for name, content in samples.items():
            text = content if isinstance(content, str) else json.dumps(content)
            archive.writestr(f"samples/{name}.json", text)
    return path


def test_older_logs_chats_targets_and_attachments(tmp_path):
    chat = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "attachment://abc"}]},
    ]
    path = written(
        tmp_path / "old.eval",
        {
            "1_epoch_1": sample(input=chat, target=["4"], attachments={"abc": "What is 2+2?"}),
            "2_epoch_1": sample(target=["4", "four"]),
            "3_epoch_1": sample(error={"message": "lost"}),
            "4_epoch_1": sample(output={"choices": []}),
            "5_epoch_1": sample(target=""),
            "6_epoch_1": "[1]",
            "7_epoch_1": "{" * 100_000,
            "8_epoch_1": '{"a":' * 100_000,
            "9_epoch_1": sample(output=7, input=7, metadata=7, id={}, epoch="x"),
        },
        {"eval": {"model": "openai/o"}},
    )
    rows = dict(enumerate(read_file(path), 1))
    assert rows[1].fields["question"] == "What is 2+2?"
    assert (rows[1].fields["answer"], rows[1].model) == ("4", "openai/o")
    assert rows[1].replies[0].finish_reason == "max_tokens"
    assert "several targets" in rows[2].reason
    assert rows[3].replies[0].error == "lost"
    assert "no output" in rows[4].replies[0].error
    assert rows[5].fields["answer"] is None
    assert all(isinstance(rows[i], Bad) for i in (6, 7, 8))
    assert rows[9].replies[0].error


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DataError, match="not an Inspect log"):
        list(read_file(path))


def test_a_size_that_lies_cannot_fill_the_memory(tmp_path):
    import struct

    import zstandard

    packed = zstandard.ZstdCompressor().compress(b" " * 50_000_000)
    name = b"samples/1_epoch_1.json"
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 45, 0, 93, 0, 0, 0, len(packed), 100, len(name), 0
    )
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2", 45, 45, 0, 93, 0, 0, 0, len(packed), 100, len(name), 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    body = local + name + packed
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), len(body), 0)
    path = tmp_path / "bomb.eval"
    path.write_bytes(body + central + name + end)
    (row,) = read_file(path)
    assert isinstance(row, Bad)
    assert "checksum differs" in row.reason
