"""Which codes may stand in characters 2 to 4 of a UPN, and which in TransferLA and Exported."""

from __future__ import annotations

from typing import Final

from rightplace.vocabulary.authority import AUTHORITIES
from rightplace.vocabulary.codes import TRANSFER_OUTSIDE_LIST


def _codes(first: int, last: int) -> set[str]:
    return {f"{code:03d}" for code in range(first, last + 1)}


WELSH: Final = frozenset(_codes(660, 681))
"""Codes of authorities in Wales. Whether SEN2 takes them in TransferLA and Exported is unverified."""

PSEUDO: Final = frozenset(_codes(1, 5) | _codes(701, 708))
"""Pseudo codes used in UPNs. Source: school census rule 1530, as vendors' help pages give its list."""

FORMER: Final = frozenset({"820", "835", "836", "837", "875", "928"})
"""Codes of authorities that ended before the lists of authorities used elsewhere begin. Same source."""

UPN_AREAS: Final = frozenset(AUTHORITIES) | WELSH | PSEUDO | FORMER
"""Codes accepted in characters 2 to 4 of a UPN."""

OTHER_AUTHORITIES: Final = frozenset(AUTHORITIES) | WELSH | {TRANSFER_OUTSIDE_LIST}
"""Codes accepted for the authority a child moved to or a plan came from."""
