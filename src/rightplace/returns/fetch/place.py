"""Where one edition of a file is to be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EES_URL: Final = "https://api.education.gov.uk/statistics/v1"
"""The public interface of explore education statistics (documented by DfE)."""

DATA_CATALOGUE_URL: Final = "https://explore-education-statistics.service.gov.uk"
"""The site whose data set pages each give the address of their CSV file (printed on each page)."""

LISTING_URL: Final = "https://content.explore-education-statistics.service.gov.uk/api"
"""What that site's own pages read their lists from (open, but not documented by DfE for others)."""

NOMIS_URL: Final = "https://www.nomisweb.co.uk/api/v01/dataset"
"""Nomis, the Office for National Statistics' service of official labour market and population statistics."""

GIAS_URL: Final = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public"
"""The daily files of Get Information about Schools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The services asked, each without a final slash."""

    ees: str = EES_URL
    data_catalogue: str = DATA_CATALOGUE_URL
    listing: str = LISTING_URL
    nomis: str = NOMIS_URL
    gias: str = GIAS_URL


SERVICES: Final = Addresses()
"""The publishers' own services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The address of one edition of a file.

    ``identity`` names the edition exactly: a file fetched with the same identity is the same file. It is "" when
    nothing says so. ``last_resort`` marks an edition that may not be the latest: it never replaces a file that
    was fetched from elsewhere. ``trouble`` is what stood in the way of a better place, "" for nothing known.
    """

    url: str
    edition: str
    identity: str
    last_resort: bool = False
    trouble: str = ""

    @property
    def note(self) -> str:
        """What the reader should know about the edition, "" for nothing."""
        if not self.last_resort:
            return ""
        why = f" ({self.trouble})" if self.trouble else ""
        return (
            f"The service's lists did not lead to a file that could be used{why}. "
            f"This is {self.edition}, from an address known beforehand; there may be a newer edition."
        )
