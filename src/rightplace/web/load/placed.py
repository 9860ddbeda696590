"""Where people are placed and what they need, as the return says it (items 5.7 and 5.8), from what officers recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rightplace.web.load.named import identified
from rightplace.web.load.nested import Record
from rightplace.web.placement.models import Stay


def put_placed(requests: list[Record], stays: Iterable[Stay], answers: Mapping[str, str], period_start: date) -> None:
    """Put placements and needs into the last request with a plan. Placements that were loaded end where one begins here."""
    active = next((one["activeplans"][0] for one in reversed(requests) if one.get("activeplans")), None)
    if active is None:
        return
    held = [stay for stay in stays if stay.leaving is None or stay.leaving >= period_start]
    if held:
        _end(
            active.get("placementdetail", ()),
            min(stay.entry for stay in held if stay.rank == 1) if _main(held) else None,
        )
        active.setdefault("placementdetail", []).extend(
            _placement(stay) for stay in sorted(held, key=lambda one: (one.entry, one.rank))
        )
    needs = [answers[name] for name in ("need", "second_need") if answers.get(name)]
    if needs:
        active["senneed"] = [{"sen_type": code, "sen_type_rank": str(rank)} for rank, code in enumerate(needs, start=1)]


def _main(stays: Iterable[Stay]) -> bool:
    return any(stay.rank == 1 for stay in stays)


def _end(loaded: Iterable[Record], entry: date | None) -> None:
    for one in loaded:
        if entry and one.get("placement_rank") in (None, "1") and not one.get("leaving_date"):
            one["leaving_date"] = max(entry.isoformat(), one.get("entry_date", ""))


def _placement(stay: Stay) -> Record:
    found = identified(stay.setting.code, stay.setting.name) if stay.setting else {"sen_setting": stay.kind}
    if stay.other and not stay.setting:
        found["sen_setting_other"] = stay.other
    found |= {"placement_rank": str(stay.rank), "entry_date": stay.entry.isoformat()}
    if stay.leaving:
        found["leaving_date"] = stay.leaving.isoformat()
    if "urn" in found:
        found["sen_unit_indicator"] = str(int(stay.sen_unit))
        found["resourced_provision_indicator"] = str(int(stay.resourced))
    found |= {name: value for name, value in (("res", stay.residential), ("wbp", stay.work_based)) if value}
    return found
