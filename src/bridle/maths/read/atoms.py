"""The smallest parts of an expression: numbers, letters, functions with their arguments, fractions.

What stands between them is the parser's (`parser`), which is built on this.
"""

from __future__ import annotations

from bridle.maths.read.names import ACCENTS, CALLED, GREEK, Unread, number, unit_vector
from bridle.maths.read.tokens import Token
from bridle.maths.tree import FUNCTIONS, LOG_BASE, Node, Op, Sym, mul, neg, num

_CLOSING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "|": "|",
    "\\{": "\\}",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
}


class Atoms:
    """Reads one atom after the other from the tokens of a text.

    `ambiguous` is set where a slash is followed by a product without a sign (1/2x): `tight` then
    says which of the two readings was taken.
    """

    def __init__(self, found: list[Token], tight: bool = False) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.tight = tight
        self.ambiguous = False

    # -- the token ahead
    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sees(self, *texts: str) -> bool:
        ahead = self.peek()
        return ahead is not None and ahead.text in texts and ahead.kind != "text"

    def take(self) -> Token:
        ahead = self.peek()
        if ahead is None:
            raise Unread("the expression ends too early")
        self.at += 1
        return ahead

    def expect(self, text: str) -> None:
        if not self.sees(text):
            ahead = self.peek()
            raise Unread(f"{text!r} expected, found {ahead.text if ahead else 'the end'!r}")
        self.at += 1

    # -- what the parser adds
    def sum(self) -> Node:
        raise NotImplementedError

    def factor(self) -> Node:
        raise NotImplementedError

    def raised(self, base: Node) -> Node:
        raise NotImplementedError

    def exponent(self) -> Node:
        raise NotImplementedError

    def text_at(self, ahead: int) -> str:
        place = self.at + ahead
        return self.tokens[place].text if place < len(self.tokens) else ""

    def argument(self) -> Node:
        """A group in braces, or the single token that LaTeX takes in its place (\\frac12)."""
        if self.sees("{"):
            return self.group("{")
        ahead = self.take()
        if ahead.kind == "number" and len(ahead.text) > 1 and ahead.text.isdigit():
            rest = Token("number", ahead.text[1:], False)
            self.tokens = [*self.tokens[: self.at], rest, *self.tokens[self.at :]]
            return num(int(ahead.text[0]))
        self.at -= 1
        return self.atom()

    def group(self, opening: str) -> Node:
        self.expect(opening)
        bars, self.bars = self.bars, int(opening == "|")
        inner = self.sum()
        if opening in "{(" and self.sees("\\choose"):
            self.at += 1
            inner = Op("binom", (inner, self.sum()))
        self.bars = bars
        self.expect(_CLOSING[opening])
        return inner

    def atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return num(number(token.text))
        if token.kind == "letter":
            return self.symbol(token.text)
        if token.kind in ("name", "operatorname"):
            return self.named(token.text)
        if token.kind == "text":
            if len(token.text) == 1 and token.text.isalpha():
                return self.symbol(token.text)
            if token.text in FUNCTIONS:
                return self.named(token.text)
            raise Unread(f"words inside an expression: {token.text[:40]!r}")
        if token.kind == "mathbf" and (unit := unit_vector(token.text)):
            return unit
        if token.kind in ("mathbf", "mathcal", "mathfrak"):
            return self.symbol(
                f"{token.kind}:{token.text}" if token.kind != "mathbf" else token.text
            )
        if token.kind == "op":
            if token.text in ("(", "[", "{", "|"):
                self.at -= 1
                inner = self.group(token.text)
                return Op("abs", (inner,)) if token.text == "|" else inner
            raise Unread(f"{token.text!r} is not understood here")
        return self.command(token.text)

    def command(self, text: str) -> Node:
        name = text[1:]
        if name == "frac":
            return self.fraction()
        if text in ("\\lfloor", "\\lceil"):
            self.at -= 1
            inner = self.group(text)
            return Op("floor" if name == "lfloor" else "ceil", (inner,))
        if text in ACCENTS:
            inner = self.argument()
            if (
                text in ("\\hat", "\\vec")
                and isinstance(inner, Sym)
                and (unit := unit_vector(inner.name))
            ):
                return unit
            if isinstance(inner, Sym):
                return self.symbol(
                    f"{inner.name}:{name}" if name not in ("vec", "underline") else inner.name
                )
            return inner
        if name in FUNCTIONS or name in (
            "pi",
            "Pi",
            "infty",
            "log",
            "lg",
            "binom",
            "cbrt",
            "gcd",
            "lcm",
            "max",
            "min",
        ):
            return self.named(name)
        if name in GREEK:
            return self.symbol(name)
        if name in ("imath", "jmath"):
            return Sym(name[0])
        raise Unread(f"{text[:40]!r} is not understood")

    def fraction(self) -> Node:
        start = self.at
        derivative = self.derivative()
        if derivative is not None:
            return derivative
        self.at = start
        top = self.argument()
        return Op("div", (top, self.argument()))

    def derivative(self) -> Node | None:
        """\\frac{dy}{dx} is a letter of its own, not a quotient."""
        words: list[str] = []
        for token in self.tokens[self.at : self.at + 12]:
            words.append(token.text)
        for order in ([], ["^", "2"], ["^", "{", "2", "}"]):
            n = len(order)
            if words[:2] == ["{", "d"] and words[2 : 2 + n] == order and len(words) > 5 + n:
                y, rest = words[2 + n], words[3 + n :]
                if (
                    rest[:3] == ["}", "{", "d"]
                    and rest[4 : 4 + n] == order
                    and rest[4 + n : 5 + n] == ["}"]
                ):
                    self.at += 8 + 2 * n
                    return Sym(f"d{y}/d{rest[3]}" if not order else f"d2{y}/d{rest[3]}2")
        return None

    def named(self, name: str) -> Node:
        if name in ("pi", "Pi"):
            return Sym("pi")
        if name in ("infty", "infinity"):
            return Sym("oo")
        if name == "frac":
            return self.fraction()
        if name == "sqrt":
            return self.root()
        if name == "cbrt":
            return Op("root", (self.one_argument(), num(3)))
        if name == "binom":
            if self.sees("("):
                return Op("binom", self.arguments(2))
            return Op("binom", (self.argument(), self.argument()))
        if name in ("gcd", "lcm", "max", "min"):
            return Op(name, self.arguments(None))
        return self.function(name)

    def root(self) -> Node:
        degree: Node = num(2)
        if self.sees("["):
            degree = self.group("[")
        inner = self.argument() if self.sees("{") else self.one_argument()
        return Op("root", (inner, degree))

    def one_argument(self) -> Node:
        if self.sees("(", "{"):
            return self.group("(" if self.sees("(") else "{")
        return self.argument()

    def arguments(self, count: int | None) -> tuple[Node, ...]:
        self.expect("(")
        found = [self.sum()]
        while self.sees(","):
            self.at += 1
            found.append(self.sum())
        self.expect(")")
        if count is not None and len(found) != count:
            raise Unread("another number of arguments")
        return tuple(found)

    def function(self, name: str) -> Node:
        power: Node | None = None
        base: Node | None = None
        if name in ("log2", "log10"):
            name, base = "log", num(int(name[3:]))
        for _ in range(2):
            if self.sees("_") and name == "log":
                self.at += 1
                base = self.argument()
            elif self.sees("^", "**") and power is None:
                self.at += 1
                power = self.exponent()
        inner = self.application()
        if name == "lg":
            name, base = "log", num(10)
        if name == "log" and base is None:
            base = Sym(LOG_BASE)
        if power == num(-1) and name in (
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "sinh",
            "cosh",
            "tanh",
        ):
            name, power = "arc" + name, None
        made: Node = Op("log", (inner, base)) if base is not None else Op(name, (inner,))
        return Op("pow", (made, power)) if power is not None else made

    def application(self) -> Node:
        """The argument of a function written without brackets ends at the first sign or function."""
        if self.sees("(", "{", "[", "|"):
            opening = self.take().text
            self.at -= 1
            inner = self.group(opening)
            if opening == "|":
                return Op("abs", (inner,))
            return self.raised(inner) if opening == "{" else inner
        negative = False
        while self.sees("-", "+"):
            negative ^= self.take().text == "-"
        inner = self.factor()
        while (ahead := self.peek()) is not None:
            plain = ahead.kind in ("number", "letter") or ahead.text in ("\\pi", "pi", "\\frac")
            plain = plain or (ahead.kind == "command" and ahead.text[1:] in GREEK)
            if plain:
                inner = mul(inner, self.factor())
            elif ahead.text == "/" and not ahead.spaced and self.text_at(1).isdigit():
                self.at += 1
                inner = Op("div", (inner, self.factor()))
            else:
                break
        return neg(inner) if negative else inner

    def symbol(self, name: str) -> Node:
        if self.sees("_"):
            self.at += 1
            name = f"{name}_{self.subscript()}"
        if self.sees("'") or (
            self.sees("^") and self.text_at(1) in ("\\prime", "{") and self.prime_ahead()
        ):
            return Sym(name)
        if self.calls(name):
            called = self.arguments(None)
            if name == "C" and len(called) == 2:
                return Op("binom", called)
            return Op("call", (Sym(name), *called))
        return Sym(name)

    def prime_ahead(self) -> bool:
        return self.text_at(1) == "\\prime" or self.text_at(2) == "\\prime"

    def calls(self, name: str) -> bool:
        ahead = self.peek()
        if ahead is None or ahead.text != "(" or ahead.kind != "op":
            return False
        if name.partition("_")[0] in CALLED:
            return True
        if name in ("pi", "e", "i", "x", "y", "z", "n", "k", "m", "r", "a", "b", "c"):
            return False
        if name == "C":
            return any(token.text == "," for token in self.tokens[self.at : self.at + 6])
        inside = self.tokens[self.at + 1 : self.at + 3]
        return (
            len(inside) == 2
            and inside[0].kind in ("number", "letter")
            and inside[1].text in (")", ",")
        )

    def subscript(self) -> str:
        if not self.sees("{"):
            return self.take().text.lstrip("\\")
        parts: list[str] = []
        depth = 0
        while True:
            token = self.take()
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return "".join(parts)
            if token.text not in ("{", "}"):
                parts.append(token.text.lstrip("\\"))
