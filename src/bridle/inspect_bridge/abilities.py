"""What a model's provider can do: chat, go on from a prefix, continue raw tokens, give log-probabilities.

    abilities("openai/gpt-5")                   -> {"chat"}
    abilities("openai-api/local/qwen", url)     -> {"chat", "prefix", "raw", "logprobs"}

What cannot be done is refused before the first call, with the nearest arm that can. A server of one's
own is taken at its word: whether it really continues a prefix or takes token ids is known by asking it.
Sources: Inspect 0.3.285, `inspect_ai/model/_providers/`; Anthropic refuses a prefilled turn under
extended thinking, OpenAI has no continuation of a turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bridle.arms import ARMS, Arm, get
from bridle.calls import ABILITIES, Ability
from bridle.errors import BridleError
from bridle.studies.providers import full_name

# Servers that take a prefix by continue_final_message, and token ids at /v1/completions.
OPEN_SERVERS = ("openai-api", "vllm", "sglang", "llama-cpp-python")
COMPLETIONS = ("openai-api-completions", "vllm-completions")
# Closed services that go on from a last assistant message.
PREFILL = ("deepseek", "openrouter", "fireworks", "together", "ollama", "mistral")
# Closed services whose reasoning field is what the model thought, not a summary of it.
TRACE = ("deepseek", "openrouter", "fireworks", "together", "ollama", "groq")
LOGPROBS = ("openai", "openrouter", "together", "fireworks", "deepseek", "grok", "groq", "azureai")


def abilities(name: str) -> frozenset[Ability]:
    """What the model of that name can be asked, as far as its provider is known for it."""
    provider = full_name(name).partition("/")[0]
    if provider in OPEN_SERVERS:
        return frozenset(ABILITIES)
    if provider in COMPLETIONS:
        return frozenset({"chat", "raw", "logprobs", "trace"})
    if provider == "organism":
        return frozenset({"chat", "prefix", "raw", "trace"})
    if provider == "scripted":
        return frozenset({"chat", "prefix", "trace"})
    if provider == "subject":
        return frozenset({"chat", "trace"})
    able: set[Ability] = {"chat"}
    if provider in PREFILL:
        able.add("prefix")
    if provider in TRACE:
        able.add("trace")
    if provider in LOGPROBS:
        able.add("logprobs")
    return frozenset(able)


def refuse_what_it_cannot(name: str, arms: Sequence[Arm]) -> None:
    """Refuse a study before its first call where an arm needs what the model cannot do.

    Raises:
        BridleError: with the nearest arm that it can.
    """
    able = abilities(name)
    for arm in arms:
        if getattr(arm, "seam", "") == "template" and full_name(name).split("/")[0] in PREFILL:
            raise BridleError(
                f"The arm {arm.name!r} would go on through the chat of {name}, and nobody can see how "
                "its template renders that.",
                expected="a server with /tokenize, or the nearest arm: " + nearest_arm(arm, able),
                hint=f"--arm {nearest_arm(arm, able)}",
            )
        lacking = sorted(arm.needs - able)
        if lacking:
            other = nearest_arm(arm, able)
            raise BridleError(
                f"The arm {arm.name!r} needs {_words(lacking)}, which {name} cannot do.",
                expected=f"a model that can, or the nearest arm that it can: {other}",
                hint=f"--arm {other}; or a server of one's own: --model openai-api/SERVICE/MODEL "
                "--base-url URL",
            )


def nearest_arm(arm: Arm, able: frozenset[Ability]) -> str:
    """The first of an arm's substitutes that can be done with those abilities, else plain."""
    for name in arm.instead:
        base = name.partition(":")[0]
        if base in ARMS and get(name).needs <= able:
            return name
    return "plain"


def _words(abilities: Iterable[str]) -> str:
    said = {
        "chat": "chat",
        "prefix": "to go on from the start of its own answer (prefix)",
        "raw": "raw tokens through completions (raw)",
        "logprobs": "log-probabilities (logprobs)",
        "trace": "its thinking as it thought it, not a summary (trace)",
    }
    return " and ".join(said[a] for a in abilities)
