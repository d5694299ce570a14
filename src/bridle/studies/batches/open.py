"""The requests of a study that nobody has answered, each under an id, those that ask the same once.

    requests = Open(study, read_journal(...))
    for one in requests.asked: one.id, one.key, one.request
    requests.taken({id: Reply(raw="…")})     -> [(Call, Reply), …], for the journal

An arm of several steps has one open request at a time; `taken` goes on with it as far as the replies
lead, and `asked` is then what is open next.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.calls import Reply, Request
from bridle.errors import BridleError
from bridle.studies.plan import Call

if TYPE_CHECKING:
    from bridle.studies.drawing import Drawing
    from bridle.studies.study import Study

LONGEST = 200  # characters of an id that is a key in words
DIGEST = 16  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is open. `id` is the key in words; `short` suits any provider's rules for ids."""

    id: str
    short: str
    key: Call
    request: Request


class Open:
    """Where the drawings of a study stand, by the replies that are known."""

    def __init__(self, study: Study, known: Mapping[Call, Reply]) -> None:
        self.study = study
        self.replies = dict(known)
        self.copied: list[tuple[Call, Reply]] = []  # replies to the same request elsewhere
        self.answered: dict[str, Call] = {}  # id and short id -> a call that has its answer
        self.asked: list[Asked] = []
        self._by_id: dict[str, Asked] = {}
        self._settle()

    def find(self, name: str) -> Asked | None:
        """The open request of that id, long or short."""
        return self._by_id.get(name)

    def taken(self, replies: Mapping[str, Reply]) -> list[tuple[Call, Reply]]:
        """What the journal is to get: the replies under their calls, and copies for whoever asked the same.

        Ids that are not open are passed over.
        """
        found: list[tuple[Call, Reply]] = []
        for name, reply in replies.items():
            one = self.find(name)
            if one is None:
                continue
            found.append((one.key, reply))
            self.replies[one.key] = reply
        if found:
            self._settle()
            found += self.copied
        return found

    def _settle(self) -> None:
        """Bring every drawing as far as the replies lead."""
        self.copied, self.asked, self._by_id = [], [], {}
        done: dict[tuple[str, str, str, int], tuple[Call, Reply]] = {}
        waiting: list[Drawing] = []
        for call in self.study.plan.calls():
            try:
                drawing = self.study.drawing(call, self.replies)
            except BridleError:
                continue  # its arm fails on a reply: the table has a row that says so
            for step, reply in enumerate(drawing.replies):
                request = reply.asked()
                key = call.at(step, request)
                done.setdefault(self.study.same(key, request), (key, reply))
                for name in self.names(key, request):
                    self.answered[name] = key
            if drawing.pending is not None:
                waiting.append(drawing)
        leaders: set[tuple[str, str, str, int]] = set()
        while waiting:
            drawing = waiting.pop(0)
            request = drawing.pending
            if request is None:
                continue
            key, same = drawing.key, self.study.same(drawing.key, request)
            if same in done:
                first, reply = done[same]
                copy = dataclasses.replace(reply, request=None, parent=reply.parent or first.words)
                self.copied.append((key, copy))
                self.replies[key] = copy
                try:
                    drawing.failed = None
                    drawing.send(copy)
                except BridleError:
                    continue
                waiting.append(drawing)
            elif same not in leaders:
                leaders.add(same)
                name, short = self.names(key, request)
                one = Asked(name, short, key, request)
                self.asked.append(one)
                self._by_id[name] = self._by_id[short] = one

    def names(self, key: Call, request: Request) -> tuple[str, str]:
        """The id of a request: the words of its key and a digest of what is asked; and a short one."""
        said = repr(self.study.same(key, request))
        asked = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
        words = f"{key.words}@{asked}"
        short = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        plain = len(words) <= LONGEST and words.isascii() and words.isprintable()
        return (words if plain else f"bridle-{short}"), f"bridle-{short}"
