"""``rightplace assign``: September's cohort to places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    import polars as pl

    from rightplace.area.record import Area
    from rightplace.places.assign.placements import Placements

NAME: Final = "assign"


def run(
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Folder of the area record.")],
    september: Annotated[int, typer.Option(metavar="YEAR", help="The September to place for.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="NAME=NUMBER,...",
            help="Weigh the aims instead of taking them in order: unplaced, preference, sibling, km, minutes, gbp.",
        ),
    ] = None,
    pin: Annotated[
        list[str] | None, typer.Option(metavar="PERSON=SETTING/BASE", help="Put this person there. Repeat for more.")
    ] = None,
    bar: Annotated[
        list[str] | None, typer.Option(metavar="PERSON=SETTING/BASE", help="Never put this person there.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[SETTING/BASE=]PLACES | none",
            help="Keep places for late arrivals, at one base or at every one; as many as a forecast expects if not given.",
        ),
    ] = None,
    decided: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Day places are decided, like 2027-02-15: who joins after it arrives late. The last January census if not given.",
        ),
    ] = None,
    stable: Annotated[
        bool, typer.Option("--stable", help="Also write the stable alternative and the dial between the two.")
    ] = False,
    seed: Annotated[
        int, typer.Option(min=0, help="Of the forecast of late arrivals, and of the lots in the stable alternative.")
    ] = 1,
    publish: Annotated[
        bool, typer.Option("--publish", help="Protect small numbers in the report, for readers outside the service.")
    ] = False,
) -> None:
    """Suggest a place for everyone who needs one, with the reason for each."""
    from rightplace.area import store
    from rightplace.area.files import require_writable
    from rightplace.cli import assign_keep as keeping
    from rightplace.cli.screen import Shown, say, table
    from rightplace.places.assign import changes
    from rightplace.places.assign import weights as stated
    from rightplace.places.assign.run import assign

    points = None if weights is None else stated.from_text(weights)
    pins = tuple(changes.from_text(text) for text in pin or ())
    bars = tuple(changes.from_text(text) for text in bar or ())
    kept, since = keeping.kept(keep or []), keeping.decided(decided)
    require_writable(out / "assignments.csv")
    record = store.load(area)
    with Shown() as progress:
        late, why = keeping.expected(record, september, since, seed, progress) if kept is None else (None, "")
        found = assign(
            record, september=september, weights=points, pins=pins, bars=bars, kept=kept, late=late, progress=progress
        )
        _write(found, out)
        _report(record, found, out, september=september, publish=publish)
        said = _write_stable(found, out, seed) if stable else []
    table(_summary(found), f"Places for September {september}")
    proof = found.certificate()
    say(
        *found.notes,
        *([why] if why else []),
        "No plan is better by the aims as stated: checked apart from the solver."
        if proof.proved
        else f"The plan is not proved the best: it may be {proof.gap:,} from it.",
        *said,
        "This is a suggestion: a named person decides each place.",
        f"Written: {out / 'report.html'}, {out / 'assignments.csv'} and the files beside them.",
    )


def _write(found: Placements, out: Path) -> None:
    from rightplace.report.csv_files import placements

    for name, frame in placements(found).items():
        _csv(frame, out / f"{name}.csv")


def _report(record: Area, found: Placements, out: Path, *, september: int, publish: bool) -> None:
    """The report as a page and as a workbook."""
    from rightplace.report import html, placement_report, workbook

    made = placement_report.build(record, found, september=september, publish=publish)
    html.write(made, out / "report.html")
    workbook.write(made, out / "report.xlsx")


def _write_stable(found: Placements, out: Path, seed: int) -> list[str]:
    from rightplace.places.assign.alternative import alternative, dial_frame, turned

    other, dial = alternative(found, seed=seed), dial_frame(turned(found, seed=seed))
    _csv(other.assignments, out / "stable.csv")
    _csv(dial, out / "dial.csv")
    unit = "pounds a year" if found.plan.asked.weights is None else "points"
    elsewhere = int((~other.assignments["same"]).sum())
    return [
        f"Stable alternative: {len(other.blocking)} pairs of a child and a base would both rather have each other. "
        f"{elsewhere} children would be elsewhere; it costs {dial['above_best'][-1]:,} {unit} more than the cheapest plan."
    ]


def _csv(frame: pl.DataFrame, path: Path) -> None:
    from rightplace.area.files import replace_file

    with replace_file(path) as temporary:
        frame.write_csv(temporary)


def _summary(found: Placements) -> pl.DataFrame:
    """Counts by need, and of everyone."""
    import polars as pl

    return (
        found.fairness.filter(pl.col("dimension").is_in(["all", "need"]))
        .select(
            pl.col("value").alias("need"),
            "children",
            "placed",
            "first_choice",
            "any_choice",
            "with_choice",
            pl.col("km_median").round(1),
        )
        .sort("children", descending=True, maintain_order=True)
    )
