"""The names: every type of ours, and what other projects call theirs.

    from_spec({"type": "words", "at_most": 300})
    from_peer("keywords:existence", {"keywords": ["root"]})

To add a type: write it in its family's file, and its name beside that file's in `FAMILIES`. To
make a peer's id resolve: one line in its benchmark's table (`peers_ifeval.py`, …).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridle.constraints import peers_ifbench, peers_ifeval
from bridle.constraints.base import REGISTRY, Constraint, make
from bridle.constraints.peers import Arguments, Build, Params, whole
from bridle.errors import ConstraintError, nearest

# Which file of this folder registers which types; it is imported when one of them is asked for.
FAMILIES: dict[str, str] = {
    "length": "words",
    "passages": "sentences paragraphs lines characters",
    "paragraph_start": "paragraph_start",
    "lexical": "keywords keyword_count forbidden_words",
    "letters": "letter_count letters_absent",
    "vocabulary": "unique_words stop_word_share",
    "wordclasses": "pronouns conjunctions given_names",
    "positions": "keyword_in_sentence keyword_at keyword_positions",
    "chains": "chained_sentences chained_paragraphs",
    "measures": "words_per_sentence words_per_paragraph growing_sentences",
    "sentences": "equal_sentences sentence_types",
    "marks": "every_mark characters_required characters_forbidden no_whitespace",
    "nesting": "nested_brackets nested_quotes",
    "starts": "start_phrase start_verb",
    "emoji": "emoji_ends",
    "titlecase": "title_case",
    "digits": "numbers",
    "scripts": "every_nth_script",
    "syllables": "syllable_parity",
    "wordshape": "prime_lengths consonant_clusters vowel_kinds word_repeats",
    "palindromes": "palindromes",
    "initials": "alphabet_loop no_repeated_initial growing_alliteration",
    "format": "bullets highlights sections",
    "document": "title postscript placeholders two_responses",
    "affix": "end_phrase quoted",
    "copying": "repeat_prompt",
    "lists": "sub_bullets list_marker sentences_then_bullets",
    "layout": "word_per_line indentation_stairs thesis_italics",
    "quotations": "quote_then_explanation",
    "markdown": "table heading_levels",
    "code": "code_language",
    "finals": "boxed_answer hash_answer",
    "copies": "fixed_text repeat_span repeat_changed",
    "overlap": "trigram_overlap",
    "reversals": "words_reversed letters_reversed",
    "sequences": "multiples date_list",
    "named": "ordered_list",
    "templates": "output_template sentence_alphabet",
    "questions": "choice_questions",
    "tables": "csv_shape",
    "language": "language",
    "case": "uppercase lowercase capital_words",
    "punctuation": "no_comma",
    "data": "json json_schema",
    "options": "one_of",
    "combinators": "all any none if_then",
    "parts": "count_of each",
}

for _file, _names in FAMILIES.items():
    REGISTRY.place(f"bridle.constraints.{_file}", _names.split())


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
    says so, and so do its own arguments (a number of words without a relation) where no other
    benchmark is named.

    Raises:
        ConstraintError: an id without counterpart here, or arguments that are missing, unknown or
            make no sense.
    """
    build = PEERS.get(peer)
    if build is None:
        near = nearest(str(peer), PEERS)
        raise ConstraintError(
            f"The peer constraint {peer!r} has no counterpart here.",
            expected=f"did you mean {near!r}?" if near else f"one of: {', '.join(PEERS)}",
            hint="bridle list constraints",
        )
    if kwargs is not None and not isinstance(kwargs, (dict, Mapping)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise _refused(peer, f"has {kwargs!r} for arguments", "an object")
    params = {key: whole(v) for key, v in kwargs.items() if v is not None} if kwargs else {}
    thinking = benchmark == "reasonif" or peer == "language:reasoning_language"
    if not params and (peer, thinking) in _BARE:
        return _BARE[peer, thinking]
    first = None if peer in _TAKEN else Arguments(params)
    if "num_words" in params and "relation" not in params and peer.endswith(":number_words"):
        if benchmark not in (None, "reasonif"):
            raise _refused(peer, "lacks the argument 'relation'", f"it beside {dict(params)}")
        thinking = True
    try:
        made = build(params if first is None else first)
    except KeyError as missing:
        raise _refused(
            peer, f"lacks the argument {missing}", f"arguments with {missing}; got {dict(params)}"
        ) from None
    except (TypeError, AttributeError):
        raise _refused(peer, "has an argument of a wrong type", f"not {dict(params)}") from None
    if first is not None:
        _TAKEN[peer] = first.asked
    taken = _TAKEN[peer]
    for key in params:
        if key not in taken:
            only = f"only: {', '.join(sorted(taken))}" if taken else "no arguments"
            raise _refused(peer, f"has no argument {key!r}", only)
    if thinking:
        made = make(made.name, {**made.params(), "scope": "thinking"})
    if not params:
        _BARE[peer, thinking] = made
    return made


def _refused(peer: str, why: str, expected: str) -> ConstraintError:
    short = expected if len(expected) <= 300 else f"{expected[:300]}…"
    return ConstraintError(f"The peer constraint {peer!r} {why}.", expected=short)


def peers_of(name: str) -> list[str]:
    """The peers' ids that resolve to a type of ours."""
    return [peer for peer, build in PEERS.items() if getattr(build, "type", None) == name]


_BARE: dict[tuple[str, bool], Constraint] = {}  # those without arguments are made once
_TAKEN: dict[str, set[str]] = {}  # the arguments of a peer's id, seen when it is first made

PEERS: dict[str, Build] = {**peers_ifeval.PEERS, **peers_ifbench.PEERS}

__all__ = ["FAMILIES", "PEERS", "REGISTRY", "from_peer", "from_spec", "get", "peers_of"]
