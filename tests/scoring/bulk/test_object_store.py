"""Responses and records in an object store: a real server that speaks S3, on loopback."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
server_module = pytest.importorskip("moto.server", reason="moto is not installed")

from click.testing import CliRunner  # noqa: E402

from bridle import records  # noqa: E402
from bridle.cli import bridle as cli  # noqa: E402
from bridle.errors import DataError  # noqa: E402
from bridle.records.stores import Store, objects_under, url_of  # noqa: E402
from bridle.scoring.bulk import folder as bulk_folder  # noqa: E402
from bridle.scoring.bulk import score_into  # noqa: E402
from bridle.scoring.score import Scored, Scoring  # noqa: E402


def rows(start, count):
    for i in range(start, start + count):
        yield {
            "key": f"k{i // 2}",
            "question": f"What is {i // 2} + 1?",
            "answer": str(i // 2 + 1),
            "constraints": [{"type": "words", "at_most": 6}],
            "response": f"so</think>It is \\boxed{{{i // 2 + i % 2}}}." if i % 3 else "It is 4",
        }


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A bucket with two files, which also lie on the disk."""
    import boto3

    with pytest.MonkeyPatch.context() as env:
        server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        env.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*server.get_host_and_port()))
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            env.setenv(name, "test")
        env.setenv("AWS_DEFAULT_REGION", "us-east-1")
        client = boto3.client("s3")
        client.create_bucket(Bucket="rollouts")
        home = tmp_path_factory.mktemp("local") / "in"
        home.mkdir()
        for name, start in (("a.jsonl", 0), ("b.jsonl", 30)):
            lines = [json.dumps(row) for row in rows(start, 40)]
            (home / name).write_text("\n".join([*lines[:5], "{broken", *lines[5:]]))
            client.upload_file(str(home / name), "rollouts", f"in/{name}")
        yield home
        server.stop()


def alone(home):
    from bridle.scoring.score import labels

    scoring = Scoring()
    files = sorted(home.iterdir())
    found = [r for f, label in labels(files).items() for r in scoring.file(f, model=label)]
    return records.widen(records.frame_of(r.record for r in found if isinstance(r, Scored)))


def test_from_the_store_into_the_store(store, tmp_path):
    out = "s3://rollouts/out"
    done = score_into(["s3://rollouts/in"], out, workers=2, rows=15)
    table = records.read(out)
    assert table.frame.equals(alone(store))
    assert done.planned == 82 and table.about["bad_rows"] == 2
    assert next(iter(done.bad.lines())).startswith("s3://rollouts/in/a.jsonl, row 6: not JSON")
    assert objects_under(out)[0] == "s3://rollouts/out/records/part-00000.parquet"
    assert score_into(["s3://rollouts/in/"], out, workers=2, rows=15).made == 0
    # a part that is lost is made again; the names that another machine settled are settled anew
    import boto3

    boto3.client("s3").delete_object(Bucket="rollouts", Key="out/records/part-00001.parquet")
    assert "15 of 82" in str(records.read(out).gate()) or "are missing" in str(
        records.read(out).gate()
    )
    assert score_into(["s3://rollouts/in"], out, workers=1, rows=15).made == 1
    assert records.read(out).frame.equals(table.frame)


def test_from_the_store_into_a_folder_and_the_commands(store, tmp_path):
    def bridle(*args):
        return CliRunner().invoke(cli, [str(a) for a in args])

    out = tmp_path / "out"
    told = bridle("score", "s3://rollouts/in", "--out", out, "--workers", "1")
    assert told.exit_code == 1, (told.output, told.exception)
    assert records.read(out).frame.equals(alone(store))
    whole = tmp_path / "whole"
    assert bridle("score", *sorted(store.iterdir()), "--out", whole).exit_code == 1
    Store("s3://rollouts/one").write(records.FILE_NAME, (whole / records.FILE_NAME).read_bytes())
    assert records.read("s3://rollouts/one").frame.equals(alone(store))
    report = bridle("report", "s3://rollouts/one", "--no-page", "--json")
    assert json.loads(report.output)["records"] == 80
    assert not Path("s3:").exists()


def test_what_is_not_there_or_denied_is_said(store, tmp_path, monkeypatch):
    with pytest.raises(DataError, match="There is nothing at s3://rollouts/none"):
        score_into(["s3://rollouts/none"], tmp_path / "out", workers=1)
    with pytest.raises(DataError, match=r"s3://nobody/out/\S+ could not be written"):
        score_into([store / "a.jsonl"], "s3://nobody/out", workers=1)
    Store("s3://rollouts/study").write("study.json", b"{}")
    with pytest.raises(DataError, match="holds a study of bridle run"):
        score_into([store / "a.jsonl"], "s3://rollouts/study", workers=1)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(DataError, match="s3://rollouts/in could not be read"):
        score_into(["s3://rollouts/in"], tmp_path / "out", workers=1)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    assert bulk_folder.load(tmp_path / "out") is None


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("s3://b/k", "s3://b/k"),
        (Path("s3://b/k/"), "s3://b/k"),
        ("gs://b", "gs://b"),
        ("s3:/", None),
        ("file.jsonl", None),
        ("C:/x", None),
        ("./s3:/b", None),
        ("abfss://c@a/x", "abfss://c@a/x"),
    ],
)
def test_what_is_a_url(place, url):
    assert url_of(place) == url
