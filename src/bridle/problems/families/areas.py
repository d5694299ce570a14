"""areas: floors made of rectangles and right triangles, with a part left out."""

from __future__ import annotations

import random

from bridle.problems.family import LANGUAGES, Family, Written, phrases, register, say


@register
class Areas(Family):
    """Steps: an area for each piece, an addition between pieces, at even steps a part left out."""

    name = "areas"
    meaning = "Geometry: the area of a floor made of rectangles and right triangles."
    languages = LANGUAGES

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        ways = phrases(language)["areas"]
        pieces: list[list[object]] = []
        for _ in range((steps + 1) // 2):
            kind = rng.choice(("rectangle", "rectangle", "triangle"))
            a, b = rng.randint(3, 25), rng.randint(3, 25)
            pieces.append([kind, a * 2 if kind == "triangle" else a, b])
        total = sum(_area(*piece) for piece in pieces)
        told = [say(rng, ways["open"], n=len(pieces))] if len(pieces) > 1 else [ways["one"][0]]
        told += [say(rng, ways[str(kind)], a=a, b=b) for kind, a, b in pieces]
        hole = rng.randint(1, total - 1) if steps % 2 == 0 else 0
        ask = say(rng, ways["left"], hole=hole) if hole else say(rng, ways["ask"])
        return Written(" ".join([*told, ask]), str(total - hole), {"pieces": pieces, "hole": hole})


def _area(kind: object, a: object, b: object) -> int:
    assert isinstance(a, int) and isinstance(b, int)
    return a * b // 2 if kind == "triangle" else a * b
