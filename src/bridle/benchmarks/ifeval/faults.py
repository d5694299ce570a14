"""What IFEval's checks get wrong, and those of MathIF and ReasonIF, which took them over."""

from __future__ import annotations

from bridle.benchmarks.published.faults import Fault, fails, passes

FAULTS: dict[str, tuple[Fault, ...]] = {
    "keywords:existence": (
        passes(
            "A keyword is found inside a longer word.", "Open the window.", {"keywords": ["win"]}
        ),
        Fault(
            "A keyword is searched as a regular expression: this one stops the program.",
            "Take f(x) as given.",
            theirs=None,
            ours=True,
            args={"keywords": ["f(x"]},
        ),
    ),
    "keywords:frequency": (
        passes(
            "The keyword is counted inside longer words.",
            "There were wars, and one long war.",
            {"keyword": "war", "frequency": 2, "relation": "at least"},
        ),
        passes(
            "The keyword is a regular expression: a stop in it stands for any character.",
            "It is 355.",
            {"keyword": "3.5", "frequency": 1, "relation": "at least"},
        ),
    ),
    "keywords:letter_frequency": (
        fails(
            "Letters of formulas and of their commands are counted.",
            r"It is $c = \frac{1}{2}$.",
            {"letter": "c", "let_frequency": 2, "let_relation": "less than"},
        ),
    ),
    "keywords:forbidden_words": (
        passes(
            "A forbidden word that ends in a mark is not found: a word boundary must follow it.",
            "Add them, e.g. 2 and 2.",
            {"forbidden_words": ["e.g."]},
        ),
        fails(
            "Formulas are searched too: a variable counts as the word.",
            "Let $a = 4$.",
            {"forbidden_words": ["a"]},
        ),
    ),
    "language:response_language": (
        fails(
            "The language is langdetect's guess, which fails on capitals and short texts.",
            "HENCE X = 5.",
            {"language": "en"},
        ),
        fails(
            "Formulas and their commands are read as words of the text.",
            r"Así que $\text{sum of the parts}$ es la suma.",
            {"language": "es"},
        ),
        passes(
            "One language is guessed for all of the text: a part in another one passes.",
            "Die Antwort ist vier, weil wir zwei und zwei zusammenzählen. "
            "The answer is four because we add two and two.",
            {"language": "de"},
        ),
        Fault(
            "A text without letters obeys, whatever the language.",
            "42",
            theirs=True,
            ours=None,
            args={"language": "ta"},
        ),
    ),
    "language:reasoning_language": (
        passes(
            "One language is guessed for all of the text: a part in another one passes.",
            "La respuesta es cuatro, porque al sumar dos y dos obtenemos cuatro. "
            "The answer is four because we add two and two.",
            {"language": "es"},
        ),
        Fault(
            "A language is guessed where there are no letters.",
            "42",
            theirs=True,
            ours=None,
            args={"language": "en"},
        ),
    ),
    "length_constraints:number_sentences": (
        fails(
            "Only white space after a stop parts sentences: full-width stops part none.",
            "我们相加。答案是四。",
            {"num_sentences": 2, "relation": "at least"},
        ),
        fails(
            "List items without stops are one sentence.",
            "- We add\n- We stop\n- It is 4",
            {"num_sentences": 3, "relation": "at least"},
        ),
        fails(
            "Stops in formulas end sentences.",
            r"So $f(x) = 1. \quad g(x) = 2$ holds.",
            {"num_sentences": 2, "relation": "less than"},
        ),
    ),
    "length_constraints:number_paragraphs": (
        passes(
            "Three asterisks part paragraphs anywhere: bold italics do.",
            "We ***add*** it.",
            {"num_paragraphs": 3},
        ),
    ),
    "length_constraints:number_words": (
        passes(
            "Words are runs of letters and digits: hyphens, apostrophes and points part them.",
            "state-of-the-art isn't 3.14",
            {"num_words": 8, "relation": "at least"},
        ),
        passes(
            "Each command and number of a formula is a word.",
            r"\frac{1}{2}+\sqrt{3}",
            {"num_words": 5, "relation": "at least"},
        ),
        fails(
            "Scripts without spaces are not parted: a whole clause is one word.",
            "答案是四，因为我们相加。",
            {"num_words": 5, "relation": "at least"},
        ),
    ),
    "length_constraint_checkers:number_words": (
        # MathIF draws a missing relation by lot; ReasonIF's check knows none, and stops at one.
        fails(
            "Words are runs of letters and digits: hyphens, apostrophes and points part them.",
            "state-of-the-art isn't 3.14",
            {"num_words": 4, "relation": "less than"},
            by=("mathif",),
        ),
        fails(
            "Each command and number of a formula is a word.",
            r"\frac{1}{2}+\sqrt{3}",
            {"num_words": 2, "relation": "less than"},
            by=("mathif",),
        ),
        passes(
            "Scripts without spaces are not parted: a whole clause is one word.",
            "答案是四，因为我们相加。",
            {"num_words": 5, "relation": "less than"},
            by=("mathif",),
        ),
        fails(
            "Hyphens, apostrophes and points part words.",
            "state-of-the-art isn't 3.14",
            {"num_words": 4},
            by=("reasonif",),
        ),
        fails(
            "Commands and numbers of a formula are words, each of them.",
            r"\frac{1}{2}+\sqrt{3}",
            {"num_words": 2},
            by=("reasonif",),
        ),
        passes(
            "A clause of a script without spaces is one word.",
            "答案是四，因为我们相加。",
            {"num_words": 5},
            by=("reasonif",),
        ),
    ),
    "length_constraints:nth_paragraph_first_word": (
        fails(
            "Marks of emphasis are taken for a part of the word.",
            "We add.\n\n**So** it is 4.",
            {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "so"},
        ),
        fails(
            "More than one blank line makes an empty paragraph, which is counted on the way.",
            "We add.\n\n\n\nSo it is 4.",
            {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "so"},
        ),
    ),
    "detectable_content:number_placeholders": (
        passes(
            "Every pair of square brackets counts: references, intervals, empty boxes.",
            "As in [1], $x$ is in $[0, 1]$; [ ] check it.",
            {"num_placeholders": 3},
        ),
    ),
    "detectable_content:postscript": (
        passes(
            "The marker is found anywhere in a line, with nothing after it.",
            "It is 4, and no P.S.",
            {"postscript_marker": "P.S."},
        ),
        passes(
            "P.S. is found inside P.P.S.",
            "It is 4.\n\nP.P.S. Check it.",
            {"postscript_marker": "P.S."},
        ),
    ),
    "detectable_format:number_bullet_lists": (
        passes(
            "Rules and negative numbers count as bullet points.",
            "---\n-3 is the root.",
            {"num_bullets": 2},
        ),
        fails("The marks + and • are no bullet points.", "• one\n+ two", {"num_bullets": 2}),
        fails(
            "An argument of 0 is dropped, and another number drawn by lot.",
            "We add.",
            {"num_bullets": 0},
            by=("mathif",),
        ),
    ),
    "detectable_format:constrained_response": (
        passes(
            "An option is enough anywhere in the text: even all three of them pass.",
            "My answer is yes. Or no: My answer is no.",
        ),
    ),
    "detectable_format:number_highlighted_sections": (
        passes(
            "What stands between two asterisks is a highlight: a product is.",
            "3 * 4 * 5",
            {"num_highlights": 1},
        ),
        fails(
            "Emphasis by underscores, or over two lines, is none.",
            "_We add\nand stop._",
            {"num_highlights": 1},
        ),
        passes(
            "Bold text in a list item counts twice.", "* **Sum**\n* Check", {"num_highlights": 2}
        ),
    ),
    "detectable_format:multiple_sections": (
        passes(
            "Any number of sections from the wanted one on passes.",
            "SECTION 1\nWe add.\nSECTION 2\nIt is 4.\nSECTION 3\nDone.",
            {"section_spliter": "SECTION", "num_sections": 2},
        ),
        passes(
            "A mention in a sentence is a section.",
            "As SECTION 1 of the law says, no.",
            {"section_spliter": "SECTION", "num_sections": 1},
        ),
    ),
    "detectable_format:json_format": (
        passes("NaN and Infinity pass, which JSON does not have.", '{"answer": NaN}'),
        passes("A code fence that is never closed passes.", '```json\n{"answer": 4}'),
    ),
    "detectable_format:title": (
        passes("Code with << and >> in it is a title.", "`std::cout << x >> y`"),
    ),
    "combination:two_responses": (
        passes("White space alone makes two responses different.", "It is 4.\n******\nIt  is 4."),
        passes("More than six asterisks part responses as well.", "It is 4.\n*******\nFour it is."),
    ),
    "combination:repeat_prompt": (
        passes(
            "The prompt alone passes: no answer need follow it.",
            "What is 2+2?",
            {"prompt_to_repeat": "What is 2+2?"},
        ),
        passes(
            "Upper and lower case are the same, though word for word is asked for.",
            "WHAT IS 2+2? It is 4.",
            {"prompt_to_repeat": "What is 2+2?"},
        ),
        fails(
            "Another line break than the prompt's fails.",
            "What is\n2+2? It is 4.",
            {"prompt_to_repeat": "What is 2+2?"},
        ),
    ),
    "startend:end_checker": (
        passes(
            "Upper and lower case are the same, though the exact phrase is asked for.",
            "It is 4. ANY OTHER QUESTIONS?",
            {"end_phrase": "Any other questions?"},
        ),
        passes(
            "The phrase may be the end of a longer word.", "All is undone", {"end_phrase": "done"}
        ),
        fails(
            "A curly quotation mark that closes the answer fails.",
            "“It is 4. Any other questions?”",
            {"end_phrase": "Any other questions?"},
        ),
    ),
    "startend:quotation": (
        passes(
            "Only the first and the last character are looked at: two quotations pass.",
            '"A" and "B"',
        ),
        fails("Curly quotation marks are none.", "“The answer is 4.”"),
    ),
    "change_case:capital_word_frequency": (
        passes(
            "Single letters count: I, and the names of points.",
            "I say: points A B C lie on a line.",
            {"capital_frequency": 4, "capital_relation": "at least"},
        ),
        fails(
            "CANNOT is two words.",
            "WE CANNOT stop.",
            {"capital_frequency": 3, "capital_relation": "less than"},
        ),
    ),
    "change_case:english_capital": (
        fails(
            r"LaTeX commands and \boxed{} have small letters, so no boxed answer can pass.",
            r"THE ANSWER IS \boxed{4}.",
        ),
        fails(
            "The language is langdetect's guess, which fails on capitals.",
            "YES",
            by=("ifeval", "mathif"),
        ),
        fails(
            "The language is fastText's guess, which fails on letters that name things.",
            "ADD A TO B",
            by=("reasonif",),
        ),
    ),
    "change_case:english_lowercase": (
        fails("Capitals in formulas break the rule.", "the point is $A$."),
        fails("The language is langdetect's guess, which fails on short texts.", "etchings"),
    ),
    "punctuation:no_comma": (
        fails(
            r"A comma in a formula counts, and so does the space \, of LaTeX.", r"It is $f(1,\,2)$."
        ),
        passes(
            "Only the Latin comma is one: those of Chinese and Japanese pass.", "先加，再减、停。"
        ),
    ),
}
