r"""From tokens to a tree: LaTeX, plain text and calculator spellings in one grammar.

    parse("\\frac{1}{2}x^2 - sqrt(3)")

Nothing is evaluated. Depth and length are limited; what is not understood raises Unread, and
nothing else is ever raised but TooMuch.
"""

from __future__ import annotations

from fractions import Fraction

from bridle.maths.read.atoms import Atoms
from bridle.maths.read.names import ACCENTS, GREEK, Unread
from bridle.maths.read.spelling import respell
from bridle.maths.read.tokens import Token, tokens
from bridle.maths.tree import FUNCTIONS, MOST_DEPTH, Node, Num, Op, Sym, TooMuch, add, mul, neg, num


class Parser(Atoms):
    """A recursive-descent parser: sums of products of factors."""

    # -- sums
    def sum(self) -> Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise TooMuch("nested too deeply")
        terms = [self.signed()]
        while True:
            if self.sees("+"):
                self.at += 1
                terms.append(self.signed())
            elif self.sees("-"):
                self.at += 1
                terms.append(neg(self.signed()))
            elif self.sees("\\pm", "\\mp"):
                kind = self.take().text[1:]
                terms.append(Op(kind, (self.product(),)))
            else:
                break
        self.depth -= 1
        return add(*terms)

    def signed(self) -> Node:
        negative = 0
        while self.sees("+", "-"):
            negative += self.take().text == "-"
        if self.sees("\\pm", "\\mp"):
            kind = self.take().text[1:]
            inner: Node = Op(kind, (self.product(),))
        else:
            inner = self.product()
        return neg(inner) if negative % 2 else inner

    # -- products
    def product(self) -> Node:
        left = self.mixed()
        while True:
            ahead = self.peek()
            if ahead is None:
                return left
            if self.sees("*", "\\times"):
                self.at += 1
                left = mul(left, self.factor_signed())
            elif self.sees("/", "\\slash"):
                self.at += 1
                left = Op("div", (left, self.divisor()))
            elif self.sees("\\mod", "\\bmod", "mod"):
                self.at += 1
                left = Op("mod", (left, self.factor()))
            elif self.starts_factor(ahead):
                left = mul(left, self.factor())
            else:
                return left

    def divisor(self) -> Node:
        below = self.factor_signed()
        ahead = self.peek()
        if ahead is None or ahead.spaced or not self.starts_factor(ahead):
            return below
        if isinstance(below, Num) or (isinstance(below, Sym) and ahead.kind != "op"):
            self.ambiguous = True
        while (
            self.tight and (ahead := self.peek()) and not ahead.spaced and self.starts_factor(ahead)
        ):
            below = mul(below, self.factor())
        return below

    def mixed(self) -> Node:
        """A factor, or a mixed number: a whole number and a fraction of whole numbers behind it."""
        first = self.factor()
        if not (isinstance(first, Num) and first.value.denominator == 1):
            return first
        before = self.tokens[self.at - 1]
        if before.kind != "number" or "." in before.text:
            return first
        rest = self.tokens[self.at : self.at + 7]
        if rest and rest[0].text in ("\\frac", "frac"):
            part = self.plain_fraction(rest)
            if part is not None:
                self.at += part[1]
                return num(first.value + part[0])
        elif (
            len(rest) >= 3
            and rest[0].spaced
            and rest[0].kind == "number"
            and rest[1].text == "/"
            and rest[2].kind == "number"
            and rest[0].text.isdigit()
            and rest[2].text.isdigit()
            and int(rest[2].text)
        ):
            self.at += 3
            return num(first.value + Fraction(int(rest[0].text), int(rest[2].text)))
        return first

    @staticmethod
    def plain_fraction(rest: list[Token]) -> tuple[Fraction, int] | None:
        words = [token.text for token in rest]
        if len(words) >= 7 and words[1] == words[4] == "{" and words[3] == words[6] == "}":
            top, bottom, used = words[2], words[5], 7
        elif len(words) >= 2 and words[1].isdigit() and len(words[1]) == 2:
            top, bottom, used = words[1][0], words[1][1], 2
        else:
            return None
        if not (top.isdigit() and bottom.isdigit() and len(bottom) < 9 and int(bottom)):
            return None
        value = Fraction(int(top), int(bottom))
        return (value, used) if value < 1 else None

    def starts_factor(self, ahead: Token) -> bool:
        if ahead.kind in ("number", "letter", "name"):
            return ahead.text != "mod"
        if ahead.kind in ("operatorname", "text", "mathbf", "mathcal", "mathfrak"):
            return bool(ahead.text)
        if ahead.kind == "op":
            return ahead.text in ("(", "[", "{") or (ahead.text == "|" and not self.bars)
        name = ahead.text[1:]
        return (
            name in FUNCTIONS
            or name in GREEK
            or ahead.text in ACCENTS
            or name
            in (
                "frac",
                "pi",
                "binom",
                "log",
                "lg",
                "lfloor",
                "lceil",
                "cbrt",
                "gcd",
                "lcm",
                "Pi",
                "langle",
            )
        )

    def factor_signed(self) -> Node:
        if self.sees("-"):
            self.at += 1
            return neg(self.factor_signed())
        if self.sees("+"):
            self.at += 1
            return self.factor_signed()
        return self.factor()

    # -- factors: an atom with what is raised behind it
    def factor(self) -> Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise TooMuch("nested too deeply")
        here = self.raised(self.atom())
        self.depth -= 1
        return here

    def raised(self, base: Node) -> Node:
        while True:
            if self.sees("!"):
                self.at += 1
                base = Op("fact", (base,))
            elif self.sees("^", "**"):
                self.at += 1
                if self.sees("\\circ", "\\degree"):
                    self.at += 1
                    base = _degrees(base)
                elif (
                    self.sees("{")
                    and self.text_at(1) in ("\\circ", "\\degree")
                    and self.text_at(2) == "}"
                ):
                    self.at += 3
                    base = _degrees(base)
                elif primes := self.primes():
                    base = _primed(base, primes)
                else:
                    base = Op("pow", (base, self.exponent()))
            elif self.sees("'"):
                self.at += 1
                base = _primed(base, 1)
            elif self.sees("\\degree"):
                self.at += 1
                base = _degrees(base)
            elif self.sees("%", "\\%"):
                self.at += 1
                base = Op("div", (base, num(100)))
            else:
                return base

    def primes(self) -> int:
        if self.sees("\\prime"):
            self.at += 1
            return 1
        if self.sees("{"):
            count = 1
            while self.text_at(count) == "\\prime":
                count += 1
            if count > 1 and self.text_at(count) == "}":
                self.at += count + 1
                return count - 1
        return 0

    def exponent(self) -> Node:
        """What stands behind ^: a group, or a single factor (2^-1 and 2^3^4 included)."""
        if self.sees("-", "+"):
            negative = self.take().text == "-"
            inner = self.exponent()
            return neg(inner) if negative else inner
        return self.factor()  # x^10 means ten, whatever LaTeX would print


def _degrees(base: Node) -> Node:
    return Op("deg", (base,))


def _primed(base: Node, count: int) -> Node:
    if isinstance(base, Sym):
        return Sym(base.name + "'" * count)
    if isinstance(base, Op) and base.kind == "call" and isinstance(base.args[0], Sym):
        return Op("call", (Sym(base.args[0].name + "'" * count), *base.args[1:]))
    raise Unread("a prime behind something that is no letter")


def parse(text: str, tight: bool = False) -> tuple[Node, bool]:
    """The tree of an expression, and whether a slash in it can be read in two ways.

    Raises Unread for what is no expression, TooMuch for what is too long or too deep.
    """
    return parse_tokens(tokens(respell(text)), tight)


def parse_tokens(found: list[Token], tight: bool = False) -> tuple[Node, bool]:
    parser = Parser(found, tight)
    tree = parser.sum()
    if parser.sees("\\choose"):
        parser.at += 1
        tree = Op("binom", (tree, parser.sum()))
    if parser.at < len(parser.tokens):
        raise Unread(f"{parser.tokens[parser.at].text[:40]!r} is left over")
    return tree, parser.ambiguous
