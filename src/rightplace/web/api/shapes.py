"""What the API gives, as types: they are checked on the way out and written into its description."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class Trouble(Schema):
    """Why a request was refused, and whom to ask."""

    reason: str
    ask: str = ""


class CaseLine(Schema):
    """A case in a list."""

    reference: str
    name: str = Field(description="Name of the child or young person")
    born: date | None
    setting: str = Field(description="Where they are now; empty where it is nowhere or not known")
    officer: str
    stage: str = Field(description="Where the case is, in words")
    next_due: date | None = Field(description="The first day on which something the law asks for is due")
    ended: bool
    version: int = Field(description="Number of the last event")


class CaseList(Schema):
    """Some of the cases, by reference."""

    found: int = Field(description="How many cases fit")
    cases: list[CaseLine]
    after: str | None = Field(description="Give this as `after` to have the next ones; null at the end")


class DeadlineLine(Schema):
    """A deadline that is open."""

    reference: str
    rule: str
    title: str
    about: str = Field(description="Whom or what it is of, where there are several; a code")
    owner: str = Field(description="Who owes it; a code")
    duty: bool = Field(description="Whether the law asks for it, and not good practice alone")
    excused: bool = Field(description="Whether an exemption is on record")
    started: date
    due: date | None


class DeadlineList(Schema):
    """Open deadlines, the soonest first."""

    found: int
    deadlines: list[DeadlineLine]


class Owed(Schema):
    """Something that a school or college owes, or a review that is coming."""

    title: str
    due: date


class PupilLine(Schema):
    """A child or young person with a case, at the school of the account."""

    reference: str
    name: str
    born: date | None
    upn: str = Field(description="Unique pupil number; empty where it is not known")
    setting: str
    stage: str = Field(description="Where the case is, in words")
    owed: list[Owed] = Field(description="What the school owes, and the next review, the soonest first")


class PupilList(Schema):
    """Some of the children and young people, by reference."""

    found: int
    pupils: list[PupilLine]
    after: str | None = Field(description="Give this as `after` to have the next ones; null at the end")


class EventLine(Schema):
    """An event of a case, as it was recorded."""

    number: int
    kind: str
    label: str
    day: date | None = Field(description="null where the day is not known")
    facts: dict[str, object]
    struck_out: bool
    recorded_by: str
    recorded_at: datetime


class WholeCase(CaseLine):
    """A case with its events and open deadlines."""

    deadlines: list[DeadlineLine]
    events: list[EventLine]
