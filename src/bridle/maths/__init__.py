"""Is this the right answer? Find it, read it, compare it: exact, typed, safe.

from bridle.maths import equal, find_answer
found = find_answer("So there are \\\\boxed{1{,}200} of them.")
equal("1200", found.text).equal  -> True
"""

from bridle.maths.equal import Equality, equal
from bridle.maths.find import Found, find_answer

__all__ = ["Equality", "Found", "equal", "find_answer"]
