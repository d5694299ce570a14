"""The scripts of studies/training are no package: they are found by their folder."""

from __future__ import annotations

import sys
from pathlib import Path

STUDY = Path(__file__).parents[2] / "studies" / "training"
sys.path.insert(0, str(STUDY))
