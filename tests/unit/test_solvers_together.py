"""The two solvers must load into one process, whichever comes first.

Each wheel carries a HiGHS library of the same name; pairs of versions that differ in it cannot be loaded
together (google/or-tools issue 5246), which is why both are pinned.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_PART = {
    "ortools": "from ortools.graph.python import min_cost_flow; min_cost_flow.SimpleMinCostFlow()",
    "highspy": "import highspy; highspy.Highs()",
}


@pytest.mark.parametrize("first", _PART)
def test_both_solvers_load_in_either_order(first: str) -> None:
    order = [_PART[first], *(code for name, code in _PART.items() if name != first)]
    done = subprocess.run([sys.executable, "-c", "; ".join(order)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
