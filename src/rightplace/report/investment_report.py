"""The investment paper: what to open, where and when, whom it serves, what it costs, and how sure it is."""

from __future__ import annotations

from typing import Final

from rightplace.area.record import Area
from rightplace.places.invest.result import Investment
from rightplace.report.finished import finished
from rightplace.report.invested import closures, frontier, schemes, years
from rightplace.report.invested.words import millions
from rightplace.report.model import Block, Bullets, Note, Para, Report, Section

INSIDE: Final = "This paper rests on counts of children in small areas. Keep it inside the trusted area. To share it, make a version with --publish."
OUTSIDE: Final = "This version is made to be published: it says how many places, and of children only rounded numbers."


def build(area: Area, plan: Investment, *, publish: bool = False) -> Report:
    """The paper of a plan, for those who decide on it. With ``publish`` it holds no small number of children."""
    told = [
        _headline(plan, publish=publish),
        schemes.section(plan, publish=publish),
        *closures.section(plan, publish=publish),
        years.section(plan, publish=publish),
        frontier.section(plan, publish=publish),
        _sure(plan),
    ]
    title = f"{area.name}: where to add places"
    return finished(title, area, told, publish=publish, caution=OUTSIDE if publish else INSIDE)


def _headline(plan: Investment, *, publish: bool) -> Section:
    schemes = plan.schemes
    places, capital = schemes["places"].sum(), float(schemes["capital_gbp"].sum())
    first = "The plan opens nothing: the places there are serve as well as any scheme would."
    if schemes.height:
        opens = sorted(schemes["opens"].to_list())
        first = (
            f"The plan opens {schemes.height:,} {'scheme' if schemes.height == 1 else 'schemes'} with {places:,} places from "
            f"{opens[0]} to "
            f"{opens[-1]}, for {millions(capital)} of capital."
        )
    blocks: list[Block] = [Para(text=first, strong=True), Bullets(items=_facts(plan))]
    if not plan.meets:
        way = "the names are in the version kept inside" if publish else "; ".join(plan.in_the_way)
        least = plan.least_budget_gbp
        more = "" if least is None else f" The least capital found that would do is {millions(least)}."
        blocks.append(Note(text=f"What was asked cannot be kept. In the way: {way}.{more}"))
    blocks.append(
        Para(text="This is a suggestion to weigh up. Those who answer for the budget decide, after consulting.")
    )
    return Section(key="summary", heading="What the plan is", blocks=tuple(blocks))


def _facts(plan: Investment) -> tuple[str, ...]:
    saved = plan.cost_now_gbp - plan.proof.incumbent
    compared = f"{millions(abs(saved))} {'less' if saved >= 0 else 'more'} than with nothing new"
    asked = (
        "No promise was asked for."
        if plan.promise is None
        else f"Promised: from September {plan.promise_from} every child has a place in {plan.promise:.0%} of futures."
    )
    return (
        asked,
        f"Kept in {plan.kept:.0%} of the {plan.futures:,} futures planned for, and in {plan.kept_elsewhere:.0%} of others it never saw.",
        f"Expected cost over the years looked at: {millions(plan.proof.incumbent)}, {compared} (discounted; children left "
        "without a place are counted at a stated price).",
        f"No plan can cost less than {millions(plan.proof.bound)}: this one is at most {plan.proof.gap:.1%} from the best.",
    )


def _sure(plan: Investment) -> Section:
    doubts: tuple[Block, ...] = ()
    if plan.doubts:
        doubts = (Para(text="What the plan rests on and is not known:"), Bullets(items=plan.doubts))
    return Section(
        key="sure", heading="How it was made, and what it rests on", blocks=(Para(text=plan.method), *doubts)
    )
