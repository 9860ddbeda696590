"""The questions of fact that the tests of law ask, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its name in ``PlacementFacts`` (or of the setting asked for), its words and its law.

    ``of_setting``: about the setting asked for, so it does not arise where the family asked for none.
    """

    name: str
    words: str
    law: str
    of_setting: bool = False


_39: Final = "section 39"
QUESTIONS: Final = (
    Question(name="approved", words="Is it on the list of section 41?", law="section 41", of_setting=True),
    Question(
        name="place_offered", words="Has it offered a place?", law="asked of a setting outside section 38(3)", of_setting=True
    ),
    Question(
        name="consulted", words="Were it, and the authority that maintains it, consulted?", law=f"{_39}(2)", of_setting=True
    ),
    Question(
        name="unsuitable", words="Is it unsuitable for the age, ability, aptitude or special educational needs?",
        law=f"{_39}(4)(a)", of_setting=True,
    ),
    Question(
        name="against_others", words="Would attendance be incompatible with the efficient education of others?",
        law=f"{_39}(4)(b)(i)", of_setting=True,
    ),
    Question(
        name="against_resources", words="Would attendance be incompatible with the efficient use of resources?",
        law=f"{_39}(4)(b)(ii)", of_setting=True,
    ),
    Question(name="educated_in_setting", words="Is the education to be in a setting at all?", law="sections 33(1) and 61"),
    Question(name="cost_met_elsewhere", words="Is the cost met by someone else than the authority?", law="section 33(6)"),
    Question(
        name="mainstream_against_wishes", words="Does the family wish for other than mainstream education?",
        law="section 33(2)(a)",
    ),
    Question(
        name="mainstream_against_others",
        words="Is mainstream education incompatible with the efficient education of others?", law="section 33(2)(b)",
    ),
    Question(
        name="steps_in_area", words="Are there reasonable steps in the area that could prevent that?", law="section 33(3)"
    ),
    Question(
        name="steps_at_setting", words="Are there reasonable steps at the mainstream setting that could prevent that?",
        law="section 33(4); leave it open where no one setting is in question",
    ),
    Question(
        name="wishes_inefficient", words="Are the parent's wishes incompatible with efficient instruction and training?",
        law="Education Act 1996, section 9",
    ),
    Question(
        name="wishes_cost_unreasonable", words="Would they mean unreasonable public expenditure?",
        law="Education Act 1996, section 9",
    ),
    Question(name="appropriate", words="Is what the authority would name appropriate?", law="sections 39(5) and 40(2)"),
)  # fmt: skip
"""Sections are of the Children and Families Act 2014 where no other Act is named."""
