"""Getting a document: always as an attachment, so that a browser never runs what was uploaded."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Document
from rightplace.web.policy.binding import page


@page("document.get", find=find.document)
def get(request: HttpRequest, document: Document) -> HttpResponse:
    """The file, under its own name. That it was opened is noted."""
    looked(request, document.case, f"the document “{document.title}” of {document.case.person}")
    response = FileResponse(document.file.open("rb"), as_attachment=True, filename=document.name)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
