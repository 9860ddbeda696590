"""The service for a WSGI server: ``gunicorn rightplace.web.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.web.settings")
application = get_wsgi_application()


def read_pages() -> None:
    """Read every address and template now, so that nobody's first page waits for it; with ``--preload``, once for all workers."""
    from django.template import engines
    from django.urls import get_resolver

    list(get_resolver().url_patterns)
    templates = engines["jinja2"].env
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)


read_pages()
