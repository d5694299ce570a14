"""One request through Inspect's model layer: its settings, what was really sent, and the reply."""

from __future__ import annotations

import dataclasses
from typing import Any

from inspect_ai.model import GenerateConfig, ModelOutput

from bridle.calls import Reply, Request
from bridle.inspect_bridge.endpoints import Endpoint, Seen
from bridle.inspect_bridge.inputs import config_of, prepared
from bridle.inspect_bridge.probe import check_count
from bridle.inspect_bridge.replies import read_body, reply_of, said_instead, sent_of


async def generated(
    endpoint: Endpoint,
    request: Request,
    settings: dict[str, Any],
    config: GenerateConfig,
    seen: Seen,
) -> tuple[Reply, ModelOutput]:
    """The reply to one attempt, and what Inspect made of it. `settings` go into the request; `config` is how it is sent.

    Raises what the provider raises, and ValueError where the server sent no choices.
    """
    settings = request.decoded(settings)
    model, messages, about, sent_ids = await prepared(endpoint, request, settings)
    output = await model.generate(messages, config=config.merge(config_of(settings)))
    if output.empty:
        raise ValueError(said_instead(read_body(seen.body)) or "the server sent no choices")
    reply = reply_of(output, seen.call)
    if sent_ids is not None:
        check_count(reply, sent_ids)
    if endpoint.renderer is None:  # no arm of the study goes on from tokens
        reply = dataclasses.replace(reply, ids=None)
    sent = sent_of(seen.call, settings)
    reply = dataclasses.replace(reply, sent=None if sent is None else {**sent, **about})
    return reply, output
