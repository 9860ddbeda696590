"""What else the law asks before something may happen, each with the reason that is given when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.casework import conditions
from rightplace.casework.events import Event
from rightplace.casework.history import History

Test = Callable[[History, Event | None, date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A condition, and why an event that does not meet it is refused, for officers and for families.

    ``test`` takes the history, the event (None when only asking what could happen, with facts unknown) and the day;
    it is true when the condition is met or cannot be judged without the event's facts.
    """

    reason: str
    family: str
    basis: str
    test: Test


_REGULATIONS: Final = "SEND Regulations 2014"
_ACT: Final = "Children and Families Act 2014"

ADVICE_ASKED_FOR: Final = Guard(
    reason="No advice was asked for from this adviser.",
    family="We have not asked for this advice yet.",
    basis=f"{_REGULATIONS}, regulation 8(1)",
    test=conditions.advice_asked_for,
)
THREE_AGREE: Final = Guard(
    reason="Earlier advice is used again only when its provider, the authority and the family all say it is sufficient.",
    family="We can only use an old report if you, its writer and we all agree.",
    basis=f"{_REGULATIONS}, regulation 6(4)",
    test=conditions.three_agree,
)
NOT_FAMILY_ADVICE: Final = Guard(
    reason="The family's own advice is always asked for; only that of advisers (b) to (h) may be used again.",
    family="We must always ask you for your own views.",
    basis=f"{_REGULATIONS}, regulation 6(4)",
    test=conditions.not_family_advice,
)
NO_SETTING_IN_DRAFT: Final = Guard(
    reason="A draft plan must not name a setting or a type of setting, so Section I stays blank.",
    family="A draft must not name a school, so that you can say which one you want.",
    basis=f"{_ACT}, section 38(5)",
    test=conditions.no_setting_in_draft,
)
FAMILY_HAS_HAD_ITS_SAY: Final = Guard(
    reason="The family has 15 days, beginning with the day of service, and has not yet said that it has no more to say.",
    family="You still have time to tell us what you think.",
    basis=f"{_REGULATIONS}, regulations 13(1) and 22(2)(c)",
    test=conditions.family_has_had_its_say,
)
SETTING_CONSULTED: Final = Guard(
    reason="The setting to be named was not consulted.",
    family="We must ask a school before we name it in the plan.",
    basis=f"{_ACT}, sections 39(2) and 40(3)",
    test=conditions.setting_consulted,
)
ANSWERS_A_CONSULTATION: Final = Guard(
    reason="This setting was not consulted.",
    family="We have not asked this school or college yet.",
    basis=f"{_ACT}, sections 39(2) and 40(3)",
    test=conditions.answers_a_consultation,
)
REASSESSING: Final = Guard(
    reason="A plan is in force, and no re-assessment is under way for which this could be.",
    family="There is already a plan, and no new assessment is going on.",
    basis=f"{_REGULATIONS}, regulations 26 and 27",
    test=conditions.reassessing,
)
DRAFT_WITH_FAMILY: Final = Guard(
    reason="No draft plan and no proposed amendments are with the family.",
    family="You have no draft to comment on right now.",
    basis=f"{_REGULATIONS}, regulations 13(1), 22(2) and 27(1)",
    test=conditions.draft_with_family,
)
MUST_RECONSIDER: Final = Guard(
    reason="The decision was made; it is made again only when the case was sent back to be reconsidered.",
    family="We have already told you this.",
    basis=f"{_REGULATIONS}, regulation 43(2)(d)",
    test=conditions.must_reconsider,
)
AMENDMENT_IN_HAND: Final = Guard(
    reason="No amendments were proposed, ordered, agreed or conceded, and no re-assessment led to a draft.",
    family="We must show you the changes before we make them.",
    basis=f"{_REGULATIONS}, regulations 22(2), 27 and 28",
    test=conditions.amendment_in_hand,
)
MEETING_AHEAD: Final = Guard(
    reason="The day of the meeting is in the past.",
    family="That day is over.",
    basis=f"{_REGULATIONS}, regulation 20(3)",
    test=conditions.meeting_ahead,
)
MOVED_IN: Final = Guard(
    reason="No plan was transferred here from another authority.",
    family="You did not move here with a plan.",
    basis=f"{_REGULATIONS}, regulation 15(4)",
    test=conditions.moved_in,
)
MOVE_KNOWN: Final = Guard(
    reason="No move out of the area is recorded, or its day has not come.",
    family="You have not moved yet.",
    basis=f"{_REGULATIONS}, regulation 15(2)",
    test=conditions.move_known,
)
BOTH_CONSULTED: Final = Guard(
    reason="Both the family and the setting named in the plan must be consulted first.",
    family="We must ask you and the school or college first.",
    basis=f"{_REGULATIONS}, regulation 31(1)",
    test=conditions.both_consulted,
)
GROUND_FITS_AGE: Final = Guard(
    reason="This ground needs an age that the date of birth does not show: 18 for having left education, 25 for age alone.",
    family="The plan cannot end for this reason at this age.",
    basis=f"{_REGULATIONS}, regulations 29 and 30; {_ACT}, sections 45 and 46",
    test=conditions.ground_fits_age,
)
LEAVER_REVIEWED: Final = Guard(
    reason="A review must first find that the young person does not wish, or that it is not appropriate, to return.",
    family="We must first hold a review and ask if you want to go back to learning.",
    basis=f"{_REGULATIONS}, regulation 30(1)",
    test=conditions.leaver_reviewed,
)
OUTCOMES_CONSIDERED: Final = Guard(
    reason="From 19, whether the education and training outcomes were achieved must be considered first.",
    family="We must first look at what you have achieved.",
    basis=f"{_ACT}, section 45(3)",
    test=conditions.outcomes_considered,
)
HOLD_OVER: Final = Guard(
    reason="The plan is kept until the time to appeal has passed or the appeal is decided.",
    family="The plan stays while you can still challenge the decision.",
    basis=f"{_ACT}, section 45(4)",
    test=conditions.hold_over,
)
OLD_ENOUGH_FOR_RIGHTS: Final = Guard(
    reason="Rights pass after the end of compulsory school age, which needs the date of birth and has not been shown.",
    family="This happens after the last Friday in June of Year 11.",
    basis=f"{_ACT}, section 83(2); Education Act 1996, section 8",
    test=conditions.old_enough_for_rights,
)
DECISION_TO_CHALLENGE: Final = Guard(
    reason="There is no decision on this subject that can be appealed.",
    family="There is no decision to challenge.",
    basis=f"{_ACT}, section 51(2)",
    test=conditions.decision_to_challenge,
)
CERTIFICATE_NOT_NEEDED: Final = Guard(
    reason="An appeal needs a mediation certificate unless it is only about the setting, or the tribunal permits it.",
    family="You first need a certificate from the mediation adviser.",
    basis=f"{_ACT}, section 55",
    test=conditions.certificate_not_needed,
)
APPEAL_IN_TIME: Final = Guard(
    reason="The time to appeal has passed, and no permission of the tribunal is recorded.",
    family="The time to appeal is over. You can still ask the tribunal to let you.",
    basis="SI 2008/2699, rules 12 and 20",
    test=conditions.appeal_in_time,
)
ORDER_FITS_APPEAL: Final = Guard(
    reason="The tribunal cannot make this order on the appeal that is before it.",
    family="The tribunal cannot decide this in your appeal.",
    basis=f"{_REGULATIONS}, regulation 43(2)",
    test=conditions.order_fits_appeal,
)
CONCEDES_THE_APPEAL: Final = Guard(
    reason="The subject is not that of the appeal before the tribunal.",
    family="Your appeal is about something else.",
    basis=f"{_REGULATIONS}, regulation 45(1)",
    test=conditions.concedes_the_appeal,
)
