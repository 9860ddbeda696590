"""Settings for the tests: a database of their own, quick passwords, plain HTTP, no second factor asked of staff."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rightplace.web.settings.base import *  # noqa: F403
from rightplace.web.settings.database import from_url

SECRET_KEY = "for tests only"  # noqa: S105 - it guards nothing
DATABASES = {"default": from_url(os.environ.get("RIGHTPLACE_TEST_DATABASE", "sqlite:///:memory:"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
AUTHORITY_NAME = "Marlshire"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "rightplace-test-files"
PLAIN_HTTP = True
MFA_REQUIRED_OF_STAFF = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
