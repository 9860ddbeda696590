"""``rightplace fetch``: published files brought over the internet to a folder that the readers of statistics can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rightplace.area.files import replace_file
from rightplace.calendar import clock
from rightplace.errors import CancelledByUser, DataError, RefusedError, UserError
from rightplace.progress import Progress, silent
from rightplace.returns.fetch import manifest, residents, schools_register
from rightplace.returns.fetch.arrived import Contents, examine, unpack
from rightplace.returns.fetch.catalogue import DataSet, Residents, Source, choose
from rightplace.returns.fetch.client import Client, NotThereError
from rightplace.returns.fetch.manifest import Held
from rightplace.returns.fetch.partial import Partial, Validators
from rightplace.returns.fetch.patience import Patience
from rightplace.returns.fetch.place import SERVICES, Addresses, Place
from rightplace.returns.fetch.result import FetchResult, Outcome, Status
from rightplace.returns.fetch.statistics_service import StatisticsService
from rightplace.returns.fetch.transfer import Transfer, Watch, bring


def fetch(
    folder: Path,
    *,
    on: date,
    sources: Sequence[str] | None = None,
    addresses: Addresses = SERVICES,
    patience: Patience | None = None,
    progress: Progress = silent,
) -> FetchResult:
    """Bring the published files to ``folder``, leaving those that are already current.

    ``on`` is today; ``sources`` are names or groups of the catalogue (all of it when None); ``addresses`` are those
    of the services, or of a copy. Each file is checked and then put in place in one step, with a table in
    ``fetch.toml``; one that fails leaves the file of an earlier fetch as it was and does not stop the others.
    Progress is in hundredths of a file.

    Raises ``UserError`` for an unknown source or an unreadable ``fetch.toml``, and ``CancelledByUser`` from
    ``progress``: what has arrived by then is kept.
    """
    chosen = choose(sources)
    client = Client(patience or Patience())
    run = _Run(folder, client, StatisticsService(client, addresses), addresses, on, manifest.read(folder))
    outcomes = []
    for index, source in enumerate(chosen):
        progress(index * 100, len(chosen) * 100, source.title)
        outcomes.append(run.outcome(source, _watch(progress, index, len(chosen), source.title)))
    progress(len(chosen) * 100, len(chosen) * 100, "done")
    return FetchResult(folder=folder, outcomes=tuple(outcomes))


@dataclass(frozen=True, slots=True)
class _Run:
    folder: Path
    client: Client
    service: StatisticsService
    addresses: Addresses
    on: date
    held: dict[str, Held]

    def outcome(self, source: Source, watch: Watch) -> Outcome:
        """How ``source`` fared. Raises nothing but ``CancelledByUser``."""
        held = self.held.get(source.name)
        if held is not None and not (self.folder / held.file).is_file():
            held = None
        try:
            self._refuse_foreign(source, held)
            return self._first_that_serves(source, held, watch)
        except CancelledByUser:
            raise
        except UserError as error:
            return _bad(source, held, error)
        except OSError as error:
            what = f"A file could not be read or written: {(error.strerror or str(error)).lower()}."
            action = "Check that you may read and write this folder."
            return _bad(source, held, UserError(what, where=str(error.filename or self.folder), action=action))

    def _refuse_foreign(self, source: Source, held: Held | None) -> None:
        target = self.folder / source.file
        if held is not None and held.whole(self.folder):
            return
        if target.exists():
            why = "was not fetched" if held is None else "has been changed since it was fetched"
            raise RefusedError(
                f"There is already a file {source.file}, which {why}, so it was left as it is.",
                where=str(target),
                action="Move it away, or fetch to another folder.",
            )

    def _first_that_serves(self, source: Source, held: Held | None, watch: Watch) -> Outcome:
        trouble: UserError | None = None
        for place in self._places(source):
            if place.last_resort and held is not None and held.url != place.url:
                # The file held was found through a list, and may be newer than this edition.
                raise trouble or _cannot_tell(place)
            try:
                return self._from(place, source, held, watch)
            except (NotThereError, DataError) as error:
                # What is wrong with a file that was there is worth more to the reader than that another was not.
                if trouble is None or isinstance(trouble, NotThereError):
                    trouble = error
        raise trouble or NotThereError(
            "There is nowhere to look for this file.", action="Tell the makers of Rightplace."
        )

    def _places(self, source: Source) -> Iterator[Place]:
        if isinstance(source.origin, DataSet):
            return self.service.places(source.origin)
        if isinstance(source.origin, Residents):
            return iter([residents.place(source.origin, self.on, self.addresses)])
        return schools_register.places(source.origin, self.on, self.addresses)

    def _from(self, place: Place, source: Source, held: Held | None, watch: Watch) -> Outcome:
        if held is not None and place.identity and place.identity == held.identity:
            return self._keep(source, held, place)
        same_address = held is not None and held.url == place.url
        known = Validators(etag=held.etag, last_modified=held.last_modified) if held and same_address else None
        target = self.folder / source.file
        sent = bring(self.client, place.url, target, largest=source.largest, known=known, watch=watch)
        if sent is None:
            assert held is not None  # noqa: S101 - "not modified" answers a question only asked of a held file
            return self._keep(source, held, place)
        contents = _settle(sent, target, source, place, self.on)
        return self._record(source, place, sent, contents, held)

    def _record(self, source: Source, place: Place, sent: Transfer, contents: Contents, before: Held | None) -> Outcome:
        same = before is not None and before.sha256 == contents.sha256
        self.held[source.name] = Held(
            file=source.file,
            url=place.url,
            edition=place.edition,
            identity=place.identity,
            when=clock.now().isoformat(timespec="seconds"),
            sha256=contents.sha256,
            rows=contents.rows,
            etag=sent.validators.etag,
            last_modified=sent.validators.last_modified,
        )
        manifest.write(self.folder, self.held)
        note = f"{place.note} {contents.note}".strip()
        if before is not None and contents.rows * 2 < before.rows:
            note = f"{note} It has {contents.rows:,} rows; the file it replaced had {before.rows:,}.".strip()
        return _good(source, Status.CURRENT if same else Status.FETCHED, self.held[source.name], note)

    def _keep(self, source: Source, held: Held, place: Place) -> Outcome:
        return _good(source, Status.CURRENT, held, place.note)


def _settle(sent: Transfer, target: Path, source: Source, place: Place, on: date) -> Contents:
    with replace_file(target) as temporary:
        try:
            unpack(sent.path, temporary, coding=sent.coding, largest=source.largest, url=place.url)
            contents = examine(temporary, source.columns, url=place.url)
            if isinstance(source.origin, Residents):
                note = residents.reshape(temporary, on, url=place.url)
                contents = replace(examine(temporary, residents.COLUMNS, url=place.url), note=note)
        except DataError:
            # It is whole and not what was asked for: carrying on with it would give the same again.
            Partial(target).discard()
            raise
    Partial(target).discard()
    return contents


def _cannot_tell(place: Place) -> UserError:
    why = f" ({place.trouble})" if place.trouble else ""
    return UserError(
        f"Whether there is a newer edition could not be found out{why}.", action="Run the command again later."
    )


def _bad(source: Source, held: Held | None, error: UserError) -> Outcome:
    return Outcome(
        source=source.name,
        title=source.title,
        file=source.file,
        status=Status.FAILED,
        edition=held.edition if held else "",
        rows=held.rows if held else None,
        what=error.what,
        where=error.where,
        action=error.action,
    )


def _good(source: Source, status: Status, held: Held, note: str) -> Outcome:
    return Outcome(
        source=source.name,
        title=source.title,
        file=source.file,
        status=status,
        edition=held.edition,
        rows=held.rows,
        note=note,
    )


def _watch(progress: Progress, index: int, count: int, title: str) -> Watch:
    def watch(here: int, end: int | None) -> None:
        share = min(99, here * 100 // end) if end else 0
        of = f" of {end / 1e6:,.1f}" if end else ""
        progress(index * 100 + share, count * 100, f"{title}: {here / 1e6:,.1f}{of} MB")

    return watch
