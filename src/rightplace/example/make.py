"""Making the example: a folder with a made-up area's returns, registers and extracts, and the area they load into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area import store
from rightplace.area.files import replace_folder, sha256
from rightplace.area.record import Source, build
from rightplace.errors import UserError
from rightplace.example import words
from rightplace.example.census.returned import return_at
from rightplace.example.extracts import attendance, learning, money, population, pupils, register, staff
from rightplace.example.extracts.placing import placing
from rightplace.example.faults.plant import plant
from rightplace.example.life.record import Life, make_life
from rightplace.example.world import World
from rightplace.progress import Progress, silent
from rightplace.returns.build import area_from_returns
from rightplace.returns.extracts import LIST_SEPARATOR, read_extract
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.sen2.layout import EDITIONS
from rightplace.returns.sen2.reader import read
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_writer import write_xml

FEWEST: Final = 500
MOST: Final = 100_000
FAULTS_FILE: Final = "faults.csv"
README: Final = "README.txt"
MADE_UP: Final = "Everything in this folder is made up."
"""First line of the README: how a folder is known for an example that may be replaced."""

_LIVING, _DRAWING, _WRITING, _LOADING = 7, len(EDITIONS), 2 * len(EDITIONS), 6
_STEPS: Final = _LIVING + _DRAWING + _WRITING + _LOADING
"""Steps of progress: each part of the work, about as long as its share of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """What was made: where, how many plans are in place each January, and how many mistakes were planted."""

    folder: Path
    plans: dict[int, int]
    faults: int

    def sentences(self) -> tuple[str, ...]:
        """What was made, in plain words."""
        first, last = min(self.plans), max(self.plans)
        said = [
            f"{words.AUTHORITY} is in {self.folder}: {self.plans[first]:,} plans in January {first}, "
            f"{self.plans[last]:,} in January {last}.",
            f"Its SEN2 returns are in {self.folder / 'sen2'}, its register of schools in {self.folder / 'gias'}, "
            f"and the area they load into in {self.folder / 'area'}.",
        ]
        if self.faults:
            said.append(f"{self.faults:,} known mistakes are in the returns; {self.folder / FAULTS_FILE} lists them.")
        return tuple(said)


def make_example(
    folder: Path, *, plans: int = 3000, seed: int = 1, faults: int = 0, progress: Progress = silent
) -> ExampleResult:
    """Make the example in a folder, replacing an earlier example there.

    ``plans`` is how many plans are in place in January 2026 (500 to 100,000). The same ``plans``, ``seed`` and ``faults``
    make the same files, byte for byte. The folder appears whole or not at all.

    Raises ``UserError`` where the folder holds something else, or a number is out of range.
    """
    folder = Path(folder)
    _check(folder, plans, seed, faults)
    life = make_life(plans, seed, progress=_part(progress, 0))
    returns = []
    for done, year in enumerate(EDITIONS):
        progress(_LIVING + done, _STEPS, "drawing up returns")
        returns.append(return_at(life, year))
    in_place = {ret.edition: _in_place(ret) for ret in returns}
    listed = None
    if faults:
        returns, listed = plant(returns, faults, seed)
    with replace_folder(folder) as temporary:
        files = _write_returns(temporary / "sen2", returns, _part(progress, _LIVING + _DRAWING))
        gias, extracts = _write_extracts(temporary, life)
        # The files and returns hold all that is needed of the lives, which are large.
        world = life.world
        del life
        if listed is not None:
            listed.write_csv(temporary / FAULTS_FILE)
        (temporary / README).write_text(_readme(plans, seed, faults), encoding="utf-8")
        progress(_STEPS - _LOADING + 1, _STEPS, "loading the area")
        written = [replace(ret, sha256=sha256(path)) for ret, path in zip(returns, files, strict=True)]
        _write_area(temporary, read(files) if faults else written, gias, extracts, world)
        progress(_STEPS - 1, _STEPS, "putting the folder in place")
    progress(_STEPS, _STEPS, "made")
    return ExampleResult(folder=folder, plans=in_place, faults=faults)


def _part(progress: Progress, before: int) -> Progress:
    """Progress of a part of the work that begins after ``before`` steps of the whole."""

    def tell(done: int, asked: int, what: str) -> None:
        progress(before + done, _STEPS, what)

    return tell


def _check(folder: Path, plans: int, seed: int, faults: int) -> None:
    if not FEWEST <= plans <= MOST:
        raise UserError(f"An example has {FEWEST} to {MOST:,} plans, not {plans:,}.", action="Choose a number between.")
    if seed < 0 or faults < 0:
        raise UserError("The seed and the number of faults are whole numbers from 0.", action="Choose others.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError("There is a file of that name.", where=str(folder), action="Name another folder.")
    if any(folder.iterdir()) and not _is_example(folder):
        raise UserError(
            "The folder holds something that is not an example.",
            where=str(folder),
            action="Name an empty folder, a new one, or an earlier example.",
        )


def _is_example(folder: Path) -> bool:
    try:
        return (folder / README).read_text(encoding="utf-8").startswith(MADE_UP)
    except (OSError, UnicodeDecodeError):
        return False


def _in_place(ret: Sen2Return) -> int:
    return ret.tables["namedplan"]["cease_date"].null_count()


def _write_returns(folder: Path, returns: Sequence[Sen2Return], progress: Progress) -> list[Path]:
    folder.mkdir()
    files = [folder / ret.source for ret in returns]
    for done, (ret, path) in enumerate(zip(returns, files, strict=True)):
        progress(2 * done, _WRITING, f"writing {path.name}")
        write_xml(ret, path)
    progress(_WRITING, _WRITING, "writing extracts")
    return files


def _write_extracts(folder: Path, life: Life) -> tuple[Path, list[Path]]:
    """Write the register of schools and every other extract, and give their paths."""
    schools = register.register(life)
    gias = folder / "gias" / register.FILE
    gias.parent.mkdir()
    schools.write_csv(gias)
    numbers = schools.select(pl.col("URN", "NumberOfPupils").cast(pl.Int64))
    terms = pupils.terms_at_school(life)
    tables = {
        "population": population.population(life.world.plans),
        "neighbourhoods": life.world.land.neighbourhoods(),
        "postcodes": life.world.land.postcode_table(),
        "staff": staff.staff(life, dict(numbers.iter_rows())),
        "costs": money.costs(),
        "budget": money.budget(life.world.plans),
        "attendance": attendance.attendance(life, terms),
        "learning": learning.learning(life, terms),
    }
    for name, frame in tables.items():
        frame.write_csv(folder / f"{name}.csv")
    return gias, [folder / f"{name}.csv" for name in tables]


def _write_area(
    folder: Path, returns: Sequence[Sen2Return], gias: Path, extracts: Sequence[Path], world: World
) -> None:
    """Load the area, make the tables that name its people by the numbers they have there, and save it with those."""
    settings, source = read_gias(gias)
    sources: list[Source] = [source]
    tables = {}
    for path in extracts:
        extract = read_extract(path)
        tables[extract.table] = extract.frame
        sources.append(extract.source)
    postcodes = tables.pop("postcodes")
    area = area_from_returns(
        returns, settings=settings, postcodes=postcodes, extra=tables, sources=sources, name=words.AUTHORITY
    )
    more = [read_extract(path) for path in _write_placing(folder, placing(world, area))]
    whole = build(
        la_code=area.la_code,
        name=area.name,
        tables={**area.tables, **{extract.table: extract.frame for extract in more}},
        lineage=(*area.lineage, *(extract.source for extract in more)),
    )
    store.save(whole, folder / "area")


def _write_placing(folder: Path, tables: Mapping[str, pl.DataFrame]) -> list[Path]:
    """Write tables whose lists are joined by semicolons, and give their paths."""
    for name, frame in tables.items():
        lists = [column for column, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
        frame.with_columns(pl.col(lists).list.join(LIST_SEPARATOR)).write_csv(folder / f"{name}.csv")
    return [folder / f"{name}.csv" for name in tables]


def _readme(plans: int, seed: int, faults: int) -> str:
    planted = f"\n{FAULTS_FILE} lists the mistakes planted in the returns.\n" if faults else ""
    return f"""{MADE_UP}

{words.AUTHORITY} is not a place. Its people, schools, numbers and postcodes are nobody's; any likeness is chance.
Its rates follow published figures for England: docs/methods/example-area.md gives each with its source.

sen2/            SEN2 person-level returns, January 2023 to 2026
gias/            register of schools, in the columns of Get Information about Schools
population.csv   residents by single year of age, with a projection
neighbourhoods.csv, postcodes.csv   where people live
staff.csv, costs.csv, budget.csv    posts, the cost of a place, the high needs budget
attendance.csv, learning.csv        pupils of a sample of schools, with and without plans
bases.csv, provision.csv            places for pupils with plans, and what section F of each plan names
families.csv, preferences.csv       brothers and sisters, and the settings families ask for next September
setting_outcomes.csv                how settings' pupils attend, set against pupils like them
area/            the area record that the files load into
{planted}
Made by: rightplace example DIR --plans {plans} --seed {seed} --faults {faults}
"""
