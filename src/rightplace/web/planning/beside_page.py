"""Runs of one kind set beside one another: what was asked differently, what each says, and its main numbers year by year."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.disclosure.published import MARKS
from rightplace.web.planning import results
from rightplace.web.planning.models import Run
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may

MOST: Final = 4
_MARKED: Final = tuple(f"{mark}:" for mark in MARKS.values())
_ENDS: Final = ("low", "middle", "high")
_TABLES: Final[dict[str, dict[int, str]]] = {
    "side-by-side-table": {
        **dict(zip((4, 5, 6), _ENDS, strict=True)),
        **dict(zip((7, 8, 9), (f"difference it makes, {end}" for end in _ENDS), strict=True)),
    },
    "total-table": dict(zip((2, 3, 4), _ENDS, strict=True)),
    "sufficiency-years": dict(zip((5, 6, 7), _ENDS, strict=True)),
    "budget": {1: "children, mean", 3: "places", 4: "new places"},
    "fairness-need": {1: "children", 2: "with a place", 4: "first choice met"},
}
"""The table that stands for a run, the first that it has, and the words for those of its columns that are shown."""


@page("planning.see")
def beside(request: HttpRequest) -> HttpResponse:
    """Two to four finished runs of one kind, as this person may see them; or why they cannot be set beside one another."""
    exact = bool(may(request.user, "planning.exact"))
    wanted = [int(text) for text in request.GET.getlist("run") if text.isdecimal() and len(text) < 10]
    runs = list(Run.objects.filter(pk__in=wanted, state=Run.State.DONE).order_by("pk")[: MOST + 1])
    trouble = _trouble(runs)
    told = [(run, results.page(run, exact=exact)) for run in runs] if not trouble else []
    context = {
        "trouble": trouble,
        "exact": exact,
        "runs": [run for run, _ in told],
        "heads": [(run, _headline(sections)) for run, sections in told],
        "asked": _asked([run for run, _ in told]),
        "table": _table(told),
        "paired": len({(run.area, run.seed, run.futures, run.years) for run, _ in told}) == 1,
    }
    return render(request, "planning/beside.html", context)


def _trouble(runs: list[Run]) -> str:
    if not 2 <= len(runs) <= MOST:
        return f"Choose from two to {MOST} that are finished."
    if len({run.kind for run in runs}) > 1:
        return "Choose runs of one kind: a forecast cannot be set beside a plan of places."
    return ""


def _asked(runs: list[Run]) -> list[list[str]]:
    """What was asked differently, a row a question; the rest is the same in all."""
    every = [dict(run.asked) for run in runs]
    names = list(dict.fromkeys(name for facts in every for name in facts))
    rows = [[name, *(facts.get(name, "") for facts in every)] for name in names]
    texts = {run.scenario for run in runs}
    return [row for row in rows if len(set(row[1:])) > 1 or (row[0] == "Scenario" and len(texts) > 1)]


def _headline(sections: list[dict[str, Any]]) -> str:
    """The sentence to read if only one is read."""
    found = (
        block["text"] for one in sections for block in one["blocks"] if block["kind"] == "para" and block["strong"]
    )
    return next(found, "")


def _table(told: list[tuple[Run, list[dict[str, Any]]]]) -> dict[str, Any] | None:
    """The main tables of the runs as one, with the rows that all of them have."""
    found = [main for _, sections in told if (main := _main(sections))]
    if not found or len(found) < len(told):
        return None
    cells = [{str(row[0]): [row[column] for column in words] for row in table["rows"]} for table, words in found]
    first = found[0][0]
    rows = [
        [row[0], *(cell for one in cells for cell in one[str(row[0])])]
        for row in first["rows"]
        if all(str(row[0]) in one for one in cells)
    ]
    heads = [
        f"{run.title} ({run.pk}): {word}"
        for (run, _), (_, words) in zip(told, found, strict=True)
        for word in words.values()
    ]
    kept = [note for note in first["notes"] if all(note in table["notes"] for table, _ in found)]
    marks = {note for table, _ in found for note in table["notes"] if note.startswith(_MARKED)}
    return {
        "title": first["title"], "units": first["units"], "columns": [first["columns"][0], *heads], "rows": rows,
        "notes": [*kept, *sorted(marks - set(kept))], "source": first["source"],
        "numbers": list(range(1, 1 + len(heads))), "on_page": True,
    }  # fmt: skip


def _main(sections: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[int, str]] | None:
    tables = {
        block["table"]["key"]: block["table"] for one in sections for block in one["blocks"] if "table" in block
    }  # fmt: skip
    return next(((tables[key], words) for key, words in _TABLES.items() if key in tables), None)
