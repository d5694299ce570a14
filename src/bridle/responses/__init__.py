"""Raw output → thinking, answer, status; a provider's message → raw output; many → what they show.

from bridle.responses import read_response
read_response("<think>2+2 is 4</think>The answer is 4.").answer    -> "The answer is 4."
"""

from bridle.responses.messages import Message, NotAMessage, message_of
from bridle.responses.read import read_response
from bridle.responses.response import READ_HOW, STATUSES, Response, Status
from bridle.responses.votes import Ballot, Hints

__all__ = [
    "READ_HOW",
    "STATUSES",
    "Ballot",
    "Hints",
    "Message",
    "NotAMessage",
    "Response",
    "Status",
    "message_of",
    "read_response",
]
