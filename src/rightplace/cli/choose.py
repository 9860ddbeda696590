"""``rightplace choose``: one child's ranked settings, with every test, its evidence and its doubt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightplace.casework.placement import TestOutcome
    from rightplace.places.choose.choice import Choice, Cost, Journey, Option

NAME: Final = "choose"

_WHY: Final = {
    "phase_transfer": "needs a place: where they are does not go on to the next year group",
    "waiting": "is waiting for a place",
    "asked_to_move": "could stay; the family asks for a move",
    "staying": "is to stay where they are",
}
_RANKS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    person: Annotated[str, typer.Option(metavar="ID", help="The person, as the area record numbers them.")],
    september: Annotated[
        int | None,
        typer.Option(metavar="YEAR", help="September to place for; the one after the latest return if not given."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Show one child's ranked settings: every test with its evidence, the costs, and what the law asks. It decides nothing."""
    from rightplace.area import store
    from rightplace.cli.screen import say
    from rightplace.places.choose.choose import choose

    choice = choose(store.load(area), person, september=september)
    if json:
        from json import dumps

        from rightplace.places.choose.values import as_values

        typer.echo(dumps(as_values(choice), ensure_ascii=False, indent=2))
    else:
        say(*_lines(choice))


def _lines(choice: Choice) -> Iterator[str]:
    from rightplace.casework.placement import Result
    from rightplace.vocabulary import year_group
    from rightplace.vocabulary.need import Need

    child = choice.child
    needs = [Need.labels().get(code, code) for code in (child.need, child.second_need) if code]
    yield f"{child.person_id}, September {choice.september}: {year_group.label(child.year_group)}, {'; '.join(needs)}"
    yield f"  Now: {child.now or 'nowhere recorded'}. The child or young person {_WHY[child.why]}."
    yield f"  Section F: {', '.join(child.provision) or 'no provision is in the record'}."
    yield f"  Rights: {child.decided_for.label.lower()}."
    yield from _section("What the record does not say", choice.missing)
    yield from _section(
        "Asked for and not in the register of settings",
        [f"{setting}: check its number, or load a register that has it." for setting in choice.not_found],
    )
    for place, option in enumerate(choice.options, start=1):
        yield from ("", *_option(place, option))
    if not choice.options:
        yield from ("", "No setting is left: something known rules out every one.")
    yield from ("", "If no setting is asked for, or the one asked for is not named")
    yield from _law([each for each in choice.if_not_named if each.result is not Result.NOT_REACHED], "  ")
    yield from _section("How far to trust this", choice.doubts)
    left = "; ".join(f"{count} by {test}" for test, count in choice.left_out.items() if count)
    yield from ("", f"Of {choice.bases} bases, ruled out on what is known: {left or 'none'}.")
    yield "This decides nothing. A named person decides, and says why."


def _section(title: str, sentences: list[str] | tuple[str, ...]) -> Iterator[str]:
    if sentences:
        yield from ("", title)
        yield from (f"  {sentence}" for sentence in sentences)


def _option(place: int, option: Option) -> Iterator[str]:
    from rightplace.casework.placement import Result
    from rightplace.vocabulary.setting import SettingKind

    kind = SettingKind.labels().get(option.setting_kind, option.setting_kind)
    yield f"{place}. {option.name} ({kind}){_standing(option)}"
    bars = [test.test.name.lower().replace("_", " ") for test in option.tests if test.bars]
    yield f"   {'Ruled out on what is known by: ' + ', '.join(bars) if bars else 'Nothing known rules it out'}."
    for title, result in (("For", Result.MET), ("Against", Result.NOT_MET), ("Not known", Result.UNKNOWN)):
        yield from (f"   {title}: {test.evidence}" for test in option.tests if test.result is result)
    yield f"   Journey: {_journey(option.journey)}"
    yield f"   Cost: {_cost(option.cost)}"
    for outcome in option.outcomes:
        span = f"{outcome.low:g} to {outcome.high:g}"
        yield f"   Outcome: {outcome.measure} {outcome.value:g} ({span}), {outcome.academic_year}; {outcome.source}"
    if option.to_refuse:
        yield "   To refuse it the authority would have to show one of these:"
        for ground in option.to_refuse:
            yield f"     {ground.ground}. {ground.must_show}"
            yield from (f"       The record says: {sentence}" for sentence in ground.known)
    if option.law:
        yield "   The tests of law, in their order:"
        yield from _law(option.law, "     ")


def _standing(option: Option) -> str:
    if option.preference:
        rank = _RANKS[option.preference - 1] if option.preference <= len(_RANKS) else f"number {option.preference}"
        return f" - the family's {rank} preference"
    return " - where the child is now" if option.now else ""


def _journey(way: Journey) -> str:
    if way.km is None or way.minutes is None or way.mode is None:
        return f"not known. Free transport, were it the nearest suitable: {way.eligible}."
    beside = " and a passenger assistant" if way.assistant and "assistant" not in way.mode.label else ""
    return (
        f"about {way.km:.1f} km and {way.minutes:.0f} minutes each way by {way.mode.label}{beside} (from {way.rests_on}). "
        f"Free transport, were it the nearest suitable: {way.eligible}."
    )


def _cost(cost: Cost) -> str:
    place = "place not known" if cost.place_gbp is None else f"place £{cost.place_gbp:,.0f} ({cost.place_basis})"
    if cost.transport_gbp is None or cost.transport_low_gbp is None or cost.transport_high_gbp is None:
        return f"{place}; transport not known."
    fare = f"transport £{cost.transport_gbp:,.0f} (£{cost.transport_low_gbp:,.0f} to £{cost.transport_high_gbp:,.0f})"
    if cost.total_gbp is None:
        return f"{place}; {fare}."
    more = cost.more_than_cheapest_gbp
    tail = "" if not more else f", £{more:,.0f} {'more' if more > 0 else 'less'} than the cheapest"
    return f"{place} and {fare}: £{cost.total_gbp:,.0f} a year{tail.replace('£-', '£')}."


def _law(outcomes: Sequence[TestOutcome], indent: str) -> Iterator[str]:
    for outcome in outcomes:
        yield f"{indent}[{outcome.result}] {outcome.question} {outcome.reason} ({outcome.ground})"
