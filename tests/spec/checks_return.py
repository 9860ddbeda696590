"""A small return in which no rule fails, and ways to spoil it: shared by the tests of the checks.

The records are flat: ``tables[name]`` is a list of dicts of text, each with ``"above"``, the place of its parent.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import polars as pl

from rightplace.area.tables import BY_NAME as AREA_TABLES
from rightplace.calendar.census import census_day
from rightplace.returns.sen2.frames import schema
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.record import Problem, Sen2Return
from rightplace.vocabulary.identifier import make_uln, make_upn

Record = dict[str, Any]
Tables = dict[str, list[Record]]

OWN_LA = "302"
FIRST_LINE = 3
CHILDREN = {table.name: [below.name for below in TABLES if below.parent == table.name] for table in TABLES}


def header(y: int) -> Record:
    return {
        "collection": "SEN2",
        "year": str(y),
        "reference_date": str(census_day(y)),
        "source_level": "L",
        "lea": OWN_LA,
        "software_code": "Test",
        "release": "1",
        "serial_no": "001",
        "date_time": f"{y}-02-20T09:30:00",
        "dmo": "Y",
        "dco": "N",
        "dsco": "R",
    }


def setting(rank: str = "1", **items: str) -> Record:
    flags = {"sen_unit_indicator": "0", "resourced_provision_indicator": "0"} if "urn" in items else {}
    return {"placement_rank": rank, **flags, **items}


def somebody(name: str, born: str, **items: str) -> Record:
    codes = {"sex": "M", "gender_current": "1", "ethnicity": "WBRI", "postcode": "ZZ1 1ZZ"}
    return {"surname": name, "forename": "Sam", "birth_date": born, **codes, **items}


def request(received: str, outcome: str, decided: str | None = None, **items: Any) -> Record:
    told = {"request_outcome_date": decided, "request_mediation": "0", "request_tribunal": "0"} if decided else {}
    return {"received_date": received, "request_source": "2", "rya": "0", "request_outcome": outcome, **told, **items}


def assessed(outcome: str, on: str | None = None, **items: Any) -> Record:
    names = ("assessment_mediation", "assessment_tribunal", "other_mediation", "other_tribunal")
    told = {"assessment_outcome_date": on, **dict.fromkeys(names, "0")} if on else {}
    return {"assessment_outcome": outcome, **told, **items}


def _people(p: int) -> list[Record]:
    """Eight people of the year ``p`` before the census, each a different way through the process."""
    started = f"{p}-06-20"
    new_plan = {"start_date": started, "pb": "0", "oa": "0", "plandetail": [setting(urn="100001")]}
    old_plan = {
        "start_date": f"{p - 3}-11-05", "plan_res": "A", "pb": "1", "oa": "0", "dp": "E", "plandetail": [setting(urn="100002")],
    }  # fmt: skip
    ceased_plan = {
        "start_date": f"{p - 5}-01-22", "plan_wbp": "S", "pb": "0", "oa": "0", "cease_date": f"{p}-10-31",
        "cease_reason": "4", "plandetail": [setting(ukprn="10099999")],
    }  # fmt: skip
    open_ended = {
        "start_date": f"{p - 4}-05-05", "pb": "0", "plandetail": [setting(sen_setting="OTH", sen_setting_other="a school")],
    }  # fmt: skip
    history = {"request_outcome": "H"}
    placements = [
        setting(urn="100003", entry_date=f"{p - 3}-11-15", leaving_date=f"{p}-07-22", attendance_pattern="FT") | {"sen_unit_indicator": "1"},
        setting(urn="100002", entry_date=f"{p}-09-02", attendance_pattern="FT", res="A"),
        setting("2", sen_setting="OLA", entry_date=f"{p}-09-15", attendance_pattern="PT"),
    ]  # fmt: skip
    return [
        somebody("New", f"{p - 8}-03-09", upn=make_upn("302", "1000", 2020, 0), requests=[request(
            f"{p}-02-03", "Y", f"{p}-03-14",
            assessment=[assessed("Y", started, week20="0", namedplan=[new_plan])],
            activeplans=[{
                "placementdetail": [setting(urn="100001", entry_date=f"{p}-09-03", attendance_pattern="FT")],
                "senneed": [need("SLCN"), need("SEMH", "2")],
            }],
        )]),
        somebody("Mover", f"{p - 11}-03-21", upn=make_upn("302", "1000", 2020, 1), requests=[history | {
            "assessment": [assessed("H", namedplan=[old_plan])],
            "activeplans": [{
                "res": "A", "review_meeting": f"{p}-11-11", "review_outcome": "A", "review_draft": f"{p}-12-05",
                "phase_transfer_due_date": f"{p}-02-15", "phase_transfer_final_date": f"{p}-02-12",
                "last_review": f"{p}-12-05", "placementdetail": placements, "senneed": [need("ASD")],
            }],
        }]),
        somebody("Leaver", f"{p - 21}-05-30", uln=make_uln(0), requests=[history | {
            "assessment": [assessed("H", namedplan=[ceased_plan])],
            "activeplans": [{
                "transfer_la": "202", "wbp": "S", "senneed": [need("MLD")],
                "placementdetail": [
                    setting(ukprn="10099999", entry_date=f"{p - 1}-09-05", leaving_date=f"{p}-10-31", wbp="S")
                ],
            }],
        }]),
        somebody("Asker", f"{p - 3}-08-31", upn_unknown="UN1", ethnicity="NOBT", requests=[
            request(f"{p}-01-20", "N", f"{p}-02-27", request_mediation="1"),
            request(f"{p}-12-15", "A", request_source="3"),
        ]),
        somebody("Waiter", f"{p - 10}-01-05", upn=make_upn("302", "1000", 2020, 2), requests=[
            request(f"{p}-10-01", "Y", f"{p}-11-10", assessment=[assessed("A")]),
        ]),
        somebody("Refused", f"{p - 9}-01-05", upn=make_upn("302", "1000", 2020, 3), requests=[
            request(f"{p}-03-01", "Y", f"{p}-04-10", assessment=[assessed("N", f"{p}-06-10")]),
        ]),
        somebody("Neet", f"{p - 17}-01-10", upn=make_upn("302", "1000", 2020, 4), requests=[history | {
            "assessment": [assessed("H", namedplan=[open_ended])],
            "activeplans": [{
                "review_meeting": f"{p}-10-01", "review_outcome": "M", "last_review": f"{p}-10-20",
                "placementdetail": [setting(sen_setting="NEET", entry_date=f"{p}-09-01")], "senneed": [need("SEMH")],
            }],
        }]),
        somebody("Gone", f"{p - 7}-01-10", upn=make_upn("302", "1000", 2020, 5), requests=[
            request(f"{p}-04-01", "Y", f"{p}-05-10", exported="330"),
        ]),
    ]  # fmt: skip


def need(code: str, rank: str = "1") -> Record:
    return {"sen_type": code, "sen_type_rank": rank}


def clean_tables(edition: int) -> Tables:
    """The records of a return in which no rule fails."""
    tables: Tables = {table.name: [] for table in TABLES}
    add(tables, "sen2", header(edition), above=None)
    for person in _people(edition - 1):
        add(tables, "person", person, above=0)
    for table in TABLES:
        for record in tables[table.name]:
            for item in table.items:
                if not item.in_edition(edition):
                    record.pop(item.name, None)
    return tables


def add(tables: Tables, table: str, record: Record, *, above: int | None) -> int:
    """Put a record and the records nested in it at the end of their tables. Gives the place of the record."""
    record = deepcopy(record)
    nested = {name: record.pop(name, []) for name in CHILDREN[table]}
    tables[table].append({**record, "above": above})
    place = len(tables[table]) - 1
    for name, records in nested.items():
        for below in records:
            add(tables, name, below, above=place)
    return place


def branch(tables: Tables, table: str, place: int) -> Record:
    """A record with the records under it nested in it, as :func:`add` takes it."""
    record = {name: text for name, text in tables[table][place].items() if name != "above"}
    for name in CHILDREN[table]:
        record[name] = [branch(tables, name, at) for at, below in enumerate(tables[name]) if below["above"] == place]
    return deepcopy(record)


def drop(tables: Tables, table: str, place: int) -> None:
    """Take out a record and all under it, and close the ranks."""
    for name in CHILDREN[table]:
        for at in reversed([at for at, below in enumerate(tables[name]) if below["above"] == place]):
            drop(tables, name, at)
        for below in tables[name]:
            below["above"] -= below["above"] > place
    del tables[table][place]


def make_return(tables: Tables, edition: int, *, lines: bool = True, problems: tuple[Problem, ...] = ()) -> Sen2Return:
    """The frames of a return. Every record gets a line of its own, in the order of the tables."""
    line = FIRST_LINE
    frames = {}
    for table in TABLES:
        above = None if table.parent is None else f"{table.parent}_row"
        records = tables[table.name]
        data: dict[str, list[Any]] = {name: [record.get(name) for record in records] for name in schema(table)}
        data["row"] = list(range(len(records)))
        data["line"] = list(range(line, line + len(records))) if lines else [0] * len(records)
        if above is not None:
            data[above] = [record["above"] for record in records]
        line += len(records)
        frames[table.name] = pl.DataFrame(data, schema=schema(BY_NAME[table.name]))
    return Sen2Return(edition=edition, source="test.xml", sha256="", tables=frames, problems=problems)


def listed_settings(*changes: Record) -> pl.DataFrame:
    """The settings of the clean return as a list of settings; each change is laid over the row with its URN."""
    plain = {"setting_kind": "mainstream", "gias_type": 1, "la_code": OWN_LA, "needs": []}
    rows = {urn: {"setting_id": urn, "urn": urn, **plain} for urn in ("100001", "100002", "100003")}
    rows["100003"]["unit_capacity"] = 10
    for change in changes:
        rows[change["urn"]] = {**rows.get(change["urn"], {"setting_id": change["urn"], **plain}), **change}
    shape = AREA_TABLES["settings"].schema
    return pl.DataFrame([{name: row.get(name) for name in shape} for row in rows.values()], schema=shape)
