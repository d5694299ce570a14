"""The names of models: PROVIDER/MODEL as Inspect AI reads them, or `organism` for short."""

from __future__ import annotations

from bridle.errors import BridleError, nearest

# What Inspect 0.3.285 knows, and our two: for hints, whether a model exists is Inspect's to say.
OURS = ("organism", "scripted", "subject")
PROVIDERS = (
    *OURS,
    "openai",
    "anthropic",
    "google",
    "grok",
    "mistral",
    "deepseek",
    "groq",
    "together",
    "fireworks",
    "openrouter",
    "perplexity",
    "bedrock",
    "azureai",
    "cloudflare",
    "ollama",
    "vllm",
    "vllm-completions",
    "sglang",
    "hf",
    "llama-cpp-python",
    "openai-api",
    "openai-api-completions",
)


def full_name(name: str) -> str:
    """The name as Inspect wants it.

    Raises:
        BridleError: neither `organism` nor PROVIDER/MODEL; openai-api without its service.
    """
    if name == "organism":
        return "organism/default"
    provider, _, rest = name.partition("/")
    if not provider or not rest:
        raise unknown_model(name)
    if provider.startswith("openai-api") and "/" not in rest:
        raise BridleError(
            f"The model {name!r} does not say which service it is at.",
            expected=f"{provider}/SERVICE/MODEL",
            hint=f"--model {provider}/local/{rest} --base-url http://HOST:PORT/v1",
        )
    return name


def unknown_model(name: str) -> BridleError:
    """The error for a model that nobody knows."""
    near = nearest(name.split("/")[0], PROVIDERS)
    return BridleError(
        f"There is no model {name!r}." + (f" Did you mean {near!r}?" if near else ""),
        expected="organism, or PROVIDER/MODEL with one of: " + ", ".join(PROVIDERS),
        hint="bridle list models",
    )
