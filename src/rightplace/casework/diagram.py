"""The process as Mermaid state diagrams, drawn from the table of transitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rightplace.casework.states import State, Track
from rightplace.casework.transitions import TRANSITIONS, Transition

_TITLES: Final = {
    Track.PLAN: "From the request to the end of the plan",
    Track.REVIEW: "Review and amendment",
    Track.REASSESSMENT: "Re-assessment",
    Track.DISPUTE: "Mediation and appeal",
}
_FIRST: Final = {
    Track.PLAN: State.NO_REQUEST,
    Track.REVIEW: State.NO_REVIEW,
    Track.REASSESSMENT: State.NO_REASSESSMENT,
    Track.DISPUTE: State.NO_DISPUTE,
}


def mermaid() -> str:
    """One Markdown section and diagram for each track. The same table gives the same text."""
    return "\n".join(line for track in Track for line in _section(track)) + "\n"


def _section(track: Track) -> Iterator[str]:
    yield from (f"### {_TITLES[track]}", "", "```mermaid", "stateDiagram-v2")
    for state in State:
        if state.track is track and state is not State.DIED:
            yield f'    state "{_plain(state.label)}" as {state.value}'
    yield f"    [*] --> {_FIRST[track].value}"
    for (source, target), labels in _arrows(track).items():
        yield f"    {source.value} --> {target.value}: {' / '.join(labels)}"
    yield from ("```", "")


def _arrows(track: Track) -> dict[tuple[State, State], list[str]]:
    """Every move from one state to another, with what leads to it.

    Events that leave a state as it is are not drawn, and neither is death, which closes a case wherever it is.
    """
    arrows: dict[tuple[State, State], list[str]] = {}
    for row in TRANSITIONS:
        if row.track is track and row.target not in (None, State.DIED):
            for source in row.sources:
                if source is not row.target and row.target:
                    labels = arrows.setdefault((source, row.target), [])
                    labels += [label for label in [_label(row)] if label not in labels]
    return arrows


def _plain(words: str) -> str:
    """Words without the marks that end a line or a name in Mermaid."""
    return words.replace(";", ",").replace(":", ",")


def _label(row: Transition) -> str:
    label = row.on.event.LABEL
    if row.on.field:
        label += f" ({', '.join(value.label.lower() for value in row.on.values if value is not None)})"
    return label + (" *" if row.guards else "")
