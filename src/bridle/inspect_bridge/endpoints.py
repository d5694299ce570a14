"""A model of a study, opened: Inspect's model for chat, its completions sibling, its tokenizer."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from inspect_ai.model import Model, ModelCall, get_model

from bridle.arms import Arm
from bridle.calls import Ability
from bridle.errors import BridleError, MissingExtra
from bridle.inspect_bridge.abilities import (
    COMPLETIONS,
    OPEN_SERVERS,
    abilities,
    refuse_what_it_cannot,
)
from bridle.inspect_bridge.failures import unreachable
from bridle.inspect_bridge.llama_cpp import LlamaCppTokens, template_file
from bridle.inspect_bridge.replicas import Replica, Replicas, shown
from bridle.inspect_bridge.templates import OrganismTokens, Renderer, ServerTokens
from bridle.inspect_bridge.windows import refuse_small_window
from bridle.studies.providers import OURS, PROVIDERS, full_name, unknown_model


class Stopped(BridleError):
    """The run has ended while this call waited for its connection: it was not sent."""


@dataclass
class Seen:
    """What one attempt at a call has shown of itself."""

    call: ModelCall | None = None
    body: bytes = b""  # of the last response, where the client lets it be seen
    sent: int = 0  # requests that went out


SEEN: ContextVar[Seen | None] = ContextVar("seen", default=None)


async def _keep_body(response: Any) -> None:
    """The body as it came: what a client makes of an odd one is an exception without its words."""
    seen = SEEN.get()
    if seen is not None and "event-stream" not in response.headers.get("content-type", ""):
        seen.body = await response.aread()


@dataclass
class Endpoint:
    """One model of a study. `dead` says in words why it is not asked any more."""

    name: str
    chat: Model
    raw: Model | None = None
    renderer: Renderer | None = None
    able: frozenset[Ability] = frozenset({"chat"})
    dead: str | None = None
    halted: bool = False  # the whole run has ended
    failures: int = 0  # in a row
    answered: int = 0
    ids_in_body: bool = False  # the server gives the ids of what it sampled where the body asks
    prefix_body: dict[str, Any] = field(default_factory=dict[str, Any])
    # rendered heads that were looked at, by their hash: whether the template opens the thought
    probed: dict[str, bool] = field(default_factory=dict[str, bool])

    urls: tuple[str, ...] = ()  # of its servers, where there are several
    args: dict[str, Any] = field(default_factory=dict[str, Any])  # of its client
    servers: list[Replica] = field(default_factory=list[Replica])  # where there are several

    def __post_init__(self) -> None:
        for model in filter(None, (self.chat, self.raw)):
            self._look_inside(model)

    def served(self) -> str:
        """What each of its servers answered, in words."""
        return "; ".join(replica.words() for replica in self.servers)

    def _look_inside(self, model: Model) -> None:
        """Look again whether to ask once the call has its connection, and keep what was sent.

        A call may wait for minutes for a connection; by then the disk may be full or the key refused.
        """
        if self.urls:
            self._spread(model)
        inner = model.api.generate

        async def generate(*args: Any, **kwargs: Any) -> Any:
            if self.halted or self.dead is not None:
                raise Stopped(self.dead or "the run has ended")
            seen = SEEN.get()
            if seen is not None:
                seen.sent += 1
            result = await inner(*args, **kwargs)
            if seen is not None and isinstance(result, tuple):
                seen.call = result[1]
            return result

        model.api.generate = generate  # type: ignore[method-assign]
        _show_bodies(model)

    def _spread(self, model: Model) -> None:
        """Let the calls of the model go to all of its servers; the first one is its own."""
        others = [
            open_model(str(model), base_url=url, model_args=self.args) for url in self.urls[1:]
        ]
        replicas = [
            Replica(shown(url), one.api.generate)
            for url, one in zip(self.urls, [model, *others], strict=True)
        ]
        for one in others:
            _show_bodies(one)
        model.api.generate = Replicas(replicas, unreachable).generate  # type: ignore[method-assign]
        most = model.api.max_connections()
        model.api.max_connections = lambda: most * len(self.urls)  # type: ignore[method-assign]
        self.servers += replicas


def _show_bodies(model: Model) -> None:
    client = getattr(model.api, "http_client", None)
    hooks = getattr(client, "event_hooks", None)
    if client is not None and isinstance(hooks, dict):
        client.event_hooks = {**hooks, "response": [*hooks.get("response", []), _keep_body]}


def open_endpoint(
    name: str,
    *,
    base_url: str | Sequence[str] | None = None,
    arms: Sequence[Arm] = (),
    model_args: Mapping[str, Any] | None = None,
    chat: Model | None = None,
) -> Endpoint:
    """The model of that name with all that the arms need of it; of several servers each serves it.

    `model_args` go to its client. `chat` is the model where it is open already; what is asked as
    token ids then goes through it too, with its settings, to its completions sibling.

    Raises:
        BridleError: unknown name, missing key, missing package, an arm that it cannot do, a server that
            is named twice.
    """
    urls = [base_url] if isinstance(base_url, str) else list(base_url or ())
    if twice := sorted({url for url in urls if urls.count(url) > 1}):
        raise BridleError(f"The server {shown(twice[0])} is named twice.", hint="name it once")
    base_url = urls[0] if urls else None
    refuse_what_it_cannot(name, arms)
    refuse_small_window(name, arms, base_url)
    raw = any("raw" in arm.needs for arm in arms)
    prefix = any("prefix" in arm.needs for arm in arms)
    full = full_name(name)
    provider, _, rest = full.partition("/")
    args = dict(model_args or {})
    given = chat is not None
    chat = chat or open_model(name, base_url=base_url, model_args=args)
    several = len(urls) > 1 and provider not in OURS
    replicas = tuple(urls) if several else ()
    made = Endpoint(name, chat, able=abilities(name), urls=replicas, args=args)
    if provider == "organism":
        made.raw = chat
        made.renderer = OrganismTokens(rest) if raw or prefix else None
        return made
    if provider == "openai-api":
        made.prefix_body = {"add_generation_prompt": False, "continue_final_message": True}
    if not raw and not (prefix and provider in OPEN_SERVERS):
        return made
    if not raw:
        pass
    elif provider in COMPLETIONS:
        made.raw = chat
    elif provider in OPEN_SERVERS:
        service = rest if provider == "openai-api" else f"{provider}/{rest}"
        url = base_url or getattr(chat.api, "base_url", None)
        sibling = f"openai-api-completions/{service}"
        made.raw = open_model(sibling, base_url=url, model_args=args)
        made._look_inside(made.raw)
        made.ids_in_body = True
    url = getattr(made.raw.api if made.raw else chat.api, "base_url", None) or base_url
    if given and made.raw is not None and made.raw is not chat:
        _send_ids_to(made.raw, chat)
        made.raw = chat
    key = getattr(chat.api, "api_key", None)
    served = getattr(chat.api, "service_model_name", lambda: rest)()
    if url and (template := template_file()) is not None:
        own = None if key == "none" else key
        made.renderer = LlamaCppTokens(str(url), served, own, template=template)
    elif url:
        made.renderer = ServerTokens(str(url), served, None if key == "none" else key)
    return made


def _send_ids_to(sibling: Model, chat: Model) -> None:
    """Have the sibling answer what is asked of the chat model as token ids, or as rendered text."""
    own = chat.api.generate

    async def generate(input: list[Any], *args: Any, **kwargs: Any) -> Any:
        about = (input[0].metadata or {}) if len(input) == 1 else {}
        raw = "prompt_token_ids" in about or "raw_text" in about
        return await (sibling.api.generate if raw else own)(input, *args, **kwargs)

    chat.api.generate = generate  # type: ignore[method-assign]


def open_model(
    name: str, *, base_url: str | None = None, model_args: Mapping[str, Any] | None = None
) -> Model:
    """The Inspect model of that name; `organism` is short for `organism/default`.

    Raises:
        BridleError: unknown name, missing key, missing package.
    """
    full = full_name(name)
    provider, _, rest = full.partition("/")
    options: dict[str, Any] = {}
    if base_url is not None and provider not in OURS:
        options["base_url"] = base_url
        if provider.startswith("openai-api"):
            # a server of one's own rarely wants a key, but the client insists on one
            service = rest.split("/")[0].upper().replace("-", "_")
            options["api_key"] = os.environ.get(f"{service}_API_KEY", "none")
    if provider.startswith("openai-api"):
        options["max_retries"] = 0  # of the client's own, which would multiply with Inspect's
    if model_args and provider in OURS:
        raise BridleError(f"The model {name!r} has no client that takes -M.", hint="leave it out")
    options |= model_args or {}
    try:
        return get_model(full, memoize=False, **options)
    except BridleError:
        raise
    except ModuleNotFoundError as error:
        raise _missing_package(name, error) from error
    except Exception as error:  # whatever a provider's constructor finds wrong with its setting
        if provider not in PROVIDERS:
            raise unknown_model(name) from error
        if model_args and isinstance(error, TypeError):
            raise BridleError(
                f"The client of {name!r} does not take these arguments: {error}.",
                expected="what its provider's page in Inspect's documentation names",
                hint="-M NAME=VALUE, without "
                + (", ".join(a for a in model_args if a in str(error)) or "one of them"),
            ) from error
        said = re.sub(r"\[/?[a-z ]+\]|^\W*ERROR\W*:?", "", str(error))
        at_server = provider.startswith("openai-api") and base_url is None
        raise BridleError(
            f"The model {name!r} cannot be used: {' '.join(said.replace('ERROR:', '').split())}",
            hint="--base-url http://HOST:PORT/v1"
            if at_server
            else "set or install what is missing",
        ) from error


def _missing_package(name: str, error: ModuleNotFoundError) -> MissingExtra:
    package = (error.name or "its client").partition(".")[0]
    return MissingExtra(
        f"The model {name!r} needs the package {package!r}, which is not installed.",
        expected="the provider's own client",
        hint=f"pip install {package}",
    )
