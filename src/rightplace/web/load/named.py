"""The setting that a plan names, as the return says it (items 4.7)."""

from __future__ import annotations

from collections.abc import Mapping

from rightplace.vocabulary.codes import Sen2Setting
from rightplace.web.load.nested import Record

_URN, _UKPRN = (5, 6), (8,)


def identified(code: str, name: str) -> Record:
    """A setting by its code: its URN, else its UKPRN; one with neither is described by its name."""
    if code.isdigit() and len(code) in _URN:
        return {"urn": code}
    if code.isdigit() and len(code) in _UKPRN:
        return {"ukprn": code}
    return {"sen_setting": Sen2Setting.OTHER.value, "sen_setting_other": name}


def named(setting: str, codes: Mapping[str, str], answers: Mapping[str, str]) -> list[Record]:
    """What a plan names: a setting by name, else what an officer answered, else a type of setting only."""
    code, kind = codes.get(setting, ""), answers.get("named_as", "")
    if not setting and answers.get("named_code"):
        code = answers["named_code"]
    if code or setting:
        found = identified(code, setting)
    elif kind and kind != Sen2Setting.OTHER:
        found = {"sen_setting": kind}
    else:
        found = {"sen_setting": Sen2Setting.OTHER.value, "sen_setting_other": "The plan names a type of setting only"}
    found["placement_rank"] = "1"
    if "urn" in found:
        found["sen_unit_indicator"] = answers.get("sen_unit") or "0"
        found["resourced_provision_indicator"] = answers.get("resourced") or "0"
    return [found]
