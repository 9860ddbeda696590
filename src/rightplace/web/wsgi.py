"""The service for a WSGI server: ``gunicorn rightplace.web.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.web.settings")
application = get_wsgi_application()
