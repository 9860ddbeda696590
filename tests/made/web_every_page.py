"""Every page of the route table with somebody who may open it, for the tests that look at all of them in a browser."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Document

TABLE = runpy.run_path(str(Path(__file__).parents[1] / "integration" / "test_web_access.py"))
PEOPLE = runpy.run_path(str(Path(__file__).with_name("web_people.py")))
OFTEN = (
    "case_officer", "parent", "school", "psychologist", "panel", "planner", "administrator", "auditor", "team_manager",
)  # fmt: skip
"""Who is asked first: a route is opened by the first of these that may."""
SEEN_BY_SEVERAL = frozenset({"parent", "school"})
"""Roles for whom a page reads otherwise than for officers, so that they open it too."""
ELSEWHERE = frozenset(
    {"openid_connect_login", "openid_connect_callback", "record_propose", "record_remove", "account_reauthenticate"}
)
"""The first two lead to an identity provider; a record that has not ended can be neither proposed for removal nor removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An address and the role that opens it; "" is somebody who has not signed in."""

    name: str
    role: str
    address: str


def made() -> Any:
    """The area of the tests, with what every route needs."""
    area = PEOPLE["area"]()
    for case in (area.one, area.other):
        Document.objects.create(
            case=case, title="Report", name="report.pdf", kind="application/pdf", size=3, sha256="0" * 64,
            file=ContentFile(b"abc", name="x"), for_family=True, added_by="Case Officer", added_at=clock.now(),
        )  # fmt: skip
    TOTP.activate(area.people["case_officer"], "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(area.people["case_officer"])
    for one in TABLE["_LISTS"]:
        one.get("prepare", lambda _: None)(area)
    return area


def pages(area: Any) -> list[Page]:
    """Each route once for each kind of reader."""
    found = []
    for name, who in TABLE["EXPECTED"].items():
        if name in ELSEWHERE:
            continue
        address = reverse(name) if not TABLE["ROUTES"][name] else TABLE["address_of"](name, area.one)
        for role in _readers(who):
            found.append(Page(name=name, role=role, address=address))
    return found


def _readers(who: Any) -> list[str]:
    if who == "public":
        return [""]
    if len(who) == len(TABLE["Role"].values):
        return ["case_officer"]
    first = next((role for role in (*OFTEN, *sorted(who)) if role in who), None)
    return [] if first is None else [first, *sorted(SEEN_BY_SEVERAL & set(who) - {first})]
