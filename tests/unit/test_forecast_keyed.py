"""Keyed draws are uniform, unrelated between neighbouring keys, and depend on their keys alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rightplace.forecast.draws import compiled as compiling
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform


@compiled
def _grid(key: np.uint64, rows: int, columns: int, out: np.ndarray) -> None:
    for row in range(rows):
        for column in range(columns):
            out[row, column] = uniform(child(child(key, row), column), 0)


def _drawn(seed: int, stream: str) -> np.ndarray:
    out = np.empty((400, 400))
    _grid(root(seed, stream), 400, 400, out)
    return out


def test_draws_are_uniform() -> None:
    """Kolmogorov and Smirnov's test, and a chi-square on 1,000 bins, of 160,000 draws; seed fixed."""
    drawn = _drawn(3, "test").ravel()
    assert drawn.min() > 0.0
    assert drawn.max() < 1.0
    assert stats.kstest(drawn, "uniform").pvalue > 1e-3
    counts = np.histogram(drawn, bins=1000, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > 1e-3


def test_neighbouring_futures_years_and_cells_are_unrelated() -> None:
    """Correlations of draws one key apart lie within four standard errors of nought."""
    drawn = _drawn(4, "test") - 0.5
    for one, other in ((drawn[1:], drawn[:-1]), (drawn[:, 1:], drawn[:, :-1]), (drawn, drawn.T)):
        upper = np.triu_indices(400, 1) if one is drawn else (slice(None), slice(None))
        a, b = one[upper].ravel(), other[upper].ravel()
        assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(len(a))


def test_streams_and_seeds_differ_and_repeat() -> None:
    """The same seed and stream give the same draws; another of either gives others."""
    same = _drawn(5, "leavers")
    assert np.array_equal(same, _drawn(5, "leavers"))
    assert not np.any(same == _drawn(5, "movers"))
    assert not np.any(same == _drawn(6, "leavers"))


def test_many_uniforms_of_one_key_do_not_repeat_its_children() -> None:
    """A key's own draws and the first draws of its children are different numbers."""
    key = root(1, "test")
    own = {uniform(key, i) for i in range(2000)}
    children = {uniform(np.uint64(child(key, i)), 0) for i in range(2000)}
    assert len(own | children) == 4000


def test_code_is_compiled_afresh_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """numba refuses to cache where it finds no folder to write to; the function must work all the same."""
    njit = compiling.njit

    def nowhere(*, cache: bool = False, **options: object) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(compiling, "njit", nowhere)
    assert compiling.compiled(lambda x: 2 * x)(21) == 42
