"""The stories of generated problems: openings, moves and questions (how a move is written: `moves.py`)."""

from __future__ import annotations

from bridle.problems.moves import Move, Story

SMALL, TINY = (2, 9), (2, 5)

HOARD = Story(
    opening=("{a} has {n} {things}.", "{a} owns {n} {things}.", "{a} starts with {n} {things}."),
    first=(4, 60),
    moves=(
        Move(
            ("{She} finds {k} more.", "{a} buys {k} more {things}.", "{c} gives {a} {k} {things}."),
            "+",
            ("{a} gets {k} more {things}",),
        ),
        Move(
            ("{She} loses {k} of them.", "{a} gives {k} to {c}.", "{a} sells {k} {things}."),
            "-",
            ("{k} {things} are gone",),
        ),
        Move(
            ("Then {she} doubles what {she} has.", "Then {a} wins as many as {she} has."),
            "*",
            ("{a} has twice as many",),
            k=(2, 2),
        ),
        Move(
            ("Then {a} makes it {k} times as many.",),
            "*",
            ("{a} has {k} times as many",),
            k=(3, 5),
        ),
        Move(
            (
                "{She} splits them into {k} equal piles and keeps one pile.",
                "{a} puts them equally in {k} boxes and keeps one box.",
            ),
            "/",
            ("{a} keeps one of {k} equal parts",),
            k=TINY,
        ),
        Move(
            (
                "{She} buys {k} bags with {m} {things} each.",
                "{c} brings {a} {k} boxes of {m} {things}.",
            ),
            "x+",
            ("{k} times {m} {things} are new", "{a} adds them"),
            k=SMALL,
        ),
        Move(
            (
                "{She} gives {k} friends {m} {things} each.",
                "{a} sells {k} jars with {m} {things} each.",
            ),
            "x-",
            ("{k} times {m} {things} are gone", "{a} has the rest"),
            k=SMALL,
            m=TINY,
        ),
    ),
    questions=(
        "How many {things} does {a} have now?",
        "How many {things} does {a} have in the end?",
        "How many {things} are left with {a}?",
    ),
)

COMPARE = Story(
    opening=("{a} has {n} {things}.", "{a} collects {n} {things}."),
    first=(4, 60),
    moves=(
        Move(
            ("{a} has {k} more than {b}.", "{a} has {k} {things} more than {b}."),
            "+",
            ("{a} has {k} more than {b}",),
            turns=True,
        ),
        Move(
            ("{a} has {k} fewer than {b}.", "{a} has {k} {things} fewer than {b}."),
            "-",
            ("{a} has {k} fewer than {b}",),
            turns=True,
        ),
        Move(
            ("{a} has {k} times as many as {b}.",),
            "*",
            ("{a} has {k} times as many as {b}",),
            k=TINY,
            turns=True,
        ),
        Move(
            ("{a} has half as many as {b}.",),
            "/",
            ("{a} has half as many as {b}",),
            k=(2, 2),
            turns=True,
        ),
    ),
    questions=("How many {things} does {a} have?", "How many {things} has {a}?"),
)

SHOP = Story(
    opening=None,
    first=(1, 1),
    first_moves=(
        Move(
            (
                "A {good} costs {k} dollars and {a} buys {m} of them.",
                "{a} buys {m} {good}s at {k} dollars each.",
            ),
            "x",
            ("{m} {good}s at {k} dollars each",),
            k=(3, 20),
        ),
    ),
    moves=(
        Move(
            ("{She} also takes a {other} for {k} dollars.", "{a} adds {k} dollars for a {other}."),
            "+",
            ("add {k} dollars",),
        ),
        Move(
            (
                "A coupon takes {k} dollars off.",
                "{She} brings a {good} back for {k} dollars.",
                "The shop lowers the price by {k} dollars.",
            ),
            "-",
            ("take {k} dollars off",),
        ),
        Move(
            ("For a party {she} takes {k} times all of this.",),
            "*",
            ("{k} times that",),
            k=TINY,
        ),
        Move(
            ("{k} friends share the price and {a} pays one share.",),
            "/",
            ("one of {k} shares",),
            k=TINY,
        ),
        Move(
            ("{She} also takes {k} {other}s at {m} dollars each.",),
            "x+",
            ("{k} {other}s at {m} dollars each", "add them"),
            k=SMALL,
        ),
    ),
    questions=("How many dollars does {a} pay?", "What does {a} pay in dollars?"),
)

BUS = Story(
    opening=(
        "A bus starts with {n} people.",
        "There are {n} people on a train.",
        "A ship leaves with {n} people.",
    ),
    first=(8, 70),
    moves=(
        Move(
            ("At the next stop {k} people get on.", "Then {k} more come on board."),
            "+",
            ("{k} people get on",),
        ),
        Move(
            ("At the next stop {k} people get off.", "Then {k} people leave."),
            "-",
            ("{k} people get off",),
        ),
        Move(
            ("Then half of them leave.", "Half of the people get off."),
            "/",
            ("half of them stay",),
            k=(2, 2),
        ),
        Move(
            ("Then {k} groups of {m} people get on.",),
            "x+",
            ("{k} groups of {m} people", "they get on"),
            k=SMALL,
        ),
        Move(
            ("Then {k} groups of {m} people get off.",),
            "x-",
            ("{k} groups of {m} people", "they get off"),
            k=SMALL,
        ),
    ),
    questions=("How many people are on board now?", "How many people remain on board?"),
)

FACTORY = Story(
    opening=None,
    first=(1, 1),
    first_moves=(
        Move(
            (
                "A machine makes {k} {things} an hour and runs for {m} hours.",
                "{m} workers make {k} {things} each.",
            ),
            "x",
            ("{m} times {k} {things}",),
            k=(3, 30),
        ),
    ),
    moves=(
        Move(
            ("Another one adds {k} {things}.", "{k} more {things} are in stock."),
            "+",
            ("{k} more {things}",),
        ),
        Move(
            ("{k} of them are broken.", "{k} {things} are thrown away."),
            "-",
            ("{k} {things} fewer",),
        ),
        Move(
            ("The same happens on {k} days in all.",),
            "*",
            ("{k} days like this",),
            k=TINY,
        ),
        Move(
            ("The {things} are packed in boxes of {k}.",),
            "/",
            ("boxes of {k} {things}",),
            k=SMALL,
            last=True,
            question=("How many boxes are there?", "How many boxes does that make?"),
        ),
        Move(
            ("{k} shops get {m} {things} each.",),
            "x-",
            ("{k} shops get {m} {things} each", "the rest stays"),
            k=SMALL,
        ),
    ),
    questions=("How many {things} are there?", "How many {things} is that in the end?"),
)

PUZZLE = Story(
    opening=("{a} thinks of the number {n}.", "Start with {n}.", "Take the number {n}."),
    first=(3, 90),
    moves=(
        Move(("Add {k}.", "Then add {k}."), "+", ("add {k}",), k=(2, 40)),
        Move(("Subtract {k}.", "Then take away {k}."), "-", ("take away {k}",), k=(2, 40)),
        Move(("Multiply by {k}.", "Then multiply by {k}."), "*", ("multiply by {k}",), k=SMALL),
        Move(("Divide by {k}.", "Then divide by {k}."), "/", ("divide by {k}",), k=SMALL),
        Move(
            ("Add the product of {k} and {m}.",),
            "x+",
            ("the product of {k} and {m}", "add it"),
            k=SMALL,
        ),
    ),
    questions=("What is the result?", "Which number comes out?"),
)

STORIES = (HOARD, COMPARE, SHOP, BUS, FACTORY, PUZZLE)
