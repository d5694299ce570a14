"""ReasonIF: 300 questions, each with one instruction about the reasoning trace.

    load(data="…/reasonIF/data").items[0]
    -> Item(id="aime:1", constraints=(NoComma(scope="thinking"),), bare_prompt="Think step-by-step, …", …)

The published prompt has three parts, one of them the instruction; the bare prompt is the same
without that part. Upstream sets the word limit of a row for each model that it asks, from the
shortest trace which that model wrote for a question of the same source
(`number_of_words_reference.json`); those in the data set are gpt-oss-120b's. Ours are the data
set's for every model: a study asks all its models the same items, and prompt and check stay one.
To have another model's limits, change them in a copy of the file, in the prompt and the arguments.

Source: Kwon et al. 2025, arXiv 2510.15211; decoding as in the authors' `src/main.py`.
"""

from __future__ import annotations

from pathlib import Path

from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.files.hub import Pinned
from bridle.benchmarks.files.local import Published
from bridle.benchmarks.ifeval.items import by_type, given, peer_constraint
from bridle.benchmarks.item import Item, PeerConstraint, group_of
from bridle.benchmarks.order import first
from bridle.benchmarks.reasonif.published import rules
from bridle.benchmarks.rows import Row, gather, list_of
from bridle.problems.base import Problem

PUBLISHED = Published(
    name="reasonif",
    title="ReasonIF",
    files=("reasonIF_dataset.json",),
    home=Pinned(
        "ykwon0407/reasonIF",
        "7363ea54c429e1693e6b07d6f832f772b4d4c425",
        {
            "data/reasonIF_dataset.json": "c1822dacd214b6010408f3d3abcff8173d251f4d1e19df909cc9bd35a5704076"
        },
        home="github",
    ),
    rows=300,
    content="1df48adab5a1cbca023bf47ce34731e8d53b6068460bb99a9248c1248a27fcef",
)
DECODING = Decoding(temperature=1.0, top_p=0.95, max_tokens=16384)

# What stands around the instruction in a prompt: the first mark goes with it.
BEFORE = " Format your reasoning according to the following rule: **"
AFTER = "**\n\nHere is the question:\n\n"


def load(*, data: Path | str | None = None, limit: int | None = None) -> Benchmark:
    """The rows as items, spread evenly over the instruction types; nothing in it is random.

    Raises:
        DataError: there is no such file, it cannot be downloaded, or none of its rows can be read.
    """
    path = PUBLISHED.find(data)
    items, bad = gather(list_of(path), _item, path.name)
    return Benchmark(
        name="reasonif",
        items=first(by_type(items), limit),
        decoding=DECODING,
        provenance=PUBLISHED.provenance(path, items),
        bad_rows=tuple(bad),
    )


def parts(prompt: str) -> tuple[str, str] | None:
    """The prompt without its instruction, and the instruction; None where the marks are not there."""
    head, mark, rest = prompt.partition(BEFORE)
    instruction, end, question = rest.partition(AFTER)
    if not mark or not end:
        return None
    return head + AFTER.removeprefix("**") + question, instruction


def _item(row: Row) -> Item:
    question, prompt, source = row.text("question"), row.text("prompt"), row.text("source")
    ids, arguments = row.texts("constraint_name"), row.objects("constraint_args")
    if len(ids) != 1 or len(arguments) != 1:
        raise row.bad("constraint_name", "one instruction with its arguments")
    split = parts(prompt)
    if split is None:
        raise row.bad("prompt", f"a prompt with {BEFORE.strip()!r} before its instruction")
    bare, instruction = split
    if ids[0] not in rules():
        raise row.bad("constraint_name", f"one of: {', '.join(rules())}")
    peer = PeerConstraint(ids[0], given(arguments[0]), instruction)
    key = f"{source}:{row.number}"
    return Item(
        id=key,
        problem=Problem(
            id=key, question=question, answer=row.text("answer").strip(), source=source
        ),
        constraints=(peer_constraint(row, peer, "reasonif"),),
        prompt=prompt,
        bare_prompt=bare,
        benchmark="reasonif",
        group=group_of(1),
        peer=(peer,),
    )
