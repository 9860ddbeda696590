"""Where the conditions of the rules come from, in public terms, each written once."""

from __future__ import annotations

from typing import Final

GUIDE: Final = "DfE SEN2 guide and technical specification, read through public XSDs of the return"
MEANING: Final = "Meaning of the item in the DfE SEN2 guide"
OPEN_READER: Final = "Checks of witan.sen2, an open-source reader of SEN2 returns"
OPEN_READER_SAME: Final = "As the rule for plans; checks of witan.sen2, an open-source reader of SEN2 returns"
STATISTICS: Final = "DfE, Education, health and care plans, data guidance"
CENSUS_DAY: Final = "DfE SEN2 survey dates"
COLLECT: Final = "COLLECT practice"
SCHOOL_CENSUS_1510: Final = "DfE school census rule 1510"
SCHOOL_CENSUS_1520: Final = "DfE school census rule 1520"
SCHOOL_CENSUS_1530: Final = "DfE school census rule 1530"
SCHOOL_CENSUS_1575: Final = "DfE school census rule 1575"
SCHOOL_CENSUS_CHARACTERS: Final = "DfE school census rules on characters"
AGE_LIMIT: Final = "Children and Families Act 2014, sections 37 and 46"
ANNUAL_REVIEW: Final = "Children and Families Act 2014, section 44, and the DfE SEN2 guide"
PHASE_TRANSFER: Final = (
    "Special Educational Needs and Disability Regulations 2014, regulation 18, and the DfE SEN2 guide"
)
TIME_LIMITS: Final = "Special Educational Needs and Disability Regulations 2014, regulations 5, 10 and 13"
SCHOOL_AGE: Final = "Education Act 1996, section 8, and the DfE SEN2 guide"
PERSONAL_BUDGET: Final = "Special Educational Needs (Personal Budgets) Regulations 2014, and the DfE SEN2 guide"
PLANS_BEGAN: Final = "Children and Families Act 2014 (Commencement No. 4) Order 2014: plans began on 1 September 2014"
OWN: Final = "Rightplace's own rule, thresholds set beside DfE's 2025 figures"
ONE_REVIEW: Final = "Items 5.4a to 5.4d of the DfE SEN2 guide describe one review"
