"""Is this the right answer? Find it, read it, compare it: exact, typed, safe.

from bridle.maths import equal, find_answer
found = find_answer("So there are \\\\boxed{1{,}200} of them.")
equal("1200", found.text).equal  -> True
"""

from bridle.maths.equal import equal
from bridle.maths.read import read
from bridle.maths.read.find import HOWS, NONE_STATED, Found, How, Style, find_answer
from bridle.maths.read.reference_kind import Kind, kind_of
from bridle.maths.verdicts import Equality

__all__ = [
    "HOWS",
    "NONE_STATED",
    "Equality",
    "Found",
    "How",
    "Kind",
    "Style",
    "equal",
    "find_answer",
    "kind_of",
    "read",
]
