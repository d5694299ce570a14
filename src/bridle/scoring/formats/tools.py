"""Rows as evaluation tools write them: lm-evaluation-harness, lighteval, verifiers.

    {"doc": {…the item's fields}, "resps": [["…"]], "filter": "none", …}          samples_TASK_DATE.jsonl
    {"doc": {"query": "…", "specific": {…}}, "model_response": {"text": ["…"]}}   details_TASK_DATE.parquet
    {"task": {"data": {…}}, "nodes": [{"message": {…}}], "calls": [{…}]}          traces.jsonl

Sources: lm-evaluation-harness `evaluator.py` (what `--log_samples` writes), lighteval
`logging/info_loggers.py` (Detail), verifiers `v1/trace.py` (Trace, version 1).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, cast

from bridle.benchmarks.fields import Unusable, key_of, shown
from bridle.calls import Reply
from bridle.scoring.formats.bodies import failed, reply_of
from bridle.scoring.formats.columns import item_fields, last_user, model_of, row_key
from bridle.scoring.formats.given import Given, Row
from bridle.scoring.formats.usage import counted


def of_tool(row: Row) -> Given | None:
    """The row understood if it is a tool's, else None.

    Raises:
        Unusable: it is a tool's, and cannot be used.
    """
    fields = row.fields
    if ("resps" in fields or "filtered_resps" in fields) and (
        "doc" in fields or "doc_id" in fields
    ):
        return _harness(row)
    if "model_response" in fields and isinstance(fields.get("doc"), Mapping):
        return _lighteval(row)
    if "predictions" in fields and ("full_prompt" in fields or "gold_index" in fields):
        return _lighteval_old(row)
    if isinstance(fields.get("nodes"), list) and isinstance(fields.get("task"), Mapping):
        return _trace(row)
    return None


# -- lm-evaluation-harness --------------------------------------------------------------------------


def _harness(row: Row) -> Given:
    """The document is the item, `resps` are the samples."""
    fields = row.fields
    doc = fields.get("doc")
    # the filtered ones have often been cut down to the final answer: what came back goes first
    resps = fields.get("resps") or fields.get("filtered_resps")
    if isinstance(resps, list) and len(resps) == 1 and isinstance(resps[0], list):
        resps = resps[0]  # one request, k samples
    if not isinstance(resps, list) or not resps:
        raise Unusable(f"resps must be a list of texts, this is {shown(resps)}")
    if any(isinstance(r, list) for r in resps):
        raise Unusable("resps holds log-likelihoods, not responses")
    item = dict(doc) if isinstance(doc, Mapping) else {}
    # a target of IFEval's tasks is the constant "0", which stands for no reference
    constrained = item.get("instruction_id_list") is not None
    if item.get("answer") is None and not constrained:
        target = fields.get("target")
        if isinstance(target, str | int | float) and not isinstance(target, bool):
            item["answer"] = target
    if item.get("question") is None and item.get("prompt") is None:
        item["question"] = _argument(fields.get("arguments"))
    return Given(
        file=row.file,
        number=row.number,
        fields=item_fields(item),
        replies=tuple(Reply(raw=_text("resps", r)) for r in resps),
        key=row_key(item) or key_of(fields.get("doc_id")),
        model=model_of(fields),
        listed=len(resps) > 1,
        filter=key_of(fields.get("filter")),
    )


def _argument(arguments: Any) -> str | None:
    """The prompt that was sent: the first argument of the first request."""
    first = arguments
    for _ in range(2):
        if isinstance(first, Mapping) and first:
            first = next(iter(first.values()))
        elif isinstance(first, list) and first:
            first = first[0]
    return first if isinstance(first, str) else None


def _text(name: str, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise Unusable(f"{name} must be a list of texts, it holds {shown(value)}")


# -- lighteval --------------------------------------------------------------------------------------


def _lighteval(row: Row) -> Given:
    doc = cast("Mapping[str, Any]", row.fields["doc"])
    response = row.fields["model_response"]
    if not isinstance(response, Mapping):
        raise Unusable(f"model_response must be an object, this is {shown(response)}")
    texts = cast("Mapping[str, Any]", response).get("text")
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, list) or not texts:
        raise Unusable("model_response holds no text: log-likelihoods are no responses")
    thoughts = response.get("reasonings")
    thoughts = thoughts if isinstance(thoughts, list) else []
    replies = tuple(
        Reply(raw=_text("text", text), reasoning=_thought(thoughts, i))
        for i, text in enumerate(cast("list[Any]", texts))
    )
    fields = _asked(
        doc.get("query"), doc.get("specific"), doc.get("choices"), doc.get("gold_index")
    )
    key = key_of(doc.get("id"))
    return Given(
        row.file, row.number, fields, replies, key, model_of(row.fields), listed=len(replies) > 1
    )


def _lighteval_old(row: Row) -> Given:
    """The details of lighteval before 0.10: one flat row, some columns as the text of a list."""
    fields = row.fields
    texts = _listed(fields.get("predictions"))
    while len(texts) == 1 and isinstance(texts[0], list):
        texts = cast("list[Any]", texts[0])
    if not texts:
        raise Unusable("predictions is empty: log-likelihoods are no responses")
    gold = [g for g in _listed(fields.get("gold")) if isinstance(g, str) and g.strip()]
    asked = _asked(
        fields.get("example") or fields.get("full_prompt"), fields.get("specifics"), gold, 0
    )
    replies = tuple(Reply(raw=_text("predictions", text)) for text in texts)
    return Given(
        row.file, row.number, asked, replies, None, model_of(fields), listed=len(replies) > 1
    )


def _asked(query: Any, specific: Any, choices: Any, gold: Any) -> Mapping[str, Any]:
    """The item: the query, what is specific to the task, and the choice that is the reference."""
    item: dict[str, Any] = {"specific": specific}
    if isinstance(query, str):
        item |= {"prompt": query, "question": query}
    gold = gold[0] if isinstance(gold, list) and gold else gold
    if isinstance(choices, list) and isinstance(gold, int) and 0 <= gold < len(choices):
        right = choices[gold]
        if isinstance(right, str) and right.strip():
            item["answer"] = right
    found = dict(item_fields(item))
    if found.get("instruction_id_list") is not None:
        found.pop("answer", None)
        found["kwargs"] = _given_arguments(found.get("kwargs"))
    return found


def _given_arguments(kwargs: Any) -> Any:
    """A Parquet's structs hold every argument of every row: those that are 0 or "" were not given."""
    if not isinstance(kwargs, list):
        return kwargs
    return [
        {k: v for k, v in cast("Mapping[str, Any]", one).items() if v not in (None, 0, "", [])}
        if isinstance(one, Mapping)
        else one
        for one in cast("list[Any]", kwargs)
    ]


def _thought(thoughts: list[Any], place: int) -> str | None:
    thought = thoughts[place] if place < len(thoughts) else None
    return thought if isinstance(thought, str) and thought.strip() else None


def _listed(value: Any) -> list[Any]:
    """A list, or the text of one as Python prints it (read as data, never run)."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [value]
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


# -- verifiers --------------------------------------------------------------------------------------


def _trace(row: Row) -> Given:
    """A trace of verifiers: the last message of the model is the response."""
    fields = row.fields
    task = cast("Mapping[str, Any]", fields["task"])
    data = task.get("data")
    item = dict(cast("Mapping[str, Any]", data)) if isinstance(data, Mapping) else {}
    nodes = [n for n in cast("list[Any]", fields["nodes"]) if isinstance(n, Mapping)]
    chat = [m for n in nodes if isinstance(m := n.get("message"), Mapping)]
    own = [i for i, m in enumerate(chat) if m.get("role") == "assistant"]
    calls = [c for c in _listed(fields.get("calls")) if isinstance(c, Mapping)]
    last = calls[-1] if calls else {}
    model = key_of(last.get("model")) or _agent(fields.get("agent"))
    if not own:
        why = last.get("error") or next(iter(_listed(fields.get("errors"))), None)
        replies = (failed(why or "the trace holds no message of the model"),)
    else:
        reason = last.get("finish_reason")
        reason = reason if isinstance(reason, str) else None
        replies = (counted(reply_of(chat[own[-1]], finish_reason=reason), last),)
        if item.get("prompt") is None and item.get("question") is None:
            item["prompt"] = last_user(chat[: own[-1]])
    key = key_of(task.get("key")) or row_key(item) or key_of(item.get("idx"))
    return Given(row.file, row.number, item_fields(item), replies, key, model)


def _agent(agent: Any) -> str | None:
    config = agent.get("config") if isinstance(agent, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(config, Mapping):
        return None
    model = config.get("model")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return key_of(model.get("name") if isinstance(model, Mapping) else model)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
