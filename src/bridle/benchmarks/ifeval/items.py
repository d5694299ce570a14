"""IFEval: 541 prompts, each one text with its question and its one to three instructions.

    load(data="…/instruction_following_eval/data").items[0]
    -> Item(id="1000", problem=Problem(question=prompt, answer=None), prompt=…, bare_prompt=None, …)

There is no reference answer, so correctness does not exist here; and no prompt without the
instructions, so neither does the condition "without", nor a floor. Source: Zhou et al. 2023, arXiv
2311.07911, section 2. The paper names no decoding settings for its prompts: the model's own are used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.files.hub import Pinned
from bridle.benchmarks.files.local import Published
from bridle.benchmarks.item import Item, PeerConstraint, group_of
from bridle.benchmarks.order import first, spread
from bridle.benchmarks.published.instructions import rules
from bridle.benchmarks.rows import Row, gather, lines_of
from bridle.constraints import Constraint, from_peer
from bridle.errors import ConstraintError, DataError, nearest
from bridle.problems.base import Problem

PUBLISHED = Published(
    name="ifeval",
    title="IFEval",
    files=("input_data.jsonl", "ifeval_input_data.jsonl", "prompts.jsonl"),
    home=Pinned(
        "google/IFEval",
        "966cd89545d6b6acfd7638bc708b98261ca58e84",
        {
            "ifeval_input_data.jsonl": "6a85310ca8ce15eff755aa08a3a4ff931c7e273e7515ebb3c492ea85fd8288f2"
        },
    ),
    rows=541,
    content="e3355a6838ed2e37030ca6d464dc42eb443b301a06a1de094c8cfa32e7ec3053",
)


def load(*, data: Path | str | None = None, limit: int | None = None) -> Benchmark:
    """The prompts as items, spread evenly over the instruction types; nothing in it is random.

    Raises:
        DataError: there is no such file, it cannot be downloaded, or none of its rows can be read.
    """
    return load_prompts(PUBLISHED, rules(), data, limit)


def load_prompts(
    published: Published, known: Collection[str], data: Path | str | None, limit: int | None
) -> Benchmark:
    """A benchmark in IFEval's fields: `key`, `prompt`, `instruction_id_list`, `kwargs`.

    `known` are its ids: a row with another one is of another benchmark, or misspelt.
    """
    path = published.find(data)
    items, bad = gather(lines_of(path), _reader(published, known), path.name)
    return Benchmark(
        name=published.name,
        items=first(by_type(items), limit),
        provenance=published.provenance(path, items),
        bad_rows=tuple(bad),
    )


def by_type(items: Sequence[Item]) -> list[Item]:
    """Spread over the items' first instruction: the files have those of one type together."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.peer[0].id, []).append(item)
    return spread(list(groups.values()))


def peer_constraint(row: Row, named: PeerConstraint, benchmark: str) -> Constraint:
    """Our constraint for what a row names.

    Raises:
        DataError: an id without counterpart here, or arguments that make no sense.
    """
    try:
        return from_peer(named.id, named.kwargs, benchmark=benchmark)
    except ConstraintError as error:
        raise DataError(
            f"{row.where}: {error.what}", expected=error.expected, hint=error.hint
        ) from error
    except (TypeError, ValueError, AttributeError) as error:  # a shape that nobody expects
        raise DataError(
            f"{row.where}: the arguments of {named.id} cannot be read ({error}).",
            expected=f"arguments as the benchmark gives them, not {dict(named.kwargs)}",
        ) from error


def given(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments less those that are null: some spellings of the files list all there are."""
    return {name: value for name, value in arguments.items() if value is not None}


def _reader(published: Published, known: Collection[str]) -> Callable[[Row], Item]:
    benchmark = published.name

    def item(row: Row) -> Item:
        prompt, ids = row.text("prompt"), row.texts("instruction_id_list")
        kwargs = row.objects("kwargs")
        if not ids:
            raise row.bad("instruction_id_list", "at least one instruction")
        for name in ids:
            if name not in known:
                near = nearest(name, known)
                raise DataError(
                    f"{row.where}: {published.title} has no instruction {name!r}.",
                    expected=f"one of its {len(known)} ids" + (f", as {near!r}" if near else ""),
                    hint="bridle list benchmarks (perhaps the file is another's)",
                )
        if len(ids) != len(kwargs):
            raise row.bad("kwargs", f"as many as instructions, which are {len(ids)}")
        key = row.values.get("key", row.number)
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise row.bad("key", "a number or a text")
        peer = tuple(PeerConstraint(i, given(k)) for i, k in zip(ids, kwargs, strict=True))
        return Item(
            id=str(key),
            problem=Problem(id=str(key), question=prompt, answer=None),
            constraints=tuple(peer_constraint(row, p, benchmark) for p in peer),
            prompt=prompt,
            bare_prompt=None,
            benchmark=benchmark,
            group=group_of(len(ids)),
            peer=peer,
        )

    return item
