"""The limits of checks stand in one place: the dated parameters."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from rightplace import parameters
from rightplace.errors import UserError
from rightplace.returns.checks.rules import RULES
from rightplace.returns.checks.shares import limit


def _declared() -> set[str]:
    text = files("rightplace.parameters").joinpath("data/sen2_checks.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"name: sen2_(\w+)", text))


def test_every_limit_is_the_parameters_value() -> None:
    for name in _declared():
        assert limit(name, date(2026, 1, 15)) == parameters.load(f"sen2_{name}").at(date(2026, 1, 15)).value


def test_every_limit_is_named_by_a_rule() -> None:
    notes = " ".join(rule.note or "" for rule in RULES).replace(" and _most", " sen2_plans_per_1000_most")
    assert _declared() == set(re.findall(r"sen2_(\w+)", notes))


def test_a_limit_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="sen2_nothing"):
        limit("nothing", date(2026, 1, 15))
