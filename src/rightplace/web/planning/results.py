"""The files of a run that has finished: pages and downloads, once with every number and once with published figures."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings

from rightplace.area.files import replace_folder

if TYPE_CHECKING:
    from rightplace.forecast.result import Forecast
    from rightplace.forecast.scenario.compare import Comparison
    from rightplace.report.model import Section
    from rightplace.web.planning.models import Run


def folder(run: Run) -> Path:
    """Where the files of a run are."""
    return Path(settings.MEDIA_ROOT) / "runs" / str(run.pk)


def keep(
    run: Run, exact: list[Section], published: list[Section], result: Forecast, both: Comparison | None = None
) -> None:
    """Write all files of a run, or none of them. Raises ``UserError`` where the disk does not take them."""
    from rightplace.web.planning.shown import as_page

    with replace_folder(folder(run)) as part:
        part.chmod(0o700)
        for name, sections in (("exact", exact), ("published", published)):
            (part / f"{name}.json").write_text(json.dumps(as_page(sections)), encoding="utf-8")
        (part / "exact.zip").write_bytes(_zipped(_frames(result, both), run, published=False))
        (part / "published.zip").write_bytes(_zipped(_tables(published), run, published=True))


def page(run: Run, *, exact: bool) -> list[dict[str, Any]]:
    """The sections of a run for a template; none where its files are gone."""
    from rightplace.web.planning.shown import safe

    file = folder(run) / f"{'exact' if exact else 'published'}.json"
    return safe(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else []


def data(run: Run, *, exact: bool) -> Path | None:
    """The file to download; None where it is gone."""
    file = folder(run) / f"{'exact' if exact else 'published'}.zip"
    return file if file.is_file() else None


def _frames(result: Forecast, both: Comparison | None) -> dict[str, str]:
    from rightplace.report.csv_files import write_forecast, write_frame

    with TemporaryDirectory() as name:
        out = Path(name)
        write_forecast(result, out)
        if both is not None:
            for frame in ("summary", "flows", "assumptions"):
                write_frame(getattr(both.scenario, frame), out / f"scenario_{frame}.csv")
            write_frame(both.difference, out / "difference.csv")
        return {file.name: file.read_text(encoding="utf-8") for file in sorted(out.iterdir())}


def _tables(sections: Iterable[Section]) -> dict[str, str]:
    from markupsafe import Markup

    from rightplace.report.page import printed

    files = {}
    for section in sections:
        for table in section.tables():
            said = io.StringIO()
            rows = csv.writer(said, lineterminator="\n")
            rows.writerow([column.name for column in table.columns])
            rows.writerows(
                [
                    str(Markup(printed(cell, column)).striptags())  # noqa: S704 - made plain at once
                    for cell, column in zip(row, table.columns, strict=True)
                ]
                for row in table.rows
            )
            files[f"{table.key}.csv"] = said.getvalue()
    return files


def _zipped(files: dict[str, str], run: Run, *, published: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr("notes.txt", _notes(run, published=published))
        if run.scenario:
            archive.writestr("scenario.yaml", run.scenario)
    return made.getvalue()


def _notes(run: Run, *, published: bool) -> str:
    asked = f"{run.title}: {run.area}, {run.years} years ahead, {run.futures:,} simulated futures, seed {run.seed}."
    marks = (
        "Published figures: very small counts are hidden (c) and the others rounded to the nearest 5; x is not available."
        if published
        else "These files hold exact counts, some of them very small. Keep them inside the authority."
    )
    read = "p10 and p90 (low and high) hold 8 in 10 futures between them; p50 (middle) has as many above it as below."
    same = "The same area record, seed and scenario give the same numbers."
    return "\n".join((asked, marks, read, same)) + "\n"
