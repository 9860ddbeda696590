"""The files of a run that has finished: pages and downloads, once with every number and once with published figures."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from rightplace.area.files import replace_folder

if TYPE_CHECKING:
    from rightplace.web.planning.models import Run
    from rightplace.web.planning.working.made import Made


def folder(run: Run) -> Path:
    """Where the files of a run are."""
    return Path(settings.MEDIA_ROOT) / "runs" / str(run.pk)


def keep(run: Run, made: Made) -> None:
    """Write all files of a run, or none of them. Raises ``UserError`` where the disk does not take them."""
    from rightplace.web.planning.shown import as_page
    from rightplace.web.planning.working.made import as_tables

    with replace_folder(folder(run)) as part:
        part.chmod(0o700)
        for name, sections in (("exact", made.exact), ("published", made.published)):
            (part / f"{name}.json").write_text(json.dumps(as_page(sections)), encoding="utf-8")
        (part / "exact.zip").write_bytes(_zipped(made.files, run, published=False))
        (part / "published.zip").write_bytes(_zipped(as_tables(made.published), run, published=True))


def page(run: Run, *, exact: bool) -> list[dict[str, Any]]:
    """The sections of a run for a template; none where its files are gone."""
    from rightplace.web.planning.shown import safe

    file = folder(run) / f"{'exact' if exact else 'published'}.json"
    return safe(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else []


def data(run: Run, *, exact: bool) -> Path | None:
    """The file to download; None where it is gone."""
    file = folder(run) / f"{'exact' if exact else 'published'}.zip"
    return file if file.is_file() else None


def _zipped(files: Mapping[str, str], run: Run, *, published: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr("notes.txt", _notes(run, published=published))
        if run.scenario:
            archive.writestr("scenario.yaml", run.scenario)
    return made.getvalue()


def _notes(run: Run, *, published: bool) -> str:
    asked = "\n".join(f"{question}: {answer}" for question, answer in run.asked)
    marks = (
        "Published figures: very small counts are hidden (c) and the others rounded to the nearest 5; x is not available."
        if published
        else "These files hold exact counts, some of them very small. Keep them inside the authority."
    )
    read = "p10 and p90 (low and high) hold 8 in 10 futures between them; p50 (middle) has as many above it as below."
    same = f"The same area record, seed ({run.seed}) and scenario give the same numbers."
    return "\n".join((f"{run.title}: {run.area}, seed {run.seed}.", asked, marks, read, same)) + "\n"
