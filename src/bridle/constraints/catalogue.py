"""The names: every type of ours, and what other projects call theirs.

    from_spec({"type": "words", "at_most": 300})
    from_peer("keywords:existence", {"keywords": ["root"]})

To add a family: write its file, import it here. To make a peer's id resolve: one line in `PEERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bridle.constraints import (
    affix,
    case,
    copying,
    data,
    document,
    format,
    language,
    length,
    lexical,
    options,
    passages,
    punctuation,
)
from bridle.constraints.base import REGISTRY, Constraint, make
from bridle.errors import ConstraintError, nearest

# Importing a family registers its types.
FAMILIES = (
    length,
    passages,
    lexical,
    format,
    document,
    affix,
    copying,
    language,
    case,
    punctuation,
    data,
    options,
)

Params = Mapping[str, Any]
Build = Callable[[Params], Constraint]


def get(name: str, **params: Any) -> Constraint:
    """The constraint of that name, e.g. `get("words", at_most=300)`.

    Raises:
        ConstraintError: unknown name or parameter, missing parameter, impossible value.
    """
    return make(name, params)


def from_spec(spec: Mapping[str, Any]) -> Constraint:
    """The constraint of a spec as files hold it: `{"type": "words", "at_most": 300}`."""
    if not isinstance(spec, Mapping) or not isinstance(spec.get("type"), str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConstraintError(
            f"{spec!r} is not a constraint.",
            expected='an object with a "type", as {"type": "words", "at_most": 300}',
            hint="bridle list constraints",
        )
    return make(spec["type"], {k: v for k, v in spec.items() if k != "type"})


def from_peer(
    peer: str, kwargs: Params | None = None, *, benchmark: str | None = None
) -> Constraint:
    """Our constraint for another project's id and arguments.

    ReasonIF uses MathIF's and IFEval's ids for rules about the thinking; `benchmark="reasonif"`
    says so, and so do its own arguments (a number of words without a relation).

    Raises:
        ConstraintError: an id without counterpart here, or arguments that make no sense.
    """
    build = PEERS.get(peer)
    if build is None:
        near = nearest(peer, PEERS)
        raise ConstraintError(
            f"The peer constraint {peer!r} has no counterpart here.",
            expected=f"did you mean {near!r}?" if near else f"one of: {', '.join(PEERS)}",
            hint="bridle list constraints",
        )
    params = {k: v for k, v in (kwargs or {}).items() if v is not None}
    thinking = benchmark == "reasonif" or peer == "language:reasoning_language"
    if peer.endswith(":number_words") and "relation" not in params:
        thinking = True
    try:
        made = build(params)
    except KeyError as missing:
        raise ConstraintError(
            f"The peer constraint {peer!r} lacks the argument {missing}.",
            expected=f"arguments with {missing}; got {dict(params)}",
        ) from None
    return make(made.name, {**made.params(), "scope": "thinking"}) if thinking else made


def peers_of(name: str) -> list[str]:
    """The peers' ids that resolve to a type of ours."""
    return [peer for peer, build in PEERS.items() if getattr(build, "type", None) == name]


def _peer(name: str, arguments: Callable[[Params], Params]) -> Build:
    def build(params: Params) -> Constraint:
        return make(name, arguments(params))

    build.type = name  # pyright: ignore[reportFunctionMemberAccess]
    return build


_RELATIONS = {"at least": "at_least", "less than": "less_than", "at most": "at_most",
              "more than": "more_than", "exactly": "exactly"}  # fmt: skip


def _bound(relation: object, number: object) -> dict[str, Any]:
    key = _RELATIONS.get(str(relation))
    if key is None:
        raise ConstraintError(
            f"The relation {relation!r} is not known.", expected=f"one of: {', '.join(_RELATIONS)}"
        )
    return {key: number}


PEERS: dict[str, Build] = {
    "keywords:existence": _peer("keywords", lambda p: {"keywords": p["keywords"]}),
    "keywords:frequency": _peer(
        "keyword_count",
        lambda p: {"keyword": p["keyword"], **_bound(p["relation"], p["frequency"])},
    ),
    "keywords:forbidden_words": _peer("forbidden_words", lambda p: {"words": p["forbidden_words"]}),
    # ReasonIF gives only the number: "Use less than N words."
    "length_constraint_checkers:number_words": _peer(
        "words", lambda p: _bound(p.get("relation", "less than"), p["num_words"])
    ),
    "length_constraints:number_words": _peer(
        "words", lambda p: _bound(p.get("relation", "less than"), p["num_words"])
    ),
    "detectable_format:number_bullet_lists": _peer(
        "bullets", lambda p: {"exactly": p["num_bullets"]}
    ),
    "detectable_format:number_highlighted_sections": _peer(
        "highlights", lambda p: {"at_least": p["num_highlights"]}
    ),
    "detectable_format:multiple_sections": _peer(
        "sections", lambda p: {"number": p["num_sections"], "label": p["section_spliter"].strip()}
    ),
    "startend:end_checker": _peer("end_phrase", lambda p: {"phrase": p["end_phrase"]}),
    "startend:quotation": _peer("quoted", lambda p: {}),
    "combination:repeat_prompt": _peer(
        "repeat_prompt", lambda p: {"prompt": p["prompt_to_repeat"]}
    ),
    "language:response_language": _peer("language", lambda p: {"language": p["language"]}),
    "language:reasoning_language": _peer("language", lambda p: {"language": p["language"]}),
    "change_case:english_capital": _peer("uppercase", lambda p: {"language": "en"}),
    "change_case:english_lowercase": _peer("lowercase", lambda p: {"language": "en"}),
    "change_case:capital_word_frequency": _peer(
        "capital_words", lambda p: _bound(p["capital_relation"], p["capital_frequency"])
    ),
    "punctuation:no_comma": _peer("no_comma", lambda p: {}),
}

__all__ = ["FAMILIES", "PEERS", "REGISTRY", "from_peer", "from_spec", "get", "peers_of"]
