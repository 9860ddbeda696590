"""Charts as values: what is plotted, with no colour, size or drawing in them.

A number that may not be shown is None: it leaves a gap that the drawing marks, and is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An observed number in a year."""

    year: int
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An expected number in a year: the ends of the range that 8 in 10 futures fall in, and its middle."""

    year: int
    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """Observed numbers, then expected ones with their range, over the years."""

    observed: tuple[Point, ...]
    expected: tuple[Span, ...]
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """The same fan for several things, each with its own title and scale."""

    panels: tuple[tuple[str, Fan], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a chart of ranges: the number now, and what is expected."""

    label: str
    now: int | None
    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """For each label, the number now and the range expected later, side by side."""

    rows: tuple[Row, ...]
    now: str
    later: str
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """As :class:`Ranges`, for labels that have an order along which a reader looks, such as year groups."""

    rows: tuple[Row, ...]
    now: str
    later: str
    units: str
    along: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A number of something, which counts no people."""

    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars under several titles, on one scale from nought. ``main`` is the label that stands out."""

    panels: tuple[tuple[str, tuple[Bar, ...]], ...]
    main: str
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on a map: metres east and north (OSGB36), what kind it is of, and how many people it stands for.

    ``label`` is written beside it where it is not empty.
    """

    easting: float
    northing: float
    kind: str
    people: int | None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """People who go from one point to another, in metres east and north."""

    start: tuple[float, float]
    end: tuple[float, float]
    people: int
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """Homes, settings and the flows between them. ``outside`` flows leave the area and are drawn apart.

    ``kinds`` lists the kinds of setting in the order of the key.
    """

    homes: tuple[Spot, ...]
    settings: tuple[Spot, ...]
    flows: tuple[Flow, ...]
    kinds: tuple[str, ...]
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """Choices set out by what each costs and what each gives: label, place along, height."""

    points: tuple[tuple[str, float, float], ...]
    along: str
    up: str
    main: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one thing adds (or, below nought, takes away): the mean, and the range that 8 in 10 futures fall in.

    ``hidden`` says that they may not be shown.
    """

    label: str
    low: int | None
    mean: int | None
    high: int | None

    @property
    def hidden(self) -> bool:
        """Whether any of the numbers may not be shown."""
        return None in (self.low, self.mean, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Parts that add to a number or take away from it, to either side of nought."""

    parts: tuple[Part, ...]
    units: str


Chart = Fan | Panels | Ranges | Profile | Bars | Map | Scatter | Signed
