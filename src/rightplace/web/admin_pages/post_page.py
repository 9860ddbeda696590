"""E-mails that did not go, for whoever keeps the service running. They name accounts, and nobody's child."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.design.lists import Counted
from rightplace.web.notices.models import Mail
from rightplace.web.policy.binding import page


@page("people.list")
def post(request: HttpRequest) -> HttpResponse:
    """How many e-mails stand how, and those that failed, wait after a try, or may not have gone."""
    counts = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
    troubled = Mail.objects.exclude(trouble="").exclude(state=Mail.State.SENT).select_related("user").order_by("-pk")
    context = {
        "counts": [(state.label, counts.get(state.value, 0)) for state in Mail.State],
        "page": Counted(troubled).get_page(request.GET.get("page")),
        "mail_on": settings.MAIL_ON,
    }
    return render(request, "admin_pages/post.html", context)
