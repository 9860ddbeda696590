"""Your rights at this point, and free help from people who do not work for us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.terms import RightsHolder
from rightplace.web.admin_pages.contacts import contact
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.family.rights import rights as rights_of
from rightplace.web.family.rights import windows
from rightplace.web.policy.binding import page


@page("family.see", find=find.case)
def rights(request: HttpRequest, case: Case) -> HttpResponse:
    """What a family may do now and until when, who decides, and who helps for free."""
    looked(request, case, f"the rights of the family of {case.person} at this point")
    view = stand(case, clock.today()).view
    context = {
        "case": case,
        "rights": rights_of(view),
        "windows": windows(view),
        "own": view.rights is RightsHolder.YOUNG_PERSON,
        "until": case.parent_until,
        "helper": contact("advice"),
    }
    return render(request, "family/rights.html", context)
