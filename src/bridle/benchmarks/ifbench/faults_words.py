"""What IFBench's checks of words and sentences get wrong (`count:`, `ratio:`, `sentence:`, `words:`)."""

from __future__ import annotations

from bridle.benchmarks.published.faults import Fault, fails, passes

FAULTS: dict[str, tuple[Fault, ...]] = {
    "count:word_count_range": (
        fails(
            "Words are runs of letters and digits: hyphens, apostrophes and points part them.",
            "state-of-the-art isn't 3.14",
            {"min_words": 1, "max_words": 3},
        ),
    ),
    "count:unique_word_count": (
        passes(
            "A mark that stands alone is a word, and so is each part of a formula.",
            "We add $x + y$ - so!",
            {"N": 5},
        ),
    ),
    "ratio:stop_words": (
        fails(
            "Variables are stop words: a, i, d, s, t and others are in the list.",
            "Let $a = i$.",
            {"percentage": 50},
        ),
        passes(
            "Digits are words, and make the share smaller.",
            "The sum is 1 + 2 + 3 + 4.",
            {"percentage": 50},
        ),
    ),
    "ratio:sentence_type": (passes("Nought to nought is taken for two to one.", "Yes!"),),
    "ratio:sentence_balance": (passes("None of each kind is taken for a balance.", "We add"),),
    "ratio:sentence_words": (
        passes("That all words differ is not looked at.", "We add. We add. We add."),
    ),
    "ratio:overlap": (
        fails(
            "A line break in place of a space makes other trigrams.",
            "We\nadd\ntwo\nand\ntwo.",
            {"reference_text": "We add two and two.", "percentage": 100},
        ),
    ),
    "count:conjunctions": (
        fails(
            "Words that a stroke joins are one, which is none.", "Add and/or stop.", {"small_n": 2}
        ),
        passes(
            "The same conjunction counts again with a capital or a comma.",
            "And we add and stop and, yes, rest.",
            {"small_n": 3},
        ),
    ),
    "count:person_names": (fails("A name in capitals is none.", "EMMA ASKS.", {"N": 1}),),
    "count:numbers": (
        passes(
            "Marks are taken out first: two numbers with a mark between them are one.",
            "Take 3-4 steps.",
            {"N": 1},
        ),
        fails("A digit inside a word is a number.", "H2O has 2 parts.", {"N": 1}),
    ),
    "count:pronouns": (
        fails(
            "Indefinite pronouns and who are none (later revisions have them).",
            "Everybody knows who.",
            {"N": 2},
        ),
        passes("A variable called I is a pronoun.", "Let $I = 4$.", {"N": 1}),
    ),
    "count:punctuation": (
        passes(
            "One interrobang is left out: a second one counts as ? and as !.",
            "So, it is 4; yes: really?! Four?!.",
        ),
    ),
    "count:words_japanese": (
        passes("A word that is half in another script passes.", "We add-足す", {"N": 2}),
        Fault("A text of fewer words passes.", "Two.", theirs=True, ours=None, args={"N": 3}),
    ),
    "count:keywords_multiple": (
        fails(
            "The keywords are counted inside longer words.",
            "Adding is to add. A sum is a sum. It is, is it? It is. Two, two, two, two, two. "
            "So, so, so, so, so, so, so.",
            {
                "keyword1": "add",
                "keyword2": "sum",
                "keyword3": "it",
                "keyword4": "two",
                "keyword5": "so",
            },
        ),
    ),
    "words:alphabet": (
        fails("A curly quotation mark is the first letter.", "“Big cats drink.”"),
        fails("A formula is a word, and breaks the row of letters.", "All big $x$ cats drink."),
    ),
    "words:vowel": (
        fails("A second line breaks the rule.", "The ten men\nran in."),
        fails("Letters of formulas are looked at.", "The end $a + i + o$."),
    ),
    "words:consonants": (
        fails("Numbers and formulas must have two consonants, too.", "This plan adds $x$ and 4."),
    ),
    "words:palindrome": (
        passes("Numbers that read the same backwards are words.", "12321 " * 9 + "12321"),
    ),
    "words:prime_lengths": (
        fails("Variables are words.", "We add $x$."),
        fails("An apostrophe of print counts as a letter.", "It’s two."),
    ),
    "words:repeats": (
        fails(
            "Apostrophes are taken out first: we're and were are one word.",
            "We're where we were.",
            {"small_n": 1},
        ),
        fails("Variables are words, which are repeated.", "The sum of $x + x$.", {"small_n": 1}),
    ),
    "words:no_consecutive": (fails("Variables are words.", "The $t$ ends."),),
    "words:odd_even_syllables": (
        fails(
            "syllapy miscounts common words: added and using have one.", "We added each problem."
        ),
        fails("A formula is a word with syllables of its own.", "We study $x$ each problem."),
    ),
    "words:start_verb": (
        fails(
            "nltk's tagger takes a capitalised imperative for a name, as was recorded of Build.",
            "Build it of two parts.",
        ),
    ),
    "words:last_first": (
        fails(
            "Curly quotation marks and the asterisks of bold text are a part of the word.",
            "We add it. **It** is the sum. “Sum” is a word.",
        ),
        passes("A text without marks is one sentence and passes.", "We add\n\nIt is 4\n\nDone"),
    ),
    "words:paragraph_last_first": (
        fails("The asterisks of bold text are a part of the word.", "**Sum** is the sum."),
        fails("A formula is parted at its spaces.", "$x + 1$ is $x + 1$."),
    ),
    "words:words_position": (
        fails("A mark before the second word moves it.", "So: sum it, sum all", {"keyword": "sum"}),
        passes(
            "Marks are words: the stop at the end is the last one.",
            "The sum is the sum.",
            {"keyword": "sum"},
        ),
    ),
    "words:keywords_specific_position": (
        fails("Marks are words.", "So, we sum it.", {"keyword": "sum", "n": 1, "m": 3}),
        fails(
            "A heading belongs to the sentence that follows it.",
            "# Two numbers\nA sum is 4.",
            {"keyword": "sum", "n": 2, "m": 2},
        ),
    ),
    "sentence:keyword": (
        fails(
            "List items without stops are one sentence.",
            "- We add\n- The sum is 4",
            {"word": "sum", "N": 2},
        ),
        passes(
            "Abbreviations that its list lacks end a sentence.",
            "Take approx. the sum. Done.",
            {"word": "sum", "N": 2},
        ),
    ),
    "sentence:increment": (
        passes(
            "A text without marks is one sentence, and one sentence alone passes.",
            "We add\n\nDone",
            {"small_n": 1},
        ),
        fails("Each part of a formula is a word.", "Done. It is $x + 1$.", {"small_n": 2}),
    ),
    "sentence:alliteration_increment": (
        passes(
            "Runs are added up: two short ones count for more than one that is longer.",
            "Simple sums sit here. Big boxes and two tins.",
        ),
        Fault(
            "One sentence without any alliteration passes.", "We add it.", theirs=True, ours=None
        ),
    ),
}
