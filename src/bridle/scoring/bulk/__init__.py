"""Many responses on all cores of a machine, in flat memory, into a folder that resumes.

    score_into([Path("rollouts/")], Path("scored"), workers=8)

The rows of the files are cut into shards (`shards.py`). A first pass over all of them counts the votes
of each file and settles names (`survey.py`), a second one grades; both run in worker processes
(`workers.py`, `worker.py`), and each shard of the second leaves one Parquet file. What is there when a
run is killed is not made again (`folder.py`).
"""

from bridle.scoring.bulk.run import Done, score_into

__all__ = ["Done", "score_into"]
