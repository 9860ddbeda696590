"""The made-up returns agree with one another, as four returns of one real authority would."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from rightplace.calendar.census import census_day
from rightplace.example import days
from rightplace.example.census.returned import return_at
from rightplace.example.life.beginning import FIRST_DAY
from rightplace.example.life.record import Life, make_life
from rightplace.returns.checks.run import check
from rightplace.returns.sen2.layout import EDITIONS
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.typed import typed

c = pl.col
PAIRS = [(2023, 2024), (2024, 2025), (2025, 2026)]


@pytest.fixture(scope="module")
def life() -> Life:
    return make_life(1200, seed=7)


@pytest.fixture(scope="module")
def returns(life: Life) -> dict[int, Sen2Return]:
    return {year: return_at(life, year) for year in EDITIONS}


def plans(ret: Sen2Return) -> pl.DataFrame:
    """Plans of a return with their people, from the return alone."""
    requests = typed(ret, "requests").select("person_row", requests_row="row")
    assessments = typed(ret, "assessment").select("requests_row", assessment_row="row")
    active = typed(ret, "activeplans").select("requests_row", "transfer_la", activeplans_row="row")
    people = typed(ret, "person").select("birth_date", "upn", "uln", "surname", person_row="row")
    return (
        typed(ret, "namedplan")
        .join(assessments, on="assessment_row")
        .join(requests, on="requests_row")
        .join(active, on="requests_row", how="left")
        .join(people, on="person_row")
        .with_columns(who=pl.concat_str("surname", c("birth_date").cast(pl.String), separator="|"))
    )


def in_place(ret: Sen2Return) -> pl.DataFrame:
    return plans(ret).filter(c("start_date") <= census_day(ret.edition), c("cease_date").is_null())


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_stock_and_flows_close_exactly(returns: dict[int, Sen2Return], first: int, second: int) -> None:
    """Plans last January, less those that ceased, and with those begun or transferred in, are the plans this January."""
    after = census_day(first)
    now = plans(returns[second])
    ceased = now.filter(c("cease_date") > after)
    new = now.filter(c("transfer_la").is_null(), c("start_date") > after)
    opened = in_place(returns[first])
    kept = now.filter(~c("who").is_in(opened["who"].to_list()))
    transferred = kept.filter(c("transfer_la").is_not_null())
    assert opened.height + new.height + transferred.height - ceased.height == in_place(returns[second]).height


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_every_plan_is_in_place_or_ceased_the_year_after(
    returns: dict[int, Sen2Return], first: int, second: int
) -> None:
    """Nobody vanishes, and nobody whose plan has ceased is in place again."""
    now = plans(returns[second])
    assert in_place(returns[first]).join(now, on="who", how="anti").is_empty()
    ended = plans(returns[first]).filter(c("cease_date").is_not_null())
    assert ended.join(in_place(returns[second]), on="who").is_empty()


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_people_keep_who_they_are(returns: dict[int, Sen2Return], first: int, second: int) -> None:
    """A number, once known, stays, with the same name, date of birth, ethnicity and postcode."""
    columns = ["upn", "surname", "forename", "birth_date", "ethnicity", "postcode"]
    before = returns[first].tables["person"].filter(c("upn").is_not_null()).select(columns)
    after = returns[second].tables["person"].select(columns)
    both = before.join(after, on="upn", suffix="_now")
    assert both.height > 800
    for column in columns[1:]:
        assert (both[column] == both[f"{column}_now"]).all()


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_stays_go_on_or_end(returns: dict[int, Sen2Return], first: int, second: int) -> None:
    """A placement current one January is in the next return, begun the same day, and left since or current still."""
    keys = ["who", "urn", "ukprn", "sen_setting", "placement_rank", "entry_date"]

    def stays(ret: Sen2Return) -> pl.DataFrame:
        held = plans(ret).select("activeplans_row", "who")
        codes = c("sen_setting").replace({"OTH": "OLA"}).fill_null("")
        frame = typed(ret, "placementdetail").join(held, on="activeplans_row")
        return frame.with_columns(c("urn", "ukprn").fill_null(""), sen_setting=codes)

    open_then = stays(returns[first]).filter(c("leaving_date").is_null())
    now = stays(returns[second])
    assert (
        open_then.join(now, on=keys, how="anti")
        .filter(c("who").is_in(plans(returns[second])["who"].to_list()))
        .is_empty()
    )
    left = open_then.join(now, on=keys, suffix="_now").filter(c("leaving_date_now").is_not_null())
    assert (left["leaving_date_now"] >= census_day(first)).all()


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_checks_see_one_authority_year_after_year(returns: dict[int, Sen2Return], first: int, second: int) -> None:
    """Rules that compare a return with the one before find nothing: no lost plan (Y11), no changed birthday (Y12)."""
    found = check(returns[second], previous=returns[first]).frame
    assert found.filter(c("rule").is_in(["Y01", "Y02", "Y03", "Y11", "Y12"])).is_empty()


def test_stays_of_one_plan_never_overlap(life: Life) -> None:
    """First placements of a plan follow one another, from its start to its end."""
    stays = (
        life.placements.filter(c("rank") == 1)
        .sort("plan", "entry_date")
        .with_columns(after=c("entry_date").shift(-1).over("plan"))
    )
    assert stays.filter(c("leaving_date").is_null() & c("after").is_not_null()).is_empty()
    assert stays.filter(c("after") < c("leaving_date")).is_empty()
    assert stays.filter(c("leaving_date") < c("entry_date")).is_empty()
    ended = stays.join(life.plans.select("plan", "cease_date"), on="plan").filter(c("cease_date").is_not_null())
    assert (ended["leaving_date"] <= ended["cease_date"]).all()


def test_schools_take_the_ages_they_are_for(life: Life) -> None:
    """On a census day nearly every pupil is of an age their school takes; the few others await September."""
    day = census_day(2026)
    rows = life.world.settings.rows
    ages = pl.DataFrame({"setting": range(len(rows)), "low": [r.low for r in rows], "high": [r.high for r in rows]})
    there = (
        life.placements.filter(
            c("setting").is_not_null(), c("entry_date") <= day, c("leaving_date").is_null() | (c("leaving_date") > day)
        )
        .join(ages.with_columns(c("setting").cast(pl.Int64)), on="setting")
        .join(life.plans.select("plan", "person"), on="plan")
        .join(life.people.select("person", "birth_date"), on="person")
        .with_columns(age=2025 - c("birth_date").dt.year() - (c("birth_date").dt.month() >= 9).cast(pl.Int64))
    )
    fits = (c("age") >= c("low") - 1) & (c("age") <= c("high"))
    assert there.select(fits.mean()).item() > 0.99


def test_requests_follow_the_order_of_the_law(life: Life) -> None:
    """Received, then decided, then reversed if it was, then ended; disputes come after what they dispute."""
    asked = life.requests.filter(c("received").is_not_null())
    for earlier, later in (
        ("received", "decided"), ("decided", "ended"), ("decided", "mediated"), ("decided", "appealed"), ("decided", "reversed"),
        ("reversed", "ended"), ("ended", "result_mediated"), ("ended", "other_appealed"),
    ):  # fmt: skip
        assert asked.filter(c(later) < c(earlier)).is_empty(), (earlier, later)
    issued = asked.filter(c("plan").is_not_null()).join(life.plans, on="plan")
    assert (issued["ended"] == issued["start_date"]).all()


def test_lives_begin_before_the_first_return_looks(life: Life) -> None:
    """The return of January 2023 has all of 2022 behind it."""
    assert days.column(pl.Series([FIRST_DAY]).to_numpy())[0] == date(2021, 12, 31)
    ended = life.plans.filter(c("cease_date").is_not_null())
    assert ended["cease_date"].min() < date(2022, 4, 1)
    begun = life.plans.filter(c("start_date") > date(2021, 12, 31))
    assert begun["start_date"].min() < date(2022, 1, 25)
