"""Finding a data set on explore education statistics, the Department for Education's statistics service.

Three ways are tried in turn. The documented public interface comes first; it carries some data sets only. Then the
list that the service's data catalogue pages read, which has every data set of the latest release. Last, the address of
one edition, as its page in the data catalogue gives it.

Source: the interface's documentation, https://api.education.gov.uk/statistics/docs/, and the service's published
program, https://github.com/dfe-analytical-services/explore-education-statistics (July 2026).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from rightplace.errors import UserError
from rightplace.returns.fetch.answer import Record, ask, pages, unknown_shape
from rightplace.returns.fetch.catalogue import DataSet, Publication
from rightplace.returns.fetch.client import Client
from rightplace.returns.fetch.place import Addresses, Place

_PUBLICATIONS_PAGE: Final = 40
_DATA_SETS_PAGE: Final = 20
_FILES_PAGE: Final = 40


@dataclass(slots=True)
class StatisticsService:
    """Explore education statistics, with what it has answered remembered for the length of one run."""

    client: Client
    addresses: Addresses
    _publication_ids: dict[str, str] | None = None
    _data_sets: dict[str, list[Record]] = field(default_factory=dict)
    _files: dict[str, list[Record]] = field(default_factory=dict)
    _failed: dict[str, UserError] = field(default_factory=dict)

    def places(self, data_set: DataSet) -> Iterator[Place]:
        """Where the data set may be had, the best place first. The last is a last resort, always there."""
        trouble = ""
        for way in (self._by_interface, self._by_listing):
            try:
                place = way(data_set)
            except UserError as error:
                trouble = error.what
            else:
                if place is not None:
                    yield place
        yield self._by_address(data_set, trouble)

    def _by_interface(self, data_set: DataSet) -> Place | None:
        publication_id = self._known_publications().get(data_set.publication.slug)
        if publication_id is None:
            return None
        url = f"{self.addresses.ees}/data-sets"
        found = _pick(self._published(publication_id), data_set.titles, "")
        if found is None:
            return None
        try:
            if found["status"] == "Deprecated" and found.get("supersedingDataSetId"):
                found = ask(self.client, f"{url}/{quote(found['supersedingDataSetId'])}")
            identifier, version = str(found["id"]), str(found["latestVersion"]["version"])
            detail = ask(self.client, f"{url}/{quote(identifier)}/versions/{quote(version)}")
            return Place(
                url=f"{url}/{quote(identifier)}/csv?dataSetVersion={quote(version)}",
                edition=str(detail["release"]["title"]),
                identity=f"data set {identifier} version {version}",
            )
        except (KeyError, TypeError):
            raise unknown_shape(url) from None

    def _by_listing(self, data_set: DataSet) -> Place | None:
        found = _pick(self._listed(data_set.publication), data_set.titles, data_set.published_file)
        if found is None:
            return None
        try:
            identifier = str(found["id"])
            return Place(
                url=self._catalogue_address(identifier),
                edition=str(found["release"]["title"]),
                identity=f"catalogue {identifier} of {found['lastUpdated']}",
            )
        except (KeyError, TypeError):
            raise unknown_shape(self.addresses.listing) from None

    def _by_address(self, data_set: DataSet, trouble: str) -> Place:
        return Place(
            url=self._catalogue_address(data_set.known_id),
            edition=data_set.known_edition,
            identity="",
            last_resort=True,
            trouble=trouble.rstrip("."),
        )

    def _catalogue_address(self, identifier: str) -> str:
        return f"{self.addresses.data_catalogue}/data-catalogue/data-set/{quote(identifier)}/csv"

    def _known_publications(self) -> dict[str, str]:
        if self._publication_ids is None:
            url = f"{self.addresses.ees}/publications"
            listed = self._once(url, {}, _PUBLICATIONS_PAGE)
            try:
                self._publication_ids = {str(one["slug"]): str(one["id"]) for one in listed}
            except (KeyError, TypeError):
                raise unknown_shape(url) from None
        return self._publication_ids

    def _published(self, publication_id: str) -> list[Record]:
        if publication_id not in self._data_sets:
            url = f"{self.addresses.ees}/publications/{quote(publication_id)}/data-sets"
            self._data_sets[publication_id] = self._once(url, {}, _DATA_SETS_PAGE)
        return self._data_sets[publication_id]

    def _listed(self, publication: Publication) -> list[Record]:
        if publication.id not in self._files:
            parameters = {"publicationId": publication.id, "latestOnly": "true"}
            self._files[publication.id] = self._once(
                f"{self.addresses.listing}/data-set-files", parameters, _FILES_PAGE
            )
        return self._files[publication.id]

    def _once(self, url: str, parameters: dict[str, str], size: int) -> list[Record]:
        # A list that failed is not asked for again for each of a publication's dozen files.
        key = f"{url} {parameters}"
        if key in self._failed:
            raise self._failed[key]
        try:
            return list(pages(self.client, url, parameters, size))
        except UserError as error:
            self._failed[key] = error
            raise


def _pick(listed: Sequence[Record], titles: Sequence[str], file: str) -> Record | None:
    for title in titles:
        for one in listed:
            if _plain(one.get("title")) == _plain(title):
                return one
    named = [one for one in listed if file and one.get("filename") == file]
    return named[0] if len(named) == 1 else None


def _plain(title: object) -> str:
    return " ".join(str(title).casefold().split())
