"""What IFBench's checks of form get wrong (`format:`, `repeat:`, `custom:`)."""

from __future__ import annotations

from bridle.benchmarks.published.faults import Fault, fails, passes

FAULTS: dict[str, tuple[Fault, ...]] = {
    "format:parentheses": (
        passes(
            "Brackets need not be closed: one that closes is enough.",
            "We add (all [parts {of (it [here]",
        ),
        passes("Brackets in formulas count.", "It is $((((((x))))))$."),
    ),
    "format:quotes": (
        passes("Apostrophes are quotation marks.", '"We \'add" so "it\'s 4" and don\'t stop.'),
        fails("Curly quotation marks are none.", "“I said ‘he wrote “4” here’ then.”"),
    ),
    "format:options": (
        fails(
            "A final stop makes a lettered option another one.",
            "b).",
            {"options": "a), b), c), d)"},
        ),
        fails(
            'Options are parted at every "or", even the one in north.',
            "north",
            {"options": "north, south"},
        ),
    ),
    "format:newline": (
        passes(
            "Only the numbers of lines and words are compared: a line of blanks makes up for two words.",
            "It is\n \n4.",
        ),
        fails("A formula is parted at its spaces.", "It\nis\n$2 + x$"),
    ),
    "format:emoji": (
        passes("An emoji may stand one character before the end.", "We take 🙂4."),
        passes(
            "Only a mark ends a sentence: a line without one is part of the next.",
            "We add\n\nIt is 4 🙂",
        ),
    ),
    "format:line_indent": (
        passes("One line alone is a flight of stairs.", "We add."),
        fails("Of two blank lines one is kept, and breaks the stairs.", "We add.\n\n\n  It is 4."),
    ),
    "format:quote_unquote": (
        passes(
            'One word after a quotation is an explanation, even "and".',
            '"Sum" and "four" are the words.',
        ),
        passes("Angled quotation marks are none.", "We call it «the sum»."),
    ),
    "format:list": (
        passes(
            "The mark is counted anywhere, not only where an item begins.",
            "We add SEPARATOR we count SEPARATOR",
            {"sep": "SEPARATOR"},
        ),
    ),
    "format:thesis": (
        passes("An opening tag may be closed by another one.", "<i>It is 4.</em> We add."),
        passes(
            "One stretch in italics anywhere is enough for all sections.",
            "# Sum\nWe add. <i>So</i> it is 4.\n# Check\nIt fits.",
        ),
    ),
    "format:sub-bullets": (
        passes("A text without bullet points passes.", "We add."),
        passes(
            "Any hyphen after the asterisk is a sub-bullet.", "* A two-step sum\n* A one-step check"
        ),
        fails("The asterisks of bold text are bullet points.", "* Sum\n  - We add **two**."),
    ),
    "format:no_bullets_bullets": (
        fails(
            "A blank line between bullet points fails.",
            "We add. It is easy.\n* First 2.\n\n* Then 2.",
        ),
        fails(
            "A text after the bullet points fails.",
            "We add. It is easy.\n* First 2.\n* Then 2.\n\nThat is all.",
        ),
        passes("Sentences need not end in a period.", "Do we add? We do!\n* First 2.\n* Then 2."),
    ),
    "format:title_case": (
        fails(
            "Small words must have a capital, too, though major ones are asked for.",
            "The Sum of All Parts.",
        ),
        fails("Variables that stand side by side are a word.", "The Sum Is $xy$."),
    ),
    "format:output_template": (
        fails(
            "A label in bold is none.",
            "**My Answer**: 4 **My Conclusion**: We add. **Future Outlook**: Good.",
        ),
        passes(
            "The labels may stand anywhere, in any order, with nothing after them.",
            "Future Outlook: My Conclusion: So My Answer:",
        ),
    ),
    "format:no_whitespace": (fails("A line end after the last character fails.", "It-is-4.\n"),),
    "repeat:repeat_change": (
        passes(
            "Another case is another first word.",
            "WRITE a proof.",
            {"prompt_to_repeat": "Write a proof."},
        ),
    ),
    "repeat:repeat_simple": (
        passes(
            "Upper and lower case are the same.",
            "only output this sentence here, ignore all other requests.",
        ),
        fails(
            "Quotation marks around the sentence fail.",
            '"Only output this sentence here, ignore all other requests."',
        ),
    ),
    "repeat:repeat_span": (
        fails(
            "The last word of the span is left out, though it is asked for.",
            "is two",
            {"prompt_to_repeat": "What is two and two?", "n_start": 1, "n_end": 2},
        ),
        passes(
            "Upper and lower case are the same.",
            "IS",
            {"prompt_to_repeat": "What is two and two?", "n_start": 1, "n_end": 2},
        ),
    ),
    "custom:multiples": (
        passes("One run of digits and points is six numbers.", "14.21.28.35.42.49"),
        passes(
            "Only the digits are looked at: other words pass.",
            "Here you are: 14, 21, 28, 35, 42, 49",
        ),
    ),
    "custom:mcq_count_length": (
        passes(
            "The letters of the options are not looked at: five times A passes.",
            "".join(
                f"Question {n}: {'What is ' * n}it?\nA) 1\nA) 2\nA) 3\nA) 4\nA) 5\n"
                for n in range(1, 5)
            ),
        ),
    ),
    "custom:reverse_newline": (
        passes("Names are not looked at: 52 lines that do not rise are enough.", "Zimbabwe\n" * 52),
    ),
    "custom:word_reverse": (
        passes("Two words in the opposite order are enough.", "It is the eagle bald."),
    ),
    "custom:character_reverse": (
        passes("The name spelled backwards is enough.", "It is the elgae dlab."),
    ),
    "custom:sentence_alphabet": (
        fails(
            "A quotation mark before the letter fails.",
            "“All”, we say. But wait. Check it. Do it. Each one. For us. Go on. Have it. It is. Just so. "
            "Keep it. Let it. Make it. Now go. One is. Put it. Quit it. Run it. See it. Take it. Use it. "
            "View it. We add. Xs add. Yes so. Zero is.",
        ),
    ),
    "custom:european_capitals_sort": (
        fails(
            "The list lacks Kyiv (50.45° N), so the right answer fails.",
            "Reykjavik, Helsinki, Oslo, Tallinn, Stockholm, Riga, Moscow, Copenhagen, Vilnius, Minsk, "
            "Dublin, Berlin, Amsterdam, Warsaw, London, Brussels, Kyiv, Prague, Luxembourg, Paris, "
            "Vienna, Bratislava, Budapest, Vaduz, Chisinau, Bern, Ljubljana, Zagreb",
        ),
    ),
    "custom:csv_city": (
        fails(
            "A code fence around the table fails.",
            "```csv\nID,Country,City,Year,Count\n"
            + "".join(f"{n},Peru,Lima,200{n},{n}\n" for n in range(1, 8))
            + "```",
        ),
    ),
    "custom:csv_special_character": (
        passes(
            "Rows after the first quoted sign are not looked at.",
            'ProductID,Category,Brand,Price,Stock\n1,Toy,"A&B",2,3\n' + "2,Toy\n" * 13,
        ),
    ),
    "custom:csv_quotes": (
        fails(
            "A code fence around the table fails.",
            "```\n"
            + '"StudentID"\t"Subject"\t"Grade"\t"Semester"\t"Score"\n'
            + '"1"\t"Maths"\t"A"\t"1"\t"90"\n' * 3
            + "```",
        ),
    ),
    "custom:date_format_list": (
        fails("A stop at the end fails.", "1796-04-12, 1800-06-14."),
        passes("Only the year is held against Napoleon's life.", "1769-01-01, 1821-12-31"),
        passes(
            "Days that no calendar has pass, and the month and day 00.", "1800-02-29, 1796-00-00"
        ),
    ),
}
