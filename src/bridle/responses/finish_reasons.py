"""A provider's word for why generation ended → one of five endings, in any provider's spelling.

    ending("FinishReason.MAX_TOKENS") -> "length"
    ending("insufficient_system_resource") -> "error"

The words are those of OpenAI (chat, completions, responses), Azure, Anthropic, Gemini and Vertex,
Cohere, Bedrock, Mistral, DeepSeek, Ollama, TGI, llama.cpp, vLLM, SGLang and OpenRouter.
"""

from __future__ import annotations

import re
from typing import Literal

Ending = Literal["stop", "length", "tool", "refused", "error"]

_WORDS: dict[Ending, str] = {
    "length": "length|length_limit|max_length|max_(?:new_|output_|completion_)?tokens?(?:_reached)?"
    "|model_length|token_limit(?:_reached)?|limit|context_length(?:_exceeded)?"
    "|model_context_window_exceeded|context_window_exceeded|incomplete|truncated"
    "|max_model_len|max_seq_len|(?:thinking_)?budget_exceeded|repetition",
    "refused": "content_filter(?:ed)?|content_policy(?:_violation)?|refus(?:al|ed)|(?:image_)?safety"
    "|recitation|blocklist|blocked|spii|prohibited_content|image_prohibited_content"
    "|guardrails?_intervened|guardrails?|moderation|error_toxic|sensitive|risk_control"
    "|content_moderation|policy_violation",
    "error": "(?:\\w+_)?error|abort(?:ed)?|cancell?ed|cancel|fail(?:ed|ure)?|time_?d?_?out|time_limit"
    "|timeout_error|insufficient_system_resources?|network_error|server_error|internal_error"
    "|overloaded|unavailable|service_unavailable|interrupted|disconnect(?:ed)?|expired|preempted"
    "|deadline_exceeded|resource_exhausted|out_of_memory|malformed_response",
    "tool": "tool_calls?|tool_use|function_calls?|tool|requires_action|call"
    "|malformed_function_call|unexpected_tool_call",
    "stop": "stop(?:_sequence|_token|_str(?:ing)?|ped)?|eos(?:_token)?|end(?:_of)?_turn|end|eot"
    "|completed?|finish(?:ed)?|done|success|natural|pause_turn|normal",
}
_ENDINGS: dict[Ending, re.Pattern[str]] = {k: re.compile(words) for k, words in _WORDS.items()}


def ending(finish_reason: str | None) -> Ending | None:
    """Why generation ended; None where the word is missing or says nothing (`unspecified`).

    Anthropic's `pause_turn` and the like are no cut of the text and count as `stop`.
    """
    word = (finish_reason or "").strip()[:100].rpartition(".")[2]  # FinishReason.MAX_TOKENS
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()  # contentFilter
    word = (
        re.sub(r"[\s/:-]+", "_", word).removeprefix("finish_reason_").removeprefix("stop_reason_")
    )
    return next((kind for kind, words in _ENDINGS.items() if words.fullmatch(word)), None)
