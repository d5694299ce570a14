"""Answers as models write them: what a careful reader sees as maths, a sentence, an item."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.text import MASK, Text


def masked(raw: str) -> str:
    text = Text(raw).masked.text
    while MASK * 2 in text:
        text = text.replace(MASK * 2, MASK)
    return text.replace(MASK, "¤")


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("it is 5$, she has 10$.", "it is 5$, she has 10$."),
        ("5$. Then, as 2*5 = 10, 10$", "5$. Then, as 2*5 = 10, 10$"),
        ("Price: 5 $ or 6 $ each", "Price: 5 $ or 6 $ each"),
        ("all 3 $ n $ with 2 $x_1$", "all 3 ¤ with 2 ¤"),
        ("It costs **$5**. Let it be **$n$**.", "It costs **$5**. Let it be **¤**."),
        ("*$5* or *$x$*, \"$6\" or \"$y$\"", "*$5* or *¤*, \"$6\" or \"¤\""),
        ("a pen ($5) and a pad ($x$)", "a pen ($5) and a pad (¤)"),
        ("$2^*$ and $5 * 3 = 15$ and $2(x+1)$", "¤ and ¤ and ¤"),
        ("the side is $5 cm$ long", "the side is ¤ long"),
        ("$10 million, up from 5$", "$10 million, up from 5$"),
        ("- ```py\n  x\n  ```\n\nText, c.\n\n```\ny\n```\nEnd.", "- ¤\n¤\n¤\n\nText, c.\n\n¤\n¤\n¤\nEnd."),
        ("1. ```\n   x, y\n   ```\n2. ```\n   z\n   ```\nEnd, ok", "1. ¤\n¤\n¤\n2. ¤\n¤\n¤\nEnd, ok"),
        ("> ```\n> a\n>\n> b\n> ```\n> c, d", "> ¤\n¤\n¤\n¤\n¤\n> c, d"),
        ("```md\n- ```\n```\nc", "¤\n¤\n¤\nc"),
        ("``hello'' and ``bye''", "``hello'' and ``bye''"),
        ("`hello' and `bye'", "`hello' and `bye'"),
        ("``x = ''`` and `a`", "¤ and ¤"),
        (
            "\\begin{array}{c}\\begin{array}{c}a\\end{array}\\\\ b\\end{array} c",
            "¤ c",
        ),
        ("\\begin{align} a, b \\begin{align}c\\end{align} d", "\\begin{align} a, b ¤ d"),
        ("\\begin{verbatim}\na, b\n\\end{verbatim} c", "¤\n¤\n¤ c"),
    ],
)  # fmt: skip
def test_masks(raw: str, want: str) -> None:
    assert masked(raw) == want


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("It was written by J. K. Rowling.", 1),
        ("It was written by J. R. R. Tolkien in 1954. It sold well.", 2),
        ("Wir nehmen z. B. zwei. Das gilt, d. h. es ist so.", 2),
        ("Es ist, z. B. Äpfel, gut.", 1),
        ("It starts at 9 a. m. on Monday. Then it ends.", 2),
        ("Take a. Then b. c is left.", 3),
        ("Это т. е. пять и т. д. Он ушёл в 1990 г. домой.", 2),
        ("The sum 1 + 2 + ... + 100 is 5050.", 1),
        ("The list is 1, 2, ... , 10 as we see.", 1),
        ("The list 1, 2, 3, ... 10 has ten numbers.", 1),
        ("The list is 1, 2, 3, ... Then we stop.", 2),
        ("10 - 9 - … - 1 is it.", 1),
        ("We know 5! = 120 and 4! = 24.", 1),
        ("There are 5! ways to do it. So 120.", 2),
        ("it is 5! then we stop.", 2),
        ("Great! - Tom", 2),
        ("He (is it so?) left.", 1),
        ("He left. (Was it so?) Then we went.", 3),
        ("(that is it.) so we stop.", 2),
        ("Am 3. Oktober feiern wir. Das ist der 2. Schritt.", 2),
        ("I am 30. She is 28.", 2),
        ("Das ist Nr. 5 von zehn.", 1),
        ("He moved to the U.S. He works there.", 2),
        ("The U.S. Army is big. Foo Inc. makes it.", 2),
        ("We live on Main St. It is in St. Louis.", 2),
        ("Gen. Lee and Capt. Hook met at Mt. Everest.", 1),
        ("I did one rep. then another.", 2),
        ("See p. 5, born on Jan. 5 of 1990.", 1),
        ("It has 8 sq. ft. of glass and $5$ gal. of oil, 5 in. wide. So it is.", 2),
        ("Let $a$ be s.t. $a > 0$ w.r.t. $b$. By Def. 3 and Rem. 4 it is.", 2),
        ("The no. of ways is 5. Is it? no. of course", 4),
        ("Answer: C. Reason: it fits.", 2),
        ("— Сколько? — спросила Аня.", 1),
        ("—¿Vienes? —preguntó Ana.", 1),
        ("Tu viens ? demanda-t-il. Non.", 2),
        ("Is it 5? — It is.", 2),
        ("Is it? yes it is.", 2),
        ("*What?* he asked. It means *Hello, world!* in French.", 2),
        ("Πόσα είναι; Είναι 4. A; b is none.", 3),
        ("Dne 3. května přišel. Hän tuli 3. toukokuuta.", 2),
        ("Mevr. Jansen kwam. Il sig. Rossi viene. To są np. dwa.", 3),
        ("Он в г. Москва на ул. Ленина. Это было в 1990 г. Потом ушли.", 3),
        ("جاء د. أحمد اليوم", 1),
        ("डॉ. शर्मा आए। फिर गए।", 2),
        ("１．まず足す。\n２．次に引く。それは３．１４です。", 3),
        ("<i>We add.</i> It is 4. So.<br>It is.<br />\nYes.", 5),
        ("a is 5.<b and so on", 1),
        ("We end. P.S. Wear it. **P.P.S.** Or not.", 3),
        ("J.K. Rowling met George R.R. Martin. He lives in L.A. Tom does too.", 3),
        ("It is 4. N.B. It does fit.", 2),
        ("So it is even. $\\square$", 1),
        ("So it is.\n\n\\(\\blacksquare\\)\n\nNext, $x$ is.", 2),
        ("The max. value is 5 lbs. and no more. That is the max. Then stop.", 3),
        ("end.[1] Then we go.² Stop.", 3),
        ("So\n$$\nx = 5.\n$$\nThen we stop.", 2),
        ("So\n\\[ x = \\left\\{ 5 \\right. \\]\nThen we stop.", 1),
        ("So $x = 1, 2, ...$ Then $y = 3.$ Then \\begin{align}z.\\end{align} We stop.", 3),
        ("We get $x = 5.$ and stop.", 1),
        ("「はい。」と答えた。", 1),
        ("答えは4である．値は３．１４である．", 2),
        ("你好!我很好.你呢?", 3),
        ("1.首先相加。", 1),
        ("ខ្ញុំទៅ។ គាត់មក។", 2),
    ],
)  # fmt: skip
def test_sentences(raw: str, number: int) -> None:
    assert len(Text(raw).masked.sentences) == number
    assert len(Text(f"。\n\n{raw}").masked.sentences) == number  # beside other stops


def test_closing_quotes_go_with_their_sentence() -> None:
    raw = "他说：“好。”然后走了。"
    view = Text(raw).masked
    assert [view.slice(s) for s in view.sentences] == ["他说：“好。”", "然后走了。"]


@pytest.mark.parametrize(
    ("raw", "items", "numbered", "headings"),
    [
        ("> - a\n> - b\n>> * c", 3, 0, 0),
        ("> 1. a\n> # B", 0, 1, 1),
        ("> ---\n> 5 is it\n-- a", 0, 0, 0),
    ],
)
def test_parts_in_block_quotes(raw: str, items: int, numbered: int, headings: int) -> None:
    view = Text(raw).masked
    assert [len(view.items), len(view.numbered), len(view.headings)] == [items, numbered, headings]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("**步骤一：**计算", 1),
        ("这是**“重点”**内容，**重点**。", 2),
        ("**“중요”**는 것", 1),
        ("x**2 + y**2 and 2**n - 2**m and (a+b)**2 - c**2", 0),
        ("**2**: a**b**c", 2),
        ("the *n*th term, 2*3*4 and a*n*th", 1),
        ("_{n}C_{r} ways", 0),
        ("**答案：**42", 1),
        ("**（注）**我", 1),
    ],
)
def test_emphasis(raw: str, number: int) -> None:
    assert len(Text(raw).masked.emphasis) == number


@pytest.mark.parametrize("between", ["---", "***", "* * *", "\u200b", "\ufeff \u200b"])
def test_a_rule_or_what_nobody_sees_is_no_paragraph(between: str) -> None:
    text = f"We add.\n\n{between}\n\nIt is 4."
    assert len(Text(text).masked.paragraphs) == 2
    assert get("paragraphs", exactly=2).check(text).obeyed is True


def test_a_formula_with_a_stop_ends_a_statement() -> None:
    rule = get("sentence_types", declarative=2, interrogative=1)
    assert rule.check("So $x = 5.$ Is it so?[1] It is.").obeyed is True
