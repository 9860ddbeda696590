"""The rules with most to go wrong, against a slow reading of their conditions: plain loops over dicts, no frames.

Records are drawn from a seed, from values that lie on both sides of every limit, with missing and unreadable ones
among them. What the checks find for these rules must be what the loops find, record by record.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, note
from hypothesis import strategies as st

from rightplace.returns.checks.run import check
from rightplace.streams import generator

_spec = importlib.util.spec_from_file_location(
    "checks_return", Path(__file__).resolve().parents[1] / "spec" / "checks_return.py"
)
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
sys.modules["checks_return"] = samples
_spec.loader.exec_module(samples)

Record = dict[str, Any]
Tables = dict[str, list[Record]]
Found = tuple[str, str, int]

CENSUS, START, END = date(2026, 1, 15), date(2025, 1, 1), date(2025, 12, 31)

# ------------------------------------------------------------------------------------------- records at random

PEOPLE = 200
BIRTHS = (
    "2000-01-15", "2000-01-16", "2000-08-31", "2000-09-01", "2001-01-15", "2001-01-16", "2001-08-31", "2006-06-30",
    "2008-02-29", "2008-09-01", "2009-08-31", "2010-01-15", "2010-01-16", "2013-09-01", "2014-03-05", "2014-03-05", "2014-08-31",
    "2020-12-31", "2021-01-01", "2021-04-01", "31/12/2020", None,
)  # fmt: skip
DATES = (
    "2016-05-05", "2022-09-01", "2024-01-15", "2024-12-31", "2025-01-01", "2025-01-14", "2025-01-15", "2025-02-14",
    "2025-02-15", "2025-03-30", "2025-03-31", "2025-06-30", "2025-07-01", "2025-08-20", "2025-09-01", "2025-12-23",
    "2025-12-24", "2026-01-14", "2026-01-15", "2026-01-16", "01/02/2025", None,
)  # fmt: skip
MOSTLY_NONE = (*(None for _ in DATES), *(None for _ in DATES), *DATES)


class Drawing:
    """A return drawn at random from a seed."""

    def __init__(self, seed: int) -> None:
        self._draws = generator(seed, "records that may break rules")

    def tables(self) -> Tables:
        tables: Tables = {name: [] for name in samples.CHILDREN}
        samples.add(tables, "sen2", samples.header(2026), above=None)
        for number in range(PEOPLE):
            samples.add(tables, "person", self.person(number), above=0)
        return tables

    def one_of(self, **choices: tuple[str | None, ...]) -> Record:
        return {name: options[self._draws.integers(len(options))] for name, options in choices.items()}

    def some(self, make: Callable[[], Record], *counts: int) -> list[Record]:
        return [make() for _ in range(counts[self._draws.integers(len(counts))])]

    def person(self, number: int) -> Record:
        return {
            **self.one_of(
                birth_date=BIRTHS, upn=(f"UPN {number}", f"UPN {number // 9}", None), upn_unknown=("UN8", None, None),
                surname=("Ash", "ASH", "A sh", None), forename=("Sam", "Kim"), postcode=("ZZ1 1ZZ", "zz11zz", None),
            ),
            "requests": self.some(self.request, 0, 1, 1, 2),
        }  # fmt: skip

    def request(self) -> Record:
        flags = ("0", "0", "1", "?", None)
        return {
            **self.one_of(
                request_outcome=("Y", "Y", "N", "A", "H", "H", None), received_date=DATES, exported=(None, None, None, "330"),
                request_mediation=flags, request_tribunal=flags,
            ),
            "assessment": self.some(self.assessment, 0, 1, 1, 1),
            "activeplans": self.some(self.active_plan, 0, 1, 1, 1),
        }  # fmt: skip

    def assessment(self) -> Record:
        return {
            **self.one_of(
                assessment_outcome=("Y", "Y", "A", "H"), assessment_outcome_date=DATES, week20=("0", "1", None)
            ),
            "namedplan": self.some(self.plan, 0, 1, 1, 1, 2),
        }

    def plan(self) -> Record:
        return {
            **self.one_of(
                start_date=DATES, cease_date=MOSTLY_NONE, cease_reason=("1", "4", None), plan_res=("A", None, None),
                pb=("0", "1", None), oa=("0", "1", "?", None), dp=("E", None),
            ),
            "plandetail": self.some(lambda: self.one_of(placement_rank=("1", "1", "2", "3", "one", None)), 0, 1, 1, 2, 3),
        }  # fmt: skip

    def active_plan(self) -> Record:
        return {
            **self.one_of(
                transfer_la=(None, None, "202"), review_meeting=(None, *DATES), last_review=DATES,
                phase_transfer_due_date=MOSTLY_NONE,
            ),
            "placementdetail": self.some(self.placement, 0, 1, 1, 2, 3),
            "senneed": self.some(lambda: self.one_of(sen_type_rank=("1", "1", "2", "3", "x", None)), 0, 1, 1, 2, 3),
        }  # fmt: skip

    def placement(self) -> Record:
        return self.one_of(
            placement_rank=("1", "1", "1", "2", "2", "x", None), entry_date=(*DATES, *("2025-09-01",) * 6, *("2022-09-01",) * 3),
            leaving_date=MOSTLY_NONE, sen_setting=("NEET", "EYP", None), res=("A", None, None),
        )  # fmt: skip


# ------------------------------------------------------------------------------------------- the slow reading

Truth = bool | None


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def either(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def every(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def compare(test: Callable[[Any, Any], bool], one: Any, other: Any) -> Truth:
    return None if one is None or other is None else test(one, other)


def before(one: date | None, other: date | None) -> Truth:
    return compare(lambda a, b: a < b, one, other)


def by(one: date | None, other: date | None) -> Truth:
    return compare(lambda a, b: a <= b, one, other)


def age(birth: date | None, on: date | None) -> int | None:
    if birth is None or on is None:
        return None
    years = 0
    while (birth.year + years + 1, birth.month, birth.day) <= (on.year, on.month, on.day):
        years += 1
    return years


def august_age(birth: date | None) -> int | None:
    return age(birth, date(2025, 8, 31))


def school_age_start(birth: date) -> date:
    fifth = (birth.year + 5, birth.month, birth.day)
    days = [date(year, month, 31) for year in (birth.year + 5, birth.year + 6) for month in (3, 8, 12)]
    return min(one for one in days if (one.year, one.month, one.day) >= fifth)


def spans(start: str | None, end: str | None) -> Truth:
    """Whether census day lies within two dates as returned, the second open when missing."""
    return every(by(day(start), CENSUS), True if end is None else by(CENSUS, day(end)))


def flag(text: str | None) -> Truth:
    return {"1": True, "0": False}.get(text or "")


def number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


class Slow:
    """A return as loops see it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def below(self, table: str, place: int) -> list[tuple[int, Record]]:
        return [(at, record) for at, record in enumerate(self.tables[table]) if record["above"] == place]

    def found(self) -> Iterator[Found]:
        for at, person in enumerate(self.tables["person"]):
            yield from ((rule, "person", at) for rule in self.person(at, person))
            yield from self.open_requests(at)
            yield from self.two_plans(at)
            for place, request in self.below("requests", at):
                yield from self.request(place, request, day(person["birth_date"]))

    def plans(self, person: int) -> list[tuple[int, Record, Record | None]]:
        """Plans of a person, each with the first ActivePlans of its request."""
        return [
            (place, plan, (self.below("activeplans", request) or [(0, None)])[0][1])
            for request, _ in self.below("requests", person)
            for assessment, _ in self.below("assessment", request)
            for place, plan in self.below("namedplan", assessment)
        ]

    def person(self, at: int, person: Record) -> Iterator[str]:
        birth = day(person["birth_date"])
        active = any(spans(plan["start_date"], plan["cease_date"]) for _, plan, _ in self.plans(at))
        old, now = august_age(birth), age(birth, CENSUS)
        if active and old is not None and old >= 25:
            yield "P05"
        if active and old is not None and now is not None and now >= 25 and old <= 24:
            yield "P06"
        received = [day(request["received_date"]) for _, request in self.below("requests", at)]
        started = [day(plan["start_date"]) for _, plan, above in self.plans(at) if not (above and above["transfer_la"])]
        if person["upn_unknown"] == "UN8" and any(one and one < date(2025, 12, 24) for one in received + started):
            yield "P15"
        others = [one for place, one in enumerate(self.tables["person"]) if place != at]
        if person["upn"] and any(one["upn"] == person["upn"] for one in others):
            yield "P19"
        if self.who(person) and any(self.who(one) == self.who(person) for one in others):
            yield "P23"

    def who(self, person: Record) -> tuple[str, ...] | None:
        if not (person["surname"] and person["forename"] and day(person["birth_date"])):
            return None
        plain = [str(person[name] or "").replace(" ", "").lower() for name in ("surname", "forename", "postcode")]
        return (*plain, str(person["birth_date"]))

    def open_requests(self, person: int) -> Iterator[Found]:
        open_ones = []
        for place, request in self.below("requests", person):
            first = (self.below("assessment", place) or [(0, {"assessment_outcome": None})])[0][1]
            under_way = request["request_outcome"] in ("Y", "H") and first["assessment_outcome"] == "A"
            if not request["exported"] and (request["request_outcome"] == "A" or under_way):
                open_ones.append(place)
        if len(open_ones) > 1:
            yield from (("R20", "requests", place) for place in open_ones)

    def two_plans(self, person: int) -> Iterator[Found]:
        active = [place for place, plan, _ in self.plans(person) if spans(plan["start_date"], plan["cease_date"])]
        if len(active) > 1:
            yield from (("N31", "namedplan", place) for place in active)

    def request(self, at: int, request: Record, birth: date | None) -> Iterator[Found]:
        assessments, actives = self.below("assessment", at), self.below("activeplans", at)
        overturned = flag(request["request_mediation"]) or flag(request["request_tribunal"])
        outcome = request["request_outcome"]
        if (assessments or actives) and (outcome == "A" or (outcome == "N" and not overturned)):
            yield "R14", "requests", at
        for place, assessment in assessments:
            if assessment["assessment_outcome"] == "Y":
                waited = compare(
                    lambda a, b: (b - a).days, day(request["received_date"]), day(assessment["assessment_outcome_date"])
                )
                if waited is not None and 140 < waited <= 364 and flag(assessment["week20"]) is False:
                    yield "A13", "assessment", place
                if waited is not None and waited > 364:
                    yield "A16", "assessment", place
            for plan_place, plan in self.below("namedplan", place):
                yield from ((rule, "namedplan", plan_place) for rule in self.plan(plan_place, plan, birth))
        plans = [plan for place, _ in assessments for _, plan in self.below("namedplan", place)]
        for place, active in actives:
            yield from self.active(place, active, plans[0] if plans else None, birth)

    def plan(self, at: int, plan: Record, birth: date | None) -> Iterator[str]:
        ranks = [detail["placement_rank"] for _, detail in self.below("plandetail", at)]
        numbered = all(number(rank) in (1, 2) for rank in ranks)
        if not 1 <= len(ranks) <= 2 or (numbered and sorted(map(number, ranks)) not in ([1], [1, 2])):
            yield "N05"
        pb, oa = flag(plan["pb"]), flag(plan["oa"])
        if (pb is False and (oa is True or plan["dp"])) or (pb is True and oa is False and not plan["dp"]):
            yield "N20"
        ceased = day(plan["cease_date"])
        if plan["cease_reason"] == "1" and birth and ceased:
            summer = date(ceased.year + (ceased.month >= 9), 8, 31)
            at_end, at_cease = age(birth, summer), age(birth, ceased)
            if at_end is not None and at_end < 25 and at_cease != 19:
                yield "N24"
        old = august_age(birth)
        if plan["cease_date"] is None and old is not None and old >= 25:
            yield "N28"

    def active(self, at: int, active: Record, plan: Record | None, birth: date | None) -> Iterator[Found]:
        placements = self.below("placementdetail", at)
        runs = spans(plan["start_date"], plan["cease_date"]) if plan else None
        started = day(plan["start_date"]) if plan else None
        current = {place: spans(one["entry_date"], one["leaving_date"]) for place, one in placements}
        unsure = any(current[place] is None or number(one["placement_rank"]) not in (1, 2) for place, one in placements)
        first = [place for place, one in placements if number(one["placement_rank"]) == 1]
        if runs and placements and not unsure and not any(current.values()):
            yield "L17", "activeplans", at
        if plan and placements and bool(plan["plan_res"]) != any(one["res"] for _, one in placements):
            yield "L21", "activeplans", at
        ranks = [need["sen_type_rank"] for _, need in self.below("senneed", at)]
        if "x" not in ranks and sorted(number(rank) or 0 for rank in ranks) not in ([1], [1, 2]):
            yield "L23", "activeplans", at
        if (
            runs
            and started
            and started < date(2025, 1, 15)
            and not active["review_meeting"]
            and not active["transfer_la"]
        ):
            yield "L27", "activeplans", at
        if runs and before(day(active["last_review"]), date(2025, 1, 15)):
            yield "L33", "activeplans", at
        if (
            runs
            and self.changed_phase(started, placements, birth)
            and not active["transfer_la"]
            and not active["phase_transfer_due_date"]
        ):
            yield "L34", "activeplans", at
        for place, one in placements:
            yield from ((rule, "placementdetail", place) for rule in self.placement(one, plan, birth))
            lonely = number(one["placement_rank"]) == 2 and not any(current[other] for other in first)
            if current[place] and lonely and not unsure:
                yield "L16", "placementdetail", place
        yield from (("L15", "placementdetail", place) for place in self.overlapping(placements))

    def changed_phase(self, started: date | None, placements: list[tuple[int, Record]], birth: date | None) -> bool:
        old = august_age(birth)
        due = date(2025, 3, 31) if old == 16 else date(2025, 2, 15)
        moved = any(
            number(one["placement_rank"]) == 1
            and every(by(date(2025, 7, 1), day(one["entry_date"])), by(day(one["entry_date"]), END))
            for _, one in placements
        )
        return old in (4, 11, 16) and moved and started is not None and started < due

    def placement(self, one: Record, plan: Record | None, birth: date | None) -> Iterator[str]:
        entered, left = day(one["entry_date"]), day(one["leaving_date"])
        last = CENSUS if one["leaving_date"] is None else min(left, CENSUS) if left else None
        at_end, at_start = age(birth, last), age(birth, entered)
        young = None if at_end is None else at_end < 16
        old = None if at_start is None else at_start > 25
        if one["sen_setting"] == "NEET" and either(young, old):
            yield "L08"
        if one["sen_setting"] == "EYP" and birth and last and last >= school_age_start(birth):
            yield "L10"
        ceased = day(plan["cease_date"]) if plan else None
        if ceased and (one["leaving_date"] is None or (left and left > ceased)):
            yield "L18"

    def overlapping(self, placements: list[tuple[int, Record]]) -> set[int]:
        stays = []
        for place, one in placements:
            left = date.max if one["leaving_date"] is None else day(one["leaving_date"])
            entered = day(one["entry_date"])
            if number(one["placement_rank"]) == 1 and entered and left:
                stays.append((entered, left, place))
        stays.sort()
        return {
            place for at, (entered, _, place) in enumerate(stays) if any(entered < left for _, left, _ in stays[:at])
        }


RULES = (
    "P05", "P06", "P15", "P19", "P23", "R14", "R20", "A13", "A16", "N05", "N20", "N24", "N28", "N31",
    "L08", "L10", "L15", "L16", "L17", "L18", "L21", "L23", "L27", "L33", "L34",
)  # fmt: skip


SEEDS = range(5)


def compared(seed: int) -> tuple[set[Found], set[Found]]:
    """What the frames find and what the loops find in one drawn return."""
    tables = Drawing(seed).tables()
    findings = check(samples.make_return(tables, 2026)).frame.filter(pl.col("rule").is_in(RULES))
    fast = set(findings.select("rule", "table", "row").iter_rows())
    assert findings.height == len(fast), "a record is found once by a rule"
    return fast, set(Slow(tables).found())


@given(st.integers(min_value=len(SEEDS), max_value=2**32))
def test_frames_find_what_loops_find(seed: int) -> None:
    fast, slow = compared(seed)
    note(f"only in frames {fast - slow}; only in loops {slow - fast}")
    assert fast == slow


def test_every_compared_rule_is_broken_and_kept_in_the_records_drawn() -> None:
    found = [compared(seed) for seed in SEEDS]
    assert all(fast == slow for fast, slow in found)
    broken = Counter(rule for fast, _ in found for rule, _, _ in fast)
    assert sorted(broken) == sorted(RULES)
