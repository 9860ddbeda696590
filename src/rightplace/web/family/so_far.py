"""What has happened, told to a family: the words of each kind of event once it is past ("{child}" as in casework)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SO_FAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "request_received": "Someone asked us to look at what help {child} may need",
        "brought_to_attention": "Someone told us that {child} may need more help",
        "family_consulted": "We asked you what you think",
        "assessment_agreed": "We told you that we would find out what help {child} may need",
        "assessment_refused": "We told you that we would not do an assessment, why, and how you can challenge this",
        "request_withdrawn": "You told us that you did not want this any more",
        "no_longer_responsible": "You moved, so another council took over",
        "rights_passed": "The choices passed to the young person",
        "died": "We closed this record",
        "advice_requested": "We asked people who know {child} for advice",
        "advice_received": "People we asked sent us their advice",
        "advice_reused": "We used a report that we all agreed was still good enough",
        "draft_plan_sent": "We sent you a draft plan to check",
        "representations_received": "You told us what you think of the draft",
        "setting_preferred": "You told us which school or college you want",
        "setting_consulted": "We asked a school or college about a place",
        "setting_answered": "The school or college answered",
        "final_plan_issued": "We sent you the final plan",
        "plan_refused": "We told you that there would be no plan, why, and how you can challenge this",
        "review_meeting_set": "A day was picked for the review meeting",
        "review_invited": "You were asked to the review meeting",
        "review_papers_sent": "The reports were sent to you before the meeting",
        "review_meeting_held": "The meeting about how the plan is going took place",
        "review_report_sent": "The report of the meeting was sent",
        "review_decided": "We told you if the plan stays the same, changes or ends",
        "amendment_notice_sent": "We sent you the changes that we want to make to the plan",
        "amendment_dropped": "We told you that we would not change the plan after all, and how you can challenge this",
        "amended_plan_issued": "We sent you the changed plan",
        "reassessment_requested": "Someone asked us to do the assessment again",
        "reassessment_agreed": "We told you that we would do the assessment again",
        "reassessment_refused": "We told you that we would not do the assessment again, why, and how you can challenge this",
        "phase_transfer_expected": "We noted that {child} will soon move to a new school or college",
        "move_out_learned": "You told us that you are moving to another area",
        "plan_transferred": "We passed the plan to your new council",
        "moved_in": "Your old council passed the plan to us",
        "move_notified": "We wrote to tell you what happens after your move",
        "cease_consulted": "We told you that the plan may end and asked what you think",
        "cease_decided": "We told you that the plan would end, why, and how you can challenge this",
        "cease_dropped": "We told you that the plan would stay",
        "plan_ceased": "The plan ended",
        "mediation_contacted": "You called the mediation adviser",
        "mediation_held": "You and we met with a mediator, who takes no side",
        "certificate_issued": "You got the certificate that you need to appeal",
        "appeal_lodged": "You asked the tribunal to look at our decision",
        "appeal_conceded": "We told the tribunal that we agree with you",
        "appeal_withdrawn": "You stopped your appeal",
        "tribunal_ordered": "The tribunal decided",
    }
)
