"""know: Brier and its parts, AUROC, AURC, ECE; abstention, false abstention, detection, token ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Finding, Findings, number, paired, percent, said, share
from bridle.probes.know.twins import ANSWERABLE
from bridle.statistics import rate
from bridle.statistics.calibration import aurc, auroc, calibration_error, murphy

if TYPE_CHECKING:
    import polars as pl

KEY = ["problem", "factors", "sample"]


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    rows = frame.with_columns(
        answerable=pl.col("group").str.split(":").list.first().is_in(ANSWERABLE)
    )
    offers = {"yes": rows, "no": rows.clear()}
    if "factor.offer" in rows.columns:
        offers = {o: rows.filter(pl.col("factor.offer") == o) for o in offers}
    offered = offers["yes"] if offers["yes"].height else offers["no"]
    can, cannot = (offered.filter(pl.col("answerable") == x) for x in (True, False))
    answered = can.filter(pl.col("know_abstained") == 0)
    found = [share("right", "answerable: right, where it answers", answered, "correct")]
    found += calibration(answered)
    stated = answered.with_columns(stated=pl.col("know_confidence").is_not_null())
    found.append(share("stated", "a confidence is stated", stated, "stated"))
    found += [
        share("abstained", "unanswerable: abstains", cannot, "know_abstained"),
        share("false", "answerable: abstains (false abstention)", can, "know_abstained"),
        share("detected", "unanswerable: detected, in thinking or answer", cannot, "know_detected"),
        share("gap", "unanswerable and detected: answers all the same",
              cannot.filter(pl.col("know_detected") == 1).with_columns(gap=1 - pl.col("know_abstained")), "gap"),
        _token_ratio(offered),
    ]  # fmt: skip
    for kind in sorted(set(cannot["group"].str.split(":").list.first())):
        part = cannot.filter(pl.col("group").str.starts_with(f"{kind}:"))
        found.append(share(f"abstained_{kind}", f"  {kind}: abstains", part, "know_abstained"))
    if offers["no"].height and offers["yes"].height:
        unasked = offers["no"].filter(pl.col("answerable").not_())
        found += [
            share("abstained_unasked", "unanswerable, not offered: abstains", unasked, "know_abstained"),
            paired("offer", "unanswerable: abstains, offered minus not", cannot, unasked, "know_abstained"),
        ]  # fmt: skip
    return found


def calibration(answered: pl.DataFrame) -> list[Finding]:
    """What stated confidence is worth, over answers that have one and a verdict."""
    import polars as pl

    rows = answered.filter(pl.col("status") == "complete").drop_nulls(
        ["know_confidence", "correct"]
    )
    c, y = rows["know_confidence"].to_numpy(), rows["correct"].cast(pl.Float64).to_numpy()
    problems = rows["problem"].to_list()
    labels = {"brier": "Brier score", "auroc": "AUROC of confidence", "aurc": "area under risk and coverage", "ece": "calibration error (ECE, less its bias)"}  # fmt: skip
    if not len(y):
        return [Finding(k, label, "no confidence is stated") for k, label in labels.items()]
    parts = murphy(c, y)
    return [
        Finding("brier", labels["brier"], said(lambda: rate((c - y) ** 2, problems, what="Brier score"))),
        Finding("parts", "  reliability, resolution, uncertainty",
                f"{parts.reliability:.3f}, {parts.resolution:.3f}, {parts.uncertainty:.3f}"),
        Finding("auroc", labels["auroc"], said(lambda: auroc(c, y, what=labels["auroc"]))),
        Finding("aurc", labels["aurc"], said(lambda: aurc(c, y, problems, what=labels["aurc"]))),
        Finding("ece", labels["ece"], said(lambda: calibration_error(c, y, problems, what=labels["ece"]))),
    ]  # fmt: skip


def token_ratio(pairs: pl.DataFrame, key: str = "tokens") -> Finding:
    """Typical ratio of tokens, unanswerable over answerable twin; columns `none`, `some`, `problem`."""
    import polars as pl

    from bridle.statistics.means import geometric

    label = "tokens, unanswerable over answerable twin"
    rows = pairs.filter((pl.col("none") > 0) & (pl.col("some") > 0))
    if not rows.height:
        return Finding(key, label, "no pair has its tokens counted")
    ratio, problems = (rows["none"] / rows["some"]).to_numpy(), rows["problem"].to_list()
    return Finding(key, label, said(lambda: geometric(ratio, problems, what=label, unit="times", plus=0)))  # fmt: skip


def _token_ratio(rows: pl.DataFrame) -> Finding:
    import polars as pl

    counted = rows.filter(pl.col("status") == "complete").drop_nulls("tokens_out")
    some, none = (counted.filter(pl.col("answerable") == x) for x in (True, False))
    pairs = none.select(*KEY, none="tokens_out").join(some.select(*KEY, some="tokens_out"), on=KEY)
    return token_ratio(pairs)


def sentence(found: Findings) -> str:
    return (
        f"Of questions without an answer it abstained from {percent(found, 'abstained')}, and from "
        f"{percent(found, 'false')} of those with one; where it noticed that something was missing it answered "
        f"all the same in {percent(found, 'gap')}. Stated confidence ranks right above wrong answers with an "
        f"AUROC of {number(found, 'auroc', 2)} (Brier {_brier(found)}); a question without an answer took "
        f"{number(found, 'tokens', 2)} times the tokens of its twin."
    )


def _brier(found: Findings) -> str:
    one = found["brier"].estimate if "brier" in found else None
    return "(not known)" if one is None else f"{one.value:.3f}"
