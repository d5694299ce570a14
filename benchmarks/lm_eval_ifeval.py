"""lm-evaluation-harness's IFEval on answers, timed: run by `constraints.py` in an interpreter that
has it (`pip install lm-eval[ifeval]`).

    PYTHON lm_eval_ifeval.py ROWS.jsonl      rows: prompt, instruction_id_list, kwargs, response

Prints one JSON object: the version, and for each row its seconds (strict and loose, the best of
five rounds) and verdicts, or null where it raised (its sentence splitter needs nltk's punkt_tab).
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any


def main() -> None:
    with contextlib.redirect_stdout(sys.stderr):  # importing it tries to download
        from lm_eval.tasks.ifeval import utils  # type: ignore[import-not-found]
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    seconds: list[float | None] = [None] * len(rows)
    verdicts: list[Any] = [None] * len(rows)
    raised: dict[int, str] = {}
    for _ in range(5):
        for i, row in enumerate(rows):
            doc = {"key": i, **{k: row[k] for k in ("prompt", "instruction_id_list", "kwargs")}}
            start = time.process_time()
            try:
                result = utils.process_results(doc, [row["response"]])
            except Exception as error:  # whatever it raises is counted, and the row left out
                raised[i] = type(error).__name__
                continue
            took = time.process_time() - start
            seconds[i] = min(seconds[i] or took, took)
            verdicts[i] = [result["inst_level_strict_acc"], result["inst_level_loose_acc"]]
    print(
        json.dumps(
            {
                "version": version("lm_eval"),
                "seconds": seconds,
                "verdicts": verdicts,
                "raised": Counter(raised.values()),
            }
        )
    )


if __name__ == "__main__":
    main()
