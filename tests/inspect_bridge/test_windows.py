"""A window that is too small is known before the first call, where anybody says how large it is."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bridle import arms, benchmarks
from bridle.errors import BridleError
from bridle.inspect_bridge.windows import refuse_small_window, window_of
from bridle.studies import study


@pytest.fixture
def served():
    """A server whose /v1/models answers what the test puts into `said`; it counts what else is asked."""
    said: dict[str, object] = {"models": {}, "others": 0}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(said["models"]).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            said["others"] = 1
            self.send_response(500)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1", said
    server.shutdown()


@pytest.mark.parametrize(
    ("listed", "window"),
    [
        ({"data": [{"id": "m", "max_model_len": 4096}, {"id": "n", "max_model_len": 8}]}, 4096),
        ({"data": [{"id": "m.gguf", "meta": {"n_ctx": 2048}}]}, 2048),
        ({"data": [{"id": "m"}]}, None),
        ({"data": "none"}, None),
        ([], None),
        ({"data": [{"id": "m", "max_model_len": "many"}, 7]}, None),
    ],
)
def test_what_servers_say(served, listed, window):
    url, said = served
    said["models"] = listed
    assert window_of("openai-api/local/m", url) == window


def test_who_says_nothing_is_not_refused():
    assert window_of("openai/gpt-5") is None
    assert window_of("openai-api/local/m", "http://127.0.0.1:9/v1") is None
    refuse_small_window("openai/gpt-5", [arms.get("recall")])


def test_the_study_is_refused_before_anything_is_asked(served, tmp_path):
    url, said = served
    said["models"] = {"data": [{"id": "m", "max_model_len": 2048}]}
    with pytest.raises(BridleError, match="holds 2,048"):
        study.run(
            tmp_path / "s",
            benchmark=benchmarks.load("recall", limit=1),
            models=["openai-api/local/m"],
            arms=["recall"],
            base_url=url,
        )
    assert not said["others"]


def test_the_embedded_model_has_a_small_one():
    with pytest.raises(BridleError, match="the window of organism holds"):
        refuse_small_window("organism", [arms.get("recall")])
    refuse_small_window("organism", [arms.get("trivial")])
    with pytest.raises(BridleError, match="'drift' asks with up to"):
        refuse_small_window("organism", [arms.get("drift:length=32"), arms.get("trivial")])
