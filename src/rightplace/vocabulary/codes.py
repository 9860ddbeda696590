"""Code lists of the SEN2 person-level return, each code with its label and the item it belongs to."""

from __future__ import annotations

from typing import Final

from rightplace.vocabulary.need import FIRST_EDITION as NEED_FIRST_EDITION
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.term import Term


def _item(number: str) -> str:
    return f"DfE SEN2 person-level return, item {number}"


class Sex(Term):
    """Sex, from the 2024 edition. The 2023 edition has :class:`GenderCurrent` in its place."""

    MALE = "M", "Male", _item("1.4")
    FEMALE = "F", "Female", _item("1.4")


class GenderCurrent(Term):
    """Gender, in the 2023 edition only."""

    NOT_KNOWN = "0", "Not known", _item("1.4") + ", 2023"
    MALE = "1", "Male", _item("1.4") + ", 2023"
    FEMALE = "2", "Female", _item("1.4") + ", 2023"
    NOT_SPECIFIED = "9", "Not specified", _item("1.4") + ", 2023"


class UpnUnknown(Term):
    """Why a person has neither a unique pupil number nor a unique learner number."""

    UNDER_SIX = "UN1", "Under 6 and not yet given a UPN", _item("1.7c")
    NEVER_STATE_FUNDED = "UN2", "Never attended a state-funded school in England", _item("1.7c")
    OUTSIDE_ENGLAND = "UN3", "Educated outside England", _item("1.7c")
    NO_RELIABLE_MATCH = "UN5", "Sources disagree about the person, so no reliable match", _item("1.7c")
    NEW_TO_AUTHORITY = "UN8", "New to the authority within a week of the end of the collection", _item("1.7c")
    NEVER_STATE_FUNDED_POST_16 = (
        "UN9",
        "Young person who never attended a state-funded school or further education in England",
        _item("1.7c"),
    )
    NO_FURTHER_ACTION = "UN10", "Request led to no further action before a number was known", _item("1.7c")


class RequestSource(Term):
    """Who asked for an EHC needs assessment, from the 2025 edition."""

    FAMILY = "1", "Young person or parent", _item("2.2")
    SETTING = "2", "School or other education setting", _item("2.2")
    HEALTH = "3", "Health care professional", _item("2.2")
    SOCIAL_CARE = "4", "Social care professional", _item("2.2")
    OTHER = "5", "Other", _item("2.2")


class RequestOutcome(Term):
    """What was decided about a request for an EHC needs assessment."""

    ASSESS = "Y", "Authority decided to assess", _item("2.5")
    NOT_ASSESS = "N", "Authority decided not to assess", _item("2.5")
    AWAITED = "A", "Decision not yet made", _item("2.5")
    WITHDRAWN = "W", "Withdrawn or ceased before a decision", _item("2.5")
    HISTORICAL = "H", "Decided before the collection period", _item("2.5")


class AssessmentOutcome(Term):
    """What was decided after an EHC needs assessment."""

    ISSUE = "Y", "Authority decided to issue a plan", _item("3.1")
    NOT_ISSUE = "N", "Authority decided not to issue a plan", _item("3.1")
    AWAITED = "A", "Decision not yet made", _item("3.1")
    WITHDRAWN = "W", "Withdrawn or ceased before a decision", _item("3.1")
    HISTORICAL = "H", "Decided before the collection period, or plan transferred in", _item("3.1")


class Residential(Term):
    """Residential provision: named in the plan, or attended."""

    TERMS = "A", "Residential, 38 to 51 weeks a year", _item("4.2 and 5.2")
    ALL_YEAR = "B", "Residential, 52 weeks a year", _item("4.2 and 5.2")


class WorkBased(Term):
    """Work-based learning: named in the plan, or attended."""

    APPRENTICESHIP = "A", "Apprenticeship", _item("4.3 and 5.3")
    TRAINEESHIP = "T", "Traineeship", _item("4.3 and 5.3")
    SUPPORTED_INTERNSHIP = "S", "Supported internship", _item("4.3 and 5.3")


class DirectPayment(Term):
    """What direct payments within a personal budget are for."""

    EDUCATION = "E", "Education", _item("4.4c")
    SOCIAL_CARE = "S", "Social care", _item("4.4c")
    HEALTH = "H", "Health", _item("4.4c")
    INTEGRATED = "I", "A combination of education, health and social care", _item("4.4c")


class CeaseReason(Term):
    """Why a plan ceased, or left the authority."""

    MAXIMUM_AGE = "1", "Reached maximum age", _item("4.6")
    NEEDS_MET = "2", "Needs met without a plan", _item("4.6")
    HIGHER_EDUCATION = "3", "Moved to higher education", _item("4.6")
    EMPLOYMENT = "4", "Moved to paid employment, not an apprenticeship", _item("4.6")
    TRANSFERRED = "5", "Transferred to another authority in England", _item("4.6")
    NOT_ENGAGED = "6", "No longer wishes to engage in education or training", _item("4.6")
    MOVED_OUTSIDE_ENGLAND = "7", "Moved outside England", _item("4.6")
    DIED = "8", "Died", _item("4.6")
    OTHER = "9", "Other", _item("4.6")


class Sen2Setting(Term):
    """Kind of setting or arrangement, where there is no URN or UKPRN."""

    ARRANGED_BY_AUTHORITY = "OLA", "Arranged by the authority, not at school (section 61)", _item("4.7c and 5.7c")
    ARRANGED_BY_FAMILY = "OPA", "Arranged by the parent or young person, not home education", _item("4.7c and 5.7c")
    HOME_EDUCATION = "EHE", "Elective home education", _item("4.7c and 5.7c")
    EARLY_YEARS = "EYP", "Early years provider without a URN", _item("4.7c and 5.7c")
    OTHER = "OTH", "Other, or the plan names a type of setting only", _item("4.7c and 5.7c")
    NOT_IN_EDUCATION_16_TO_25 = "NEET", "Not in education, employment or training, aged 16 to 25", _item("5.7c")
    NOTICE_TO_CEASE = "NIEC", "Not in education or training, notice to cease issued", _item("5.7c")
    NOT_IN_EDUCATION_OTHER = "NIEO", "Not in education or training, other", _item("5.7c")


class AttendancePattern(Term):
    """Full or part time at the placement, in the 2023 edition and at compulsory school age only."""

    FULL_TIME = "FT", "Full time", _item("5.5g (2023)")
    PART_TIME = "PT", "Part time", _item("5.5g (2023)")


class ReviewOutcome(Term):
    """What was decided after an annual review, from the 2024 edition."""

    MAINTAIN = "M", "Maintain the plan as it is", _item("5.4c")
    AMEND = "A", "Amend the plan", _item("5.4c")
    CEASE = "C", "Cease the plan", _item("5.4c")


class OfficerPost(Term):
    """Whether a designated medical, clinical or social care officer is in post."""

    IN_POST = "Y", "In post", "DfE SEN2 person-level return, header"
    NOT_IN_POST = "N", "Not in post", "DfE SEN2 person-level return, header"
    RECRUITING = "R", "Recruiting", "DfE SEN2 person-level return, header"


NAMED_IN_PLAN: Final = frozenset(
    {
        Sen2Setting.ARRANGED_BY_AUTHORITY,
        Sen2Setting.ARRANGED_BY_FAMILY,
        Sen2Setting.HOME_EDUCATION,
        Sen2Setting.EARLY_YEARS,
        Sen2Setting.OTHER,
    }
)
"""The codes of :class:`Sen2Setting` a plan may name; a placement may be any of them."""

TRANSFER_OUTSIDE_LIST: Final = "XXX"
"""Code for an authority that is not in the list, in ``TransferLA`` and ``Exported``."""

LIST_EDITIONS: Final[dict[type[Term], tuple[int, int | None]]] = {
    Sex: (2024, None),
    GenderCurrent: (2023, 2023),
    RequestSource: (2025, None),
    AttendancePattern: (2023, 2023),
    ReviewOutcome: (2024, None),
}
"""Code lists that not every edition has: the first edition with the list, and the last (None: not yet ended)."""


def in_edition(term: Term, edition: int) -> bool:
    """Whether a SEN2 edition (2023 to 2026) knows a code.

    The same letter in two lists is two codes, so ask with the term and not with its text.
    """
    first, last = LIST_EDITIONS.get(type(term), (0, None))
    if isinstance(term, Need):
        first = NEED_FIRST_EDITION.get(term, first)
    return first <= edition and (last is None or edition <= last)
