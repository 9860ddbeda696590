"""One run: how far it is, how it ended, what it says, and its files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.web.audit import log
from rightplace.web.planning import find, results
from rightplace.web.planning.models import Run
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may


@page("planning.see", find=find.run)
def run(request: HttpRequest, run: Run) -> HttpResponse:
    """The page of a run. Until it is over it is loaded anew every few seconds, with no script needed."""
    exact = bool(may(request.user, "planning.exact"))
    finished = run.state == Run.State.DONE
    sections = results.page(run, exact=exact) if finished else []
    if sections and exact and run.kind == Run.Kind.PLACES:
        # Children are named by number on this page: that somebody looked is noted, as it is of a child's record.
        log.add(
            who=request.user,
            action="read",
            words=f"Looked at {run.words}, which names children by number.",
            request=request,
        )
    ahead = Run.objects.filter(state__in=(Run.State.WAITING, Run.State.RUNNING), pk__lt=run.pk).count()
    context = {"run": run, "exact": exact, "sections": sections, "ahead": ahead, "gone": finished and not sections}
    return render(request, "planning/run.html", context)


@page("planning.run", find=find.run)
def stop(request: HttpRequest, run: Run) -> HttpResponse:
    """Ask a run to stop. One that has not started does not start."""
    if request.method == "POST":
        Run.objects.filter(pk=run.pk).update(stop_asked=True)
        Run.objects.filter(pk=run.pk, state=Run.State.WAITING).update(state=Run.State.STOPPED)
        log.add(who=request.user, action="planning", words=f"Stopped {run.words}.", request=request)
    return redirect("planning_run", run.pk)


@page("planning.see", find=find.run)
def data(request: HttpRequest, run: Run) -> HttpResponse:
    """The files of a run: every number for those who may see it, published figures for others."""
    exact = bool(may(request.user, "planning.exact"))
    file = results.data(run, exact=exact) if run.state == Run.State.DONE else None
    if file is None:
        raise Http404("This run has no files.")
    log.add(
        who=request.user,
        action="planning",
        words=f"Downloaded {'exact' if exact else 'published'} figures of {run.words}.",
        request=request,
    )
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"{run.kind}-{run.pk}.zip")
