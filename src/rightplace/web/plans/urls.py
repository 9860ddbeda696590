"""Plans: the plan in hand, its entries, issuing it, versions and what changed between them."""

from __future__ import annotations

from django.urls import path

from rightplace.web.plans import editor_page, issue_page, part_page, version_page

urlpatterns = [
    path("<slug:reference>/", editor_page.plan, name="plan"),
    path("<slug:reference>/add/<slug:letter>/", part_page.add, name="plan_add"),
    path("<slug:reference>/entry/<int:number>/", part_page.change, name="plan_part"),
    path("<slug:reference>/issue/<slug:kind>/", issue_page.issue, name="plan_issue"),
    path("<slug:reference>/versions/<int:number>/", version_page.version, name="plan_version"),
    path("<slug:reference>/changes/", version_page.compare, name="plan_changes"),
]
