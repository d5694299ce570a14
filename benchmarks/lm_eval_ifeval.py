"""lm-evaluation-harness's IFEval on answers, timed: run by `constraints.py` in an interpreter that
has it (`pip install lm-eval[ifeval]`).

    PYTHON lm_eval_ifeval.py ROWS.jsonl      rows: prompt, instruction_id_list, kwargs, response

Prints its version, and for each line that it is sent, one round later, a JSON object: for each row
its seconds (strict and loose), or null where it raised (its sentence splitter needs nltk's
punkt_tab), and how often it raised what.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    with contextlib.redirect_stdout(sys.stderr):  # importing it tries to download
        from lm_eval.tasks.ifeval import utils  # type: ignore[import-not-found]
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    print(version("lm_eval"), flush=True)
    for _ in sys.stdin:
        seconds: list[float | None] = []
        raised: Counter[str] = Counter()
        for i, row in enumerate(rows):
            doc = {"key": i, **{k: row[k] for k in ("prompt", "instruction_id_list", "kwargs")}}
            start = time.process_time()
            try:
                utils.process_results(doc, [row["response"]])
            except Exception as error:  # whatever it raises is counted, and the row left out
                raised[type(error).__name__] += 1
                seconds.append(None)
                continue
            seconds.append(time.process_time() - start)
        print(json.dumps({"seconds": seconds, "raised": raised}), flush=True)


if __name__ == "__main__":
    main()
