"""Where the final answer stands in a response, in every style and in the benchmark's languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import BridleError
from bridle.maths import find_answer

CASES: list[tuple[str, str, str]] = [
    ("So 2+2=\\boxed{4}.", "4", "boxed"),
    ("First \\boxed{3}, no, wait. It is \\boxed{4}.", "4", "boxed"),
    ("\\boxed{\\frac{1}{2}}", "\\frac{1}{2}", "boxed"),
    ("\\boxed{\\{1, 2\\}}", "\\{1, 2\\}", "boxed"),
    ("\\boxed{\\text{a } b}", "\\text{a } b", "boxed"),
    ("$x = \\boxed{1}$ or $x = \\boxed{2}$", "1, 2", "boxed"),
    ("\\boxed{1}, \\boxed{2}, and \\boxed{3}.", "1, 2, 3", "boxed"),
    ("\\boxed{5} and again \\boxed{5}", "5", "boxed"),
    ("\\boxed{5}, \\boxed{5}", "5", "boxed"),
    ("\\fbox{7}", "7", "boxed"),
    ("\\BOXED{12}", "12", "boxed"),
    ("THE ANSWER IS \\BOXED{\\FRAC{1}{2}}", "\\FRAC{1}{2}", "boxed"),
    ("\\boxed 5", "5", "boxed"),
    ("\\boxed{\\boxed{9}}", "9", "boxed"),
    ("\\\\boxed{8}", "8", "boxed"),
    ("\x08oxed{8}", "8", "boxed"),
    ("Put it in \\boxed{}. The answer is 6.", "6", "phrase"),
    ("\\boxed{4", "", ""),
    ("#### 42", "42", "hash"),
    ("text\n#### 1,234\n", "1,234", "hash"),
    ("#### $18", "$18", "hash"),
    ("#### The final answer is: 18", "18", "hash"),
    ("#### Step 4\nnothing", "", ""),
    ("#### 1. First we add\n\nThe answer is 3.", "3", "phrase"),
    ("#### 5\nas asked: \\boxed{5}", "5", "boxed"),
    ("The answer is 42.", "42", "phrase"),
    ("The final answer is: **42**.", "42", "phrase"),
    ("**Answer:** $\\frac{1}{2}$", "$\\frac{1}{2}$", "phrase"),
    ("Final Answer: 3.5 hours", "3.5 hours", "phrase"),
    ("Answer: 42 because six times seven is that.", "42", "phrase"),
    ("The answer is:\n\\[ x = 3 \\]", "\\[ x = 3 \\]", "phrase"),
    ("The answer is 3. No, the answer is 4.", "4", "phrase"),
    ("the answer should be $5$ apples.", "$5$ apples", "phrase"),
    ("So **42**", "42", "bold"),
    ("We add.\n\n**x = 3**", "x = 3", "bold"),
    ("We add.\n\n42", "42", "line"),
    ("We add.\n\n$x=\\sqrt{2}$", "$x=\\sqrt{2}$", "line"),
    ("We add.\n\n42 apples", "42 apples", "line"),
    ("(C)", "(C)", "line"),
    ("Hence 3 of them are left.", "3", "sentence"),
    ("I could not do it.", "", ""),
    ("", "", ""),
    # the languages in which MathIF asks for an answer, and some more
    ("Die Antwort lautet: 5.", "5", "phrase"),
    ("Antwort: 5", "5", "phrase"),
    ("La respuesta es 5.", "5", "phrase"),
    ("Respuesta final: 5", "5", "phrase"),
    ("La risposta è 5.", "5", "phrase"),
    ("A resposta final é 5.", "5", "phrase"),
    ("La réponse est 5.", "5", "phrase"),
    ("Ответ: 5", "5", "phrase"),
    ("Отговор: 5", "5", "phrase"),
    ("Отговорът е 5.", "5", "phrase"),
    ("Jibu ni 5.", "5", "phrase"),
    ("Đáp án là 5.", "5", "phrase"),
    ("答案是 5。", "5", "phrase"),
    ("答え:5", "5", "phrase"),
    ("คำตอบคือ 5", "5", "phrase"),
    ("उत्तर: ५", "५", "phrase"),
    ("उत्तर: 5", "5", "phrase"),
    ("জবাব নয়, উত্তর: 5", "5", "phrase"),
    ("ਉੱਤਰ: 5", "5", "phrase"),
    ("ಉತ್ತರ: 5", "5", "phrase"),
    ("விடை: 5", "5", "phrase"),
    ("התשובה היא 5.", "5", "phrase"),
    ("תשובה: 5", "5", "phrase"),
    ("الإجابة هي 5.", "5", "phrase"),
    ("정답: 5", "5", "phrase"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answer", "how"), CASES, ids=lambda value: ascii(value)[:30])
def test_where_the_answer_stands(text: str, answer: str, how: str) -> None:
    found = find_answer(text)
    if not how:
        assert found is None, found
        return
    assert found is not None
    assert (found.text, found.how) == (answer, how)
    assert 0 < found.confidence < 1
    if ", " not in answer:
        assert answer in text[found.span[0] : found.span[1]]


THOUGHTS = [
    "<think>It is \\boxed{3}.</think>",
    "It is \\boxed{3}, perhaps.\n</think>",
    "<think>\\boxed{3}",
    "<thinking>The answer is 3.</thinking>",
    "<reasoning>#### 3</reasoning>",
    "[THINK]\\boxed{3}[/THINK]",
    "</think>x<think>\\boxed{3}",
]


@pytest.mark.parametrize("thought", THOUGHTS)
def test_nothing_is_taken_out_of_the_thinking(thought: str) -> None:
    assert find_answer(thought) is None
    if "</" in thought or "[/" in thought:
        answered = find_answer(thought.partition("x<think>")[0] + " It is \\boxed{4}.")
        assert answered is not None
        assert answered.text == "4"


def test_a_tag_that_is_quoted_is_no_tag() -> None:
    found = find_answer("\\boxed{4}, written without `</think>`.")
    assert found is not None
    assert found.text == "4"


def test_one_style_alone() -> None:
    text = "\\boxed{1}\n#### 2\nThe answer is 3.\n**4**"
    wanted = {"boxed": "1", "hash": "2", "phrase": "3", "bold": "4"}
    for style, answer in wanted.items():
        found = find_answer(text, style)
        assert found is not None
        assert found.text == answer
    assert find_answer("no box", "boxed") is None


def test_an_unknown_style_is_named() -> None:
    with pytest.raises(BridleError, match=r"boxd.*\n.*boxed"):
        find_answer("x", "boxd")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\\{}<[`"), max_size=80),
    st.integers(-999, 999),
)
def test_a_box_is_found_whatever_stands_around_it(around: str, number: int) -> None:
    found = find_answer(f"{around}\\boxed{{{number}}}{around}")
    assert found is not None
    assert found.text == str(number)
    assert found.how == "boxed"


def test_time_is_linear() -> None:
    for piece in (
        "\\boxed{",
        "the answer is ",
        "#### x\n",
        "**a",
        "</think>",
        "answer:\n",
        "answer " + " " * 50,
        "\\",
        "\\[",
        "1 ",
        "[(1,",
        "is 5 and ",
    ):
        times: list[float] = []
        for size in (100_000, 400_000):
            text = piece * (size // len(piece))
            start = time.process_time()
            find_answer(text)
            times.append(time.process_time() - start)
        assert times[1] < 12 * times[0] + 0.4, (piece, times)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It is 4.", "4"),
        ("We add all of it.\nThe total is $18$.", "$18$"),
        ("There are 5 apples.", "5"),
        ("First it is 3, then it is 5.", "5"),
        ("x is 3. Now we still have to look at the other side of it.", None),
        ("It is easy.", None),
    ],
)
def test_the_last_sentence_says_what_it_is(text: str, answer: str | None) -> None:
    found = find_answer(text)
    assert (found.text if found else None) == answer
    if found:
        assert found.how == "sentence" and text[slice(*found.span)] == answer


ENDINGS = [
    ("Ben a 104 coquilles.", "104"),
    ("Anna hat insgesamt 12 Äpfel.", "12"),
    ("Por lo tanto, María tiene 45 libros.", "45"),
    ("Таким образом, у Маши 24 яблока.", "24"),
    ("所以，小明一共有104个贝壳。", "104"),
    ("따라서 총 72개입니다.", "72"),
    ("इसलिए, राम के पास कुल 24 सेब हैं।", "24"),
    ("Therefore, Bill pays a total of $284 for 2 years of it.", "$284"),
    ("So, 2 years of the service will cost Bill $284.", "$284"),
    ("Thus, the tire needs to be replaced after about 6 years.", "6 years"),
    ("Thus, he needs 5 visits to make 15 cakes.", "5"),
    ("That's a total of 2 + 2 + 4 = 8 cups.", "8"),
    ("Therefore, she has 72 clips.\n\nP.S. I solved this in 3 steps.", "72"),
    ("THEREFORE, SHE HAS 72 CLIPS ALTOGETHER.", "72"),
    ("So the total is 72.\n\n### Verification\n48 + 24 = 72 and 72 - 48 = 24.", "72"),
    ("She sold 48 + 24 = 72 clips. Any other questions?", "72"),
    ("| Item | Count |\n|---|---|\n| May | 24 |\n| **Total** | **72** |", "72"),
    ('{"answer": 72}', "72"),
    ("The domain is $\\boxed{[2,5)}$.\nProblem:\nSolution: $\\boxed{2}$", "[2,5)"),
    ("$\\boxed{-2} \\quad \\text{and} \\quad \\boxed{1}$", "-2, 1"),
    ("\\boxed{72}\n\n\\boxed{\\text{}}", "72"),
    ("\\boxed{altogether 76}", "76"),
    ("Option B is correct.", "B"),
    ("<answer>Friday</answer>", "Friday"),
    # nothing is concluded
    ("Now we need to find how many apples are left after 5 days.", None),
    ("We know that 3 + 4 = 7. However, the price is not given.", None),
    ("Natalia sold 48 clips. How many clips did she sell altogether?", None),
]


@pytest.mark.parametrize(("text", "answer"), ENDINGS, ids=lambda value: ascii(value)[:30])
def test_what_the_ending_states(text: str, answer: str | None) -> None:
    found = find_answer(text)
    assert (found.text if found else None) == answer


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(alphabet="so the answer is=$\\[]{}()*#|.,:;-+/%0123456789\nBx?", max_size=120))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    found = find_answer(text)
    if found is not None:
        start, end = found.span
        assert 0 <= start < end <= len(text)
        if found.how != "boxed":
            assert text[start:end] == found.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Therefore, B is correct.", "B"),
        ("He bought a dozen eggs.", "a dozen"),
        ("After 3 days, 15 apples remain.", "15"),
        ("It took 1 days, 19:48:00", "1 days, 19:48:00"),
        ("Thus\n\\begin{align}\nx &= 2+3\\\\\n&= 5\n\\end{align}", "5"),
        ("\\[\n\\begin{aligned}\nx &= 3+2 \\\\\n  &= 5.\n\\end{aligned}\n\\]", "5"),
        ("\\[ \\text{Answer: } 42 \\]", "42"),
        ("- 18", "18"),
        ("x = 18 ✅", "x = 18"),
        ("Yes, the function is even.", "Yes"),
        ("Therefore, the fastest is Evelyn.", "Evelyn"),
        ("The ball is blue.", "blue"),
        ("So it is a Tuesday.", "a Tuesday"),
        ("This is hard.", None),
        ("The minimum is -3 at x = 2.", "-3"),
        ("It costs about 1 million dollars.", "1 million dollars"),
        ("I choose C.", "C"),
        ("तो कुल 72 क्लिप बेचे गए।", "72"),
    ],
)
def test_other_ways_to_end(text: str, answer: str | None) -> None:
    found = find_answer(text)
    assert (found.text if found else None) == answer


def test_a_sentence_in_words_is_no_answer_to_a_question_for_a_number() -> None:
    assert find_answer("The ball is blue.", kind="number") is None
    assert find_answer("Yes, the function is even.", kind="number") is None
