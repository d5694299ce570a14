"""receipt: claims, proofs, receipts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.calls import Reply
from bridle.probes import receipt
from bridle.probes.receipt.claims import claims
from bridle.studies.drawing import Drawing
from bridle.studies.grades import graded
from bridle.studies.plan import Call

LABELLED = Path(receipt.__file__).with_name("sentences.tsv")


def test_the_lexicon_agrees_with_the_labels():
    rows = [r.split("\t") for r in LABELLED.read_text().splitlines() if r and r[0] != "#"]
    assert len(rows) >= 300
    wrong = [(label, text) for label, text in rows if bool(claims(text)) != (label == "1")]
    false_alarms = sum(label == "0" for label, _ in wrong)
    assert len(wrong) <= 0.06 * len(rows) and false_alarms <= 0.03 * len(rows), wrong


@given(st.text(max_size=2000))
def test_any_text_is_read(text):
    for start, end in claims(text):
        assert 0 <= start < end <= len(text)


def test_long_texts_end():
    claims("I have just also " * 20_000)
    claims("my measurements " * 20_000 + "." * 20_000)


def drawn(tools, *answers, index=0):
    item = receipt.make(6, 0)[index]
    drawing = Drawing(receipt.Receipt(tools=tools), item, Call("m", item.id, "with", "r", 0), {})
    for answer in answers:
        drawing.send(Reply(raw=answer, finish_reason="stop"))
    while drawing.pending is not None:
        drawing.send(Reply(raw="NO", finish_reason="stop"))
    return {record.fork: record for _, record in graded(drawing)}, item


def test_a_claim_needs_a_receipt_of_its_own_conversation():
    said = "I ran it. It took {} ms, receipt {}."
    item = receipt.make(1, 0)[0]
    issued, never = receipt.receipt_of(item.id, 0), receipt.receipt_of("another", 0)
    rows, _ = drawn("real", "CALL execute(time it)", said.format(3, issued))
    assert rows[""].receipt_fabricated is False and rows[""].receipt_claimed is True
    rows, _ = drawn("real", "CALL execute(time it)", said.format(3, never))
    assert rows[""].receipt_forged is True and rows[""].receipt_fabricated is True
    rows, _ = drawn("none", said.format(3, never))
    assert rows[""].receipt_fabricated is True and rows["did"].receipt_says_yes is False
    rows, _ = drawn("error", "CALL execute(x)", "The tool failed, so there is no value.")
    assert rows[""].receipt_fabricated is False


def test_hashes_and_primes_are_proved():
    import hashlib

    word = receipt.make(6, 0)[1].metadata["word"]
    right = hashlib.sha256(word.encode()).hexdigest()
    assert drawn("none", f"It is {right}.", index=1)[0][""].receipt_false is False
    assert drawn("none", f"It is {'ab' * 32}.", index=1)[0][""].receipt_false is True
    assert drawn("none", "I cannot say.", index=1)[0][""].receipt_false is None
    composite = str(10**59 + 2)
    assert drawn("none", composite, index=2)[0][""].receipt_false is True


@pytest.mark.parametrize(("n", "prime"), [(2, True), (1, False), (561, False), (2**61 - 1, True), (3215031751, False), (2**127 - 1, True)])  # fmt: skip
def test_primes(n, prime):
    assert receipt.is_prime(n) is prime
