"""The words of the process: who acts, who advises, what can be appealed, ordered or ended."""

from __future__ import annotations

from rightplace.vocabulary.term import Term

_REGULATIONS = "SEND Regulations 2014 (SI 2014/1530)"
_ACT = "Children and Families Act 2014"
_OWN = "Rightplace"


class Owner(Term):
    """Who has the next move, or owes what is due."""

    AUTHORITY = "authority", "Local authority", _OWN
    OLD_AUTHORITY = "old_authority", "Local authority the family leaves", _OWN
    NEW_AUTHORITY = "new_authority", "Local authority the family moves to", _OWN
    FAMILY = "family", "Parent or young person", _OWN
    ADVISER = "adviser", "Adviser", _OWN
    SETTING = "setting", "School, college or other setting", _OWN
    MEDIATION_ADVISER = "mediation_adviser", "Mediation adviser", _OWN
    TRIBUNAL = "tribunal", "First-tier Tribunal", _OWN
    NOBODY = "nobody", "Nobody", _OWN


class Adviser(Term):
    """Whose advice and information an EHC needs assessment must seek: regulation 6(1)(a) to (h)."""

    FAMILY = "family", "Child's parent or the young person", _REGULATIONS + ", regulation 6(1)(a)"
    EDUCATION = "education", "Head teacher, principal or other educator", _REGULATIONS + ", regulation 6(1)(b)"
    HEALTH = "health", "Health care professional", _REGULATIONS + ", regulation 6(1)(c)"
    PSYCHOLOGIST = "psychologist", "Educational psychologist", _REGULATIONS + ", regulation 6(1)(d)"
    SOCIAL_CARE = "social_care", "Social care", _REGULATIONS + ", regulation 6(1)(e)"
    OTHER = "other", "Anyone else the authority thinks appropriate", _REGULATIONS + ", regulation 6(1)(f)"
    ADULTHOOD = "adulthood", "Preparation for adulthood, from Year 9", _REGULATIONS + ", regulation 6(1)(g)"
    ASKED_FOR = "asked_for", "A person the family reasonably asks for", _REGULATIONS + ", regulation 6(1)(h)"


class AppealSubject(Term):
    """The decisions that can be appealed to the First-tier Tribunal."""

    NOT_ASSESS = "not_assess", "Decision not to assess", _ACT + ", section 51(2)(a)"
    NO_PLAN = "no_plan", "Decision not to issue a plan", _ACT + ", section 51(2)(b)"
    CONTENT = "content", "Needs or special educational provision in the plan", _ACT + ", section 51(2)(c)(i) and (ii)"
    SETTING = "setting", "Setting named, or none named", _ACT + ", section 51(2)(c)(iii) and (iv)"
    NOT_REASSESS = "not_reassess", "Decision not to re-assess", _ACT + ", section 51(2)(d)"
    NOT_AMEND = "not_amend", "Decision not to amend or replace the plan", _ACT + ", section 51(2)(e)"
    CEASE = "cease", "Decision to cease the plan", _ACT + ", section 51(2)(f)"


class OrderKind(Term):
    """What the First-tier Tribunal can order: regulations 43 and 44."""

    ASSESS = "assess", "Make an assessment", _REGULATIONS + ", regulation 44(2)(b)"
    REASSESS = "reassess", "Make a re-assessment", _REGULATIONS + ", regulation 44(2)(b)"
    MAKE_PLAN = "make_plan", "Make and maintain a plan", _REGULATIONS + ", regulation 44(2)(c)"
    RECONSIDER = "reconsider", "Reconsider whether a plan is necessary", _REGULATIONS + ", regulation 44(2)(d)"
    AMEND = "amend", "Amend the contents of the plan", _REGULATIONS + ", regulation 44(2)(e)"
    NAME_SETTING = "name_setting", "Amend the setting named in the plan", _REGULATIONS + ", regulation 44(2)(f)"
    CONTINUE = "continue", "Continue the plan", _REGULATIONS + ", regulation 44(2)(g)"
    CONTINUE_AND_AMEND = "continue_and_amend", "Continue and amend the plan", _REGULATIONS + ", regulation 44(2)(h)"
    DISMISS = "dismiss", "Dismiss the appeal", _REGULATIONS + ", regulation 43(2)(a)"
    DISMISS_CEASE = "dismiss_cease", "Dismiss an appeal against ceasing", _REGULATIONS + ", regulation 44(2)(a)"


class CeaseGround(Term):
    """Why a plan may cease: section 45, with regulations 29 and 30."""

    MOVED_OUTSIDE_ENGLAND = "moved_outside_england", "Moved permanently outside England", _ACT + ", section 45(1)(a)"
    PAID_WORK = "paid_work", "In paid work other than an apprenticeship", _ACT + ", section 45(1)(a)"
    HIGHER_EDUCATION = "higher_education", "In higher education", _ACT + ", section 45(1)(a)"
    LEFT_EDUCATION = "left_education", "Left education and does not wish to return", _REGULATIONS + ", regulation 30"
    MAXIMUM_AGE = "maximum_age", "Reached 25", _ACT + ", sections 45(1)(a) and 46"
    NOT_NECESSARY = "not_necessary", "The plan is no longer necessary", _ACT + ", section 45(1)(b)"


class PhaseMove(Term):
    """Moves between phases of education for which a plan must be reviewed and amended."""

    POST_16 = "post_16", "Secondary school to a post-16 institution", _REGULATIONS + ", regulation 18(1)(a)"
    OTHER_PHASE = "other_phase", "Any other move between phases", _REGULATIONS + ", regulation 18(1)(b)"
    BETWEEN_POST_16 = "between_post_16", "One post-16 institution to another", _REGULATIONS + ", regulation 18(2)"


class RightsHolder(Term):
    """Who makes decisions, is consulted and may appeal."""

    PARENT = "parent", "Child's parent", _ACT + ", section 83 and Part 3"
    YOUNG_PERSON = "young_person", "Young person", _ACT + ", section 83(2), with section 80 on mental capacity"
