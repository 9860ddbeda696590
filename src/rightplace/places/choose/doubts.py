"""What the record does not say, and how far its estimates can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.places.choose.choice import Option
from rightplace.places.choose.outcomes import without_range
from rightplace.places.choose.prepare import Prepared
from rightplace.places.fit.outcome import Test, among
from rightplace.places.travel.travel import Basis
from rightplace.vocabulary.need import Need


def missing(ready: Prepared, row: int) -> tuple[str, ...]:
    """Facts of the child that the record lacks, each a sentence that says what it keeps from being tested."""
    known = ready.coded.children.row(row, named=True)
    absent = {
        "No need is recorded on the plan, so no setting can be tested for it.": known["need"] == Need.NOT_RECORDED,
        "The provision that section F names is not in the record.": not known["provision"],
        "The child's home is not known, so neither is any journey.": known["easting"] is None,
        "The child's sex is not recorded.": known["sex"] is None,
        "Whether there are brothers or sisters is not in the record.": known["family_id"] is None,
        "No preference of the family is recorded for this September. Ask: it may have one.": not known["preferences"],
    }
    return tuple(sentence for sentence, is_so in absent.items() if is_so)


def doubts(ready: Prepared, options: Sequence[Option], least: int | None) -> tuple[str, ...]:
    """How far the figures can be trusted. ``least`` is the bit set of doubts about the cheapest option."""
    said = [
        "Suitability is for the named officer to judge, on the advice and the setting's reply: this record holds neither.",
        "Transport is estimated from assumed vehicles and sharing; the way a child would really travel has to be asked.",
    ]
    if any(option.journey.rests_on and option.journey.km is not None for option in options):
        factor = ready.coded.travel.pace.detour
        if ready.coded.ways.table == Basis.STRAIGHT:
            said.append(f"Distances are straight lines made longer by a factor of {factor:g}; the road may differ.")
    if least is not None and least:
        asked = ", ".join(test.name.lower().replace("_", " ") for test in among(least))
        said.append(
            f"Costs are set against the cheapest option with nothing known against it. Not known of it: {asked}."
        )
    if any(
        test.test is Test.PLACES and option.cost.place_gbp is not None for option in options for test in option.tests
    ):
        said.append("The cost of a place is its price for a year; filling a place already paid for may cost less.")
    left = without_range(ready.area["setting_outcomes"], [option.setting_id for option in options])
    if left:
        said.append(f"{left} outcomes of these settings are left out: they come without a range.")
    return tuple(said)
