"""A case written by hand: a small YAML or JSON file of its events and exemptions, read with every mistake named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_type_hints

import yaml

from rightplace.casework.deadlines import RULE
from rightplace.casework.events import EVENTS, Event
from rightplace.casework.exemptions import Exemption
from rightplace.errors import DataError, UserError
from rightplace.vocabulary.term import Term

# Everything is read as text: in YAML 1.1 an unquoted "on" means true, and a day that does not exist stops the whole file.
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_YES_NO: Final = {"true": True, "yes": True, "false": False, "no": False}
_EVENT_WORDS: Final = {"on": "day", "date": "day", "by": "recorded_by"}
_EXEMPTION_WORDS: Final = {"from": "starts", "to": "ends", "reason": "ground", "decided by": "decided_by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What a case file holds: the case's name, the date of birth if given, the events and the exemptions."""

    name: str
    born: date | None
    events: tuple[Event, ...]
    exemptions: tuple[Exemption, ...]


def read(path: Path) -> CaseFile:
    """A case from a YAML or JSON file.

    Raises ``UserError`` where the file cannot be opened, and ``DataError`` that lists every mistake in it: an event nobody
    knows (with the nearest names), a fact that is missing or unknown, a date that is not one.
    """
    contents = _parse(path)
    if not isinstance(contents, Mapping) or not isinstance(contents.get("events"), list):
        raise DataError(
            "A case file has a list called “events”.",
            where=str(path),
            action="See “See the clock of a case” in the documentation for an example.",
        )
    wrong = [f"{key!r} is not known here" for key in contents if key not in ("case", "born", "events", "exemptions")]
    born = _value("born", contents.get("born"), date | None, wrong)
    events = [_event(place, entry, wrong) for place, entry in enumerate(contents["events"], start=1)]
    listed = contents.get("exemptions") or []
    if not isinstance(listed, list):
        wrong.append("“exemptions” is not a list")
        listed = []
    held = [_exemption(place, entry, wrong) for place, entry in enumerate(listed, start=1)]
    if wrong:
        many = "a mistake" if len(wrong) == 1 else f"{len(wrong)} mistakes"
        raise DataError(f"The case file has {many}.", where=str(path), action="Mend: " + "; ".join(wrong) + ".")
    return CaseFile(
        name=str(contents.get("case", path.stem)),
        born=born,
        events=tuple(event for event in events if event),
        exemptions=tuple(exemption for exemption in held if exemption),
    )


def as_date(text: object) -> date | None:
    """A date from a date or from text like 2026-01-05; None when it is neither."""
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    if not isinstance(text, str) or len(text.strip()) != len("2026-01-05"):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _parse(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"The file cannot be read ({error.strerror}).", where=str(path), action="Check its name and folder."
        ) from None
    except UnicodeDecodeError:
        raise DataError("The file is not text in UTF-8.", where=str(path), action="Save it as UTF-8.") from None
    try:
        return json.loads(text) if path.suffix.lower() == ".json" else yaml.load(text, Loader=_Loader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        kind = "JSON" if path.suffix.lower() == ".json" else "YAML"
        raise DataError(
            f"The file is not {kind} ({' '.join(str(error).split())}).", where=str(path), action="Mend that place."
        ) from None


def _event(place: int, entry: object, wrong: list[str]) -> Event | None:
    where = f"event {place}"
    if not isinstance(entry, Mapping) or "event" not in entry:
        wrong.append(f"{where} has no “event”, which says what happened")
        return None
    name = _name(entry["event"])
    if name not in EVENTS:
        near = [known.replace("_", " ") for known in get_close_matches(name, EVENTS, n=3)]
        wrong.append(f"{where}: no event is called {entry['event']!r}" + _did_you_mean(near))
        return None
    facts = {_fact(key, _EVENT_WORDS): value for key, value in entry.items() if key != "event"}
    made = _made(EVENTS[name], facts, f"{where} ({name.replace('_', ' ')})", wrong)
    return made if isinstance(made, Event) else None


def _exemption(place: int, entry: object, wrong: list[str]) -> Exemption | None:
    where = f"exemption {place}"
    if not isinstance(entry, Mapping):
        wrong.append(f"{where} is not a list of facts")
        return None
    facts = {_fact(key, _EXEMPTION_WORDS): value for key, value in entry.items()}
    facts["deadline"] = _name(facts.get("deadline", ""))
    if facts["deadline"] not in RULE:
        near = get_close_matches(facts["deadline"], RULE, n=3)
        wrong.append(f"{where}: no deadline is called {facts['deadline']!r}" + _did_you_mean(near))
    made = _made(Exemption, facts, where, wrong)
    return made if isinstance(made, Exemption) else None


def _made(kind: type[Event] | type[Exemption], facts: dict[str, Any], where: str, wrong: list[str]) -> object:
    """A value of a class from its facts; None, with the mistakes noted, where a fact is missing or not understood."""
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name in _fields(kind)}
    mistakes: list[str] = []
    for name in facts:
        if name not in hints:
            mistakes.append(f"{name!r} is not known here" + _did_you_mean(get_close_matches(name, hints, n=2)))
    values = {name: _value(name, facts[name], hints[name], mistakes) for name in facts if name in hints}
    missing = [name for name, required in _fields(kind).items() if required and name not in facts]
    mistakes += [f"“{name}” is missing" for name in missing]
    wrong += [f"{where}: {mistake}" for mistake in mistakes]
    return None if mistakes else kind(**values)


def _fields(kind: type[Event] | type[Exemption]) -> dict[str, bool]:
    """The facts of a class, and whether each must be given."""
    return {item.name: item.default is MISSING and item.default_factory is MISSING for item in fields(kind)}


def _value(name: str, given: object, hint: Any, wrong: list[str]) -> Any:
    kinds: Sequence[Any] = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if given in (None, "") and NoneType in kinds:
        return None
    kind = next(kind for kind in kinds if kind is not NoneType)
    if kind is date:
        day = as_date(given)
        if day is None:
            wrong.append(f"“{name}” is {given!r}, which is not a date like 2026-01-05")
        return day
    if issubclass(kind, Term):
        return _term(name, given, kind, wrong)
    if kind is bool:
        answer = _YES_NO.get(str(given).strip().lower())
        if answer is None:
            wrong.append(f"“{name}” is {given!r}, which is neither true nor false")
        return answer
    return str(given)


def _term(name: str, given: object, kind: type[Term], wrong: list[str]) -> Term | None:
    text = str(given).strip().casefold()
    for term in kind:
        if text in (
            term.value.casefold(),
            term.name.casefold().replace("_", " "),
            term.name.casefold(),
            term.label.casefold(),
        ):
            return term
    known = [term.name.lower().replace("_", " ") for term in kind]
    near = get_close_matches(text, known, n=1)
    wrong.append(f"“{name}” is {given!r}" + (_did_you_mean(near) or f"; it is one of {', '.join(known)}"))
    return None


def _fact(key: object, words: Mapping[str, str]) -> str:
    text = str(key)
    return words.get(text, text.strip().replace(" ", "_"))


def _name(text: object) -> str:
    return str(text).strip().lower().replace(" ", "_").replace("-", "_")


def _did_you_mean(near: Sequence[str]) -> str:
    return f" (did you mean {' or '.join(near)}?)" if near else ""
