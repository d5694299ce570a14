"""What we say that other projects' checks get wrong is so: both judges are asked."""

from __future__ import annotations

import pytest

from bridle.benchmarks.ifbench import published as ifbench
from bridle.benchmarks.mathif import published as mathif
from bridle.benchmarks.published import BENCHMARKS, judge, missing_packages
from bridle.benchmarks.published.faults import Fault, benchmarks_of, faults
from bridle.benchmarks.published.instructions import rules as ifeval_rules
from bridle.benchmarks.reasonif import published as reasonif
from bridle.constraints import from_peer
from bridle.constraints.peers import peers

CLAIMS = [
    pytest.param(peer, fault, benchmark, id=f"{benchmark}-{peer}-{number}")
    for peer, known in faults().items()
    for number, fault in enumerate(known)
    for benchmark in fault.by or benchmarks_of(peer)
]


@pytest.mark.parametrize(("peer", "fault", "benchmark"), CLAIMS)
def test_theirs_and_ours_part_as_claimed(peer: str, fault: Fault, benchmark: str) -> None:
    if missing := missing_packages(benchmark):
        pytest.skip(f"{', '.join(missing)} not installed (the extra 'upstream')")
    assert fault.theirs is not fault.ours
    assert judge(benchmark, fault.text, [(peer, fault.args)]).obeyed == [fault.theirs]
    rule = from_peer(peer, fault.args, benchmark=benchmark)
    verdict = rule.check(fault.text)
    assert verdict.obeyed is fault.ours, verdict.reason


def test_each_benchmark_has_the_ids_that_its_code_has() -> None:
    theirs = {
        "ifeval": set(ifeval_rules()),
        "mathif": set(mathif.rules()),
        "ifbench": set(ifbench.RULES),
        "reasonif": set(reasonif.rules()),
    }
    ours = {name: {peer for peer in peers() if name in benchmarks_of(peer)} for name in BENCHMARKS}
    assert ours == theirs


def test_a_fault_is_that_of_an_id_and_of_a_benchmark_that_has_it() -> None:
    for peer, known in faults().items():
        assert peer in peers()
        for fault in known:
            assert set(fault.by) <= set(benchmarks_of(peer))
            assert fault.says.endswith(".") and len(fault.says) <= 100
