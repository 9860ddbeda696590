"""How the numbers were made and where they stop being good, in words."""

from __future__ import annotations

from rightplace.report.inputs import Forecast
from rightplace.report.model import Block, Bullets, Para, Section
from rightplace.report.phrase import spell_small

_LIMITS = (
    "A forecast says what follows if recent rates go on, with the ups and downs seen so far. It does not know of a "
    "change in law, funding or practice that has not happened yet.",
    "Small groups are uncertain. Their ranges are wide because little has been seen of them.",
    "Parts are summarised one by one, so the middles of the parts need not add up to the middle of the total.",
    "The counts are only as good as the returns they come from: see what was refused, and what the checks found.",
    "No decision about a child or young person follows from this report. Such decisions are made by named people.",
)
_PROTECTED = (
    "This version is protected for publication: very small counts are replaced by c, others are hidden where they would "
    "give a small one away, all are rounded to the nearest 5, and changes and shares are worked out from the rounded "
    "numbers. Forecast numbers follow the same rule, though they count no real people."
)


def section(forecast: Forecast, *, publish: bool) -> Section:
    """The forecast's own account of its method, and its limits."""
    parts = [" ".join(part.split()) for part in forecast.method.split("\n\n") if part.strip()]
    told: list[Block] = [Para(text=spell_small(part) if publish else part) for part in parts]
    limits = (*_LIMITS, _PROTECTED) if publish else _LIMITS
    return Section(
        key="method", heading="How the numbers were made, and their limits", blocks=(*told, Bullets(items=limits))
    )
