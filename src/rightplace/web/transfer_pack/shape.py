"""The shape of a pack: ``case.json`` in a ZIP file, with the documents beside it. Documented in docs/how-to/move-a-plan.md."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

NAME: Final = "rightplace-transfer-pack"
VERSION: Final = 1


def _printable(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in text):
        raise ValueError("holds characters that are not text")
    return text


def _in_time(day: date) -> date:
    if not 1980 <= day.year <= 2100:
        raise ValueError("is not a day of our time")
    return day


Short = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
Long = Annotated[str, Field(max_length=100_000), AfterValidator(_printable)]
Day = Annotated[date, AfterValidator(_in_time)]


class Shape(BaseModel):
    """What all parts have in common: what is not known here is left aside, so that a later version can be read."""

    model_config = ConfigDict(extra="ignore")


class Person(Shape):
    """Who the plan is for, with codes as in the SEN2 return."""

    forename: Annotated[Short, Field(min_length=1, max_length=80)]
    surname: Annotated[Short, Field(min_length=1, max_length=80)]
    born: Day
    sex: Annotated[Short, Field(max_length=2)] = ""
    ethnicity: Annotated[Short, Field(max_length=8)] = ""
    postcode: Annotated[Short, Field(max_length=12)] = ""
    upn: Annotated[Short, Field(max_length=20)] = ""
    uln: Annotated[Short, Field(max_length=20)] = ""


class Entry(Shape):
    """One entry of a plan. ``ties`` are numbers of other entries of the same version."""

    section: Literal["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]
    number: Annotated[int, Field(ge=1, le=100_000)]
    values: Annotated[dict[Annotated[str, Field(max_length=20)], Long], Field(max_length=12)]
    ties: Annotated[list[Annotated[int, Field(ge=1, le=100_000)]], Field(max_length=500)] = []


class Version(Shape):
    """A version of the plan as it was issued; ``kind`` is the event it was issued with."""

    kind: Literal["draft_plan_sent", "final_plan_issued", "amendment_notice_sent", "amended_plan_issued"]
    day: Day
    entries: Annotated[list[Entry], Field(max_length=2_000)]


class Setting(Shape):
    """The setting that the plan names; ``code`` is its URN, else its UKPRN."""

    name: Short = ""
    code: Annotated[Short, Field(max_length=40)] = ""


class Plan(Shape):
    """The plan: when it was first made, when it was made or last reviewed, what it names, and its versions in order."""

    first_made: Day
    made_or_reviewed: Day
    setting: Setting = Setting()
    versions: Annotated[list[Version], Field(max_length=200)] = []


class Event(Shape):
    """Something that happened there: a kind of ``casework.events``, its day (none where not known) and its facts."""

    event: Annotated[Short, Field(max_length=60)]
    day: Day | None
    facts: dict[str, Any] = {}


class Paper(Shape):
    """Advice, a report of a review, a letter, what the family said, a decision: a title, a day and its text in blocks."""

    group: Short
    title: Short
    day: Day
    by: Short = ""
    blocks: Annotated[list[tuple[Long, Long]], Field(max_length=3_000)] = []


class File(Shape):
    """A document in the folder ``documents``, with the SHA-256 of its content."""

    title: Annotated[Short, Field(max_length=150)]
    file: Annotated[Short, Field(max_length=200)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    for_family: bool = False


class Authority(Shape):
    """The authority that made the pack; ``code`` is DfE's three digits."""

    name: Short
    code: Annotated[Short, Field(pattern=r"^([0-9]{3})?$")] = ""


class Pack(Shape):
    """The whole of ``case.json``."""

    format: Literal["rightplace-transfer-pack"] = NAME
    version: Literal[1] = VERSION
    made_by: Short
    made_on: Day
    authority: Authority
    reference: Short
    moves_on: Day | None = None
    person: Person
    need: Annotated[Short, Field(max_length=8)] = ""
    second_need: Annotated[Short, Field(max_length=8)] = ""
    plan: Plan
    events: Annotated[list[Event], Field(max_length=5_000)] = []
    papers: Annotated[list[Paper], Field(max_length=2_000)] = []
    documents: Annotated[list[File], Field(max_length=400)] = []
