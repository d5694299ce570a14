"""Shards of a study on several machines, and what comes of them together."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle import records
from bridle.cli import bridle as cli
from bridle.errors import BridleError
from bridle.studies.folder import JOURNAL
from bridle.studies.merging import merge
from bridle.studies.plan import make_plan
from bridle.studies.shards import read_shard, share_of
from bridle.studies.study import Study, run

MODEL = "scripted/say:It is \\boxed{4}."


@pytest.fixture(scope="module")
def shards(tmp_path_factory, tiny):
    home = tmp_path_factory.mktemp("shards")
    for i in (1, 2, 3):
        state = run(home / f"s{i}", benchmark=tiny.sums(7), models=[MODEL], shard=(i, 3))
        assert state.complete and state.planned == 2 * (3 if i == 1 else 2)
    run(home / "whole", benchmark=tiny.sums(7), models=[MODEL])
    return home


def whole(folder, tiny, **options):
    benchmark = tiny.sums(7)
    return Study(folder, make_plan(benchmark, models=[MODEL], **options), benchmark)


def table(folder):
    return records.read(folder).frame.drop("latency_s").sort("item", "condition")


def test_merged_it_is_the_study_in_one_piece(shards, tmp_path, tiny):
    folders = [shards / f"s{i}" for i in (3, 1, 2)]
    merged = merge(folders, whole(tmp_path / "out", tiny))
    assert merged.state.complete and not merged.absent and not merged.notes
    assert table(tmp_path / "out").equals(table(shards / "whole"))
    assert run(tmp_path / "out", benchmark=tiny.sums(7), models=[MODEL]).made == 0


def test_what_is_missing_is_said_and_can_be_made(shards, tmp_path, tiny):
    merged = merge([shards / "s1", shards / "s3"], whole(tmp_path / "out", tiny))
    assert merged.absent == ("2/3",)
    assert (merged.state.missing, merged.state.planned) == (4, 14)
    assert "4 of 14 planned records are missing" in (records.read(tmp_path / "out").gate() or "")
    state = run(tmp_path / "out", benchmark=tiny.sums(7), models=[MODEL])
    assert state.complete and state.made == 4
    assert table(tmp_path / "out").equals(table(shards / "whole"))


def test_a_shard_twice_another_study_and_a_full_target_are_refused(shards, tmp_path, tiny):
    shutil.copytree(shards / "s1", tmp_path / "copy")
    run(tmp_path / "other", benchmark=tiny.sums(7), models=[MODEL], seed=1, shard=(2, 3))
    run(tmp_path / "quarter", benchmark=tiny.sums(7), models=[MODEL], shard=(2, 4))
    out = tmp_path / "out"
    for folders, said in (
        ([shards / "s1", tmp_path / "copy"], "are both shard 1/3"),
        ([shards / "s1", shards / "s1"], "are both shard 1/3"),
        ([shards / "whole", shards / "whole"], "are both the same study"),
        ([shards / "s1", tmp_path / "other"], "seed: 0 there, 1 now"),
        ([shards / "s1", tmp_path / "quarter"], "Shards of 3 and shards of 4 overlap"),
        ([shards / "s1", tmp_path], "holds no study"),
    ):
        with pytest.raises(BridleError, match=said):
            merge(folders, whole(out, tiny))
    assert not out.exists()
    before = (shards / "s1" / JOURNAL).read_bytes()
    with pytest.raises(BridleError, match="holds shard 1/3"):
        merge([shards / "s2"], whole(shards / "s1", tiny))
    with pytest.raises(BridleError, match="holds a study already"):
        merge([shards / "s2"], whole(shards / "whole", tiny))
    assert (shards / "s1" / JOURNAL).read_bytes() == before


def test_two_answers_to_one_call_are_a_conflict(shards, tmp_path, tiny):
    other = tmp_path / "other"
    shutil.copytree(shards / "whole", other)
    lines = (other / JOURNAL).read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    rows[0]["raw"] = "another answer"
    rows[1] |= {"error": "the server was gone", "status": "error", "raw": ""}
    (other / JOURNAL).write_text("\n".join(map(json.dumps, rows)) + "\n")
    for folders in ([shards / "whole", other], [other, shards / "whole"]):
        with pytest.raises(BridleError, match=r"1 calls have two answers:\n  .*sum:") as told:
            merge(folders, whole(tmp_path / "out", tiny))
        assert not (tmp_path / "out").exists() and "--first" in str(told.value)
    # an answer counts before an error, whichever folder has it
    state = merge([other, shards / "whole"], whole(tmp_path / "out", tiny), first=True).state
    assert state.complete
    assert "another answer" in records.read(tmp_path / "out").frame["answer"].to_list()


def test_a_shard_goes_on_as_that_shard(shards, tmp_path, tiny):
    shutil.copytree(shards / "s2", tmp_path / "s2")
    with pytest.raises(BridleError, match="holds shard 2/3 of the study, not the whole study"):
        run(tmp_path / "s2", benchmark=tiny.sums(7), models=[MODEL])
    with pytest.raises(BridleError, match="holds shard 2/3 of the study, not shard 1/3"):
        run(tmp_path / "s2", benchmark=tiny.sums(7), models=[MODEL], shard=(1, 3))
    assert run(tmp_path / "s2", benchmark=tiny.sums(7), models=[MODEL], shard=(2, 3)).made == 0


@given(st.integers(1, 40), st.integers(1, 9))
@settings(deadline=None)
def test_shares_hold_every_item_once(tiny, count, of):
    items = tiny.sums(count).items
    if count < of:
        with pytest.raises(BridleError, match=f"{count} problems cannot be cut into {of}"):
            share_of(items, 1, of)
        return
    shares = [share_of(items, i, of) for i in range(1, of + 1)]
    assert sorted(i.id for share in shares for i in share) == sorted(i.id for i in items)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("text", ["", "3", "/", "a/b", "3/", "-1/4", "1/2/3", "¹/2"])
def test_what_names_no_shard(text):
    with pytest.raises(BridleError, match="names no shard"):
        read_shard(text)


@pytest.mark.parametrize(("number", "of"), [(0, 3), (4, 3), (1, 0)])
def test_shards_that_do_not_exist(tiny, number, of):
    with pytest.raises(BridleError, match=f"There is no shard {number} of {of}"):
        share_of(tiny.sums(9).items, number, of)


def test_the_commands(tmp_path):
    def bridle(*args):
        return CliRunner().invoke(cli, [str(a) for a in args])

    common = ["--benchmark", "crossed", "--limit", "6", "--model", MODEL]
    for i in (1, 2):
        told = bridle("run", *common, "--shard", f"{i}/2", "--out", tmp_path / f"s{i}")
        assert told.exit_code == 0, told.output
        assert f"shard     {i}/2" in told.output
    told = bridle("merge", tmp_path / "s1", "--out", tmp_path / "half", "--json")
    assert told.exit_code == 1 and json.loads(told.output)["absent"] == ["2/2"]
    told = bridle("merge", tmp_path / "s1", tmp_path / "s2", "--out", tmp_path / "whole")
    assert told.exit_code == 0, told.output
    assert "12 of 12 records." in told.output
    assert bridle("run", "--out", tmp_path / "s1").exit_code == 0
    refused = bridle("run", "--out", tmp_path / "s1", "--shard", "x")
    assert "names no shard" in str(refused.exception)
