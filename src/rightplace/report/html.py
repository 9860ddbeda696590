"""The report as one page that stands alone: no script, no request to anywhere, charts drawn in."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from rightplace.area.files import replace_file
from rightplace.report.charts.draw import draw
from rightplace.report.model import Figure, Report
from rightplace.report.page import environment


def render(report: Report) -> str:
    """The page as HTML text. The same report gives the same text."""
    return (
        environment()
        .get_template("report.html.j2")
        .render(report=report, pictures=_pictures(report), made=f"{report.made.day} {report.made:%B %Y}")
    )


def write(report: Report, path: Path) -> None:
    """Write the page, replacing an older one in one step. Raises ``UserError`` where it cannot be written."""
    text = render(report)
    with replace_file(path) as part:
        part.write_text(text, encoding="utf-8")


def _pictures(report: Report) -> dict[str, Markup]:
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    return {
        # The picture is made here from our own numbers, and its texts are escaped by the XML writer.
        figure.key: Markup(  # noqa: S704
            draw(figure.chart, key=f"{figure.key}-chart", title=figure.title, description=figure.reading)
        )
        for figure in figures
    }
