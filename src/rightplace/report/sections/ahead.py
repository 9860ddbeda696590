"""What is likely to come: the total, then needs, settings, phases and year groups, with ranges."""

from __future__ import annotations

from rightplace.area.summary import FIRST_WITHOUT_STATEMENTS
from rightplace.report.charts.spec import Fan, Point, Profile, Ranges, Span
from rightplace.report.labels import HEADINGS, in_sentence, january
from rightplace.report.model import Column, Figure, Para, Section, TableBlock
from rightplace.report.numbers import PLANS, TOTAL, Numbers
from rightplace.report.phrase import between, direction
from rightplace.report.sections import compare

_STATEMENTS = (
    f"Counts before January {FIRST_WITHOUT_STATEMENTS} include statements of special educational needs, which EHC plans replaced.",
)
_READ = (
    "Each diamond is the number {known} in {now}; each disc is the middle of the futures in {later}, "
    "{where} that holds 8 in 10 of them."
)


def section(numbers: Numbers) -> Section:
    """Figures of the total and of each dimension that is forecast."""
    figures = [_total(numbers)]
    figures += [_ranges(numbers, dimension) for dimension in ("need", "setting", "phase") if numbers.values(dimension)]
    if numbers.values("year_group"):
        figures.append(_profile(numbers))
    opening = Para(
        text=f"Each forecast comes from many simulated futures. The range from low to high holds 8 in 10 futures in "
        f"{january(numbers.horizon)}; in the other two the number lies outside it. The middle has as many futures "
        "above it as below."
    )
    return Section(key="ahead", heading=f"What is likely by {january(numbers.horizon)}", blocks=(opening, *figures))


def _growth(way: str, later: str) -> str:
    return f"Plans are expected to {way} by {later}" if way in ("grow", "fall") else f"Plans may {way} by {later}"


def fan(numbers: Numbers, *, what: str = PLANS, units: str = compare.PEOPLE) -> Fan:
    """What was counted and what is expected of plans or of a flow, over the years."""
    years = ([numbers.seed] if what == PLANS else []) + numbers.years_ahead(what=what)
    spans = [(year, numbers.ahead(year=year, what=what)) for year in years]
    return Fan(
        observed=tuple(
            Point(year=year, value=numbers.count(year=year, what=what).value)
            for year in numbers.years_counted(what=what)
        ),
        expected=tuple(
            Span(year=year, low=span.low.value, middle=span.middle.value, high=span.high.value) for year, span in spans
        ),
        units=units,
    )


def _total(numbers: Numbers) -> Figure:
    now, then = numbers.count(), numbers.ahead()
    later = january(numbers.horizon)
    return Figure(
        key="total",
        title=_growth(direction(then.less(now)), later),
        reading=f"From {now} plans in {january(numbers.seed)}, 8 in 10 futures reach {between(then)} in {later}.",
        chart=fan(numbers),
        table=by_year(numbers, TOTAL, TOTAL, key="total-table", title="Plans counted and expected each January"),
    )


def by_year(numbers: Numbers, dimension: str, value: str, *, key: str, title: str) -> TableBlock:
    """A row for each January: counted up to the last census, expected after it."""
    years = sorted({*numbers.years_counted(), numbers.seed, *numbers.years_ahead()})
    rows = tuple((year, *numbers.known_how(dimension, value, year=year)) for year in years)
    return TableBlock(
        key=key,
        title=title,
        columns=(
            Column(name="January", kind="year"),
            Column(name="Known how"),
            Column(name="Low", kind="number"),
            Column(name="Middle", kind="number"),
            Column(name="High", kind="number"),
        ),
        rows=rows,
        units=compare.PEOPLE,
        source=compare.MODELLED,
        notes=compare.notes(
            numbers, compare.RANGE, compare.ONE_NUMBER, *(_STATEMENTS if years[0] < FIRST_WITHOUT_STATEMENTS else ())
        ),
    )


def _ranges(numbers: Numbers, dimension: str) -> Figure:
    now, later = january(numbers.seed), january(numbers.horizon)
    return Figure(
        key=dimension,
        title=_finding(numbers, dimension),
        reading=_reading(numbers, dimension),
        chart=Ranges(rows=compare.lines(numbers, dimension), now=now, later=later, units=compare.PEOPLE),
        table=compare.table(
            numbers,
            dimension,
            key=f"{dimension}-table",
            title=f"Plans by {HEADINGS[dimension].lower()}, {now} and {later}",
        ),
    )


def _profile(numbers: Numbers) -> Figure:
    now, later = january(numbers.seed), january(numbers.horizon)
    rows = compare.lines(numbers, "year_group")
    return Figure(
        key="year-group",
        title=_finding(numbers, "year_group"),
        reading=_reading(numbers, "year_group"),
        chart=Profile(rows=rows, now=now, later=later, units=compare.PEOPLE, along="Year group in January"),
        table=compare.table(
            numbers, "year_group", key="year-group-table", title=f"Plans by year group, {now} and {later}"
        ),
    )


def _finding(numbers: Numbers, dimension: str) -> str:
    value = compare.moves_most(numbers, dimension)
    name = HEADINGS[dimension].lower()
    if value is None:
        return f"Plans by {name} now and in {january(numbers.horizon)}"
    return f"By {name}, the largest change is in {in_sentence(dimension, value)}"


def _reading(numbers: Numbers, dimension: str) -> str:
    value = compare.moves_most(numbers, dimension)
    where = "in a band" if dimension == "year_group" else "on a bar"
    read = _READ.format(
        known=compare.known(numbers, dimension), now=january(numbers.seed), later=january(numbers.horizon), where=where
    )
    return read if value is None else f"{compare.change_sentence(numbers, dimension, value)} {read}"
