"""What the service runs with. Everything a place must choose comes from the environment, and is listed here.

``RIGHTPLACE_DATABASE``   sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME
``RIGHTPLACE_SECRET_KEY`` a long random text, kept secret; sessions end when it changes
``RIGHTPLACE_HOSTS``      names the service answers to, with commas between
``RIGHTPLACE_HTTP``       "plain" where nothing before the service speaks HTTPS (a trial on one machine)
``RIGHTPLACE_FILES``      folder for uploaded documents
``RIGHTPLACE_AREA``       folder of the area record that planners forecast from
``RIGHTPLACE_AUTHORITY``  name of the authority, as families read it
``RIGHTPLACE_ADDRESS``    the address people open, like https://plans.example.org: links in e-mails begin with it
``RIGHTPLACE_MAIL``       how e-mail is sent (``settings/mail.py``), from ``RIGHTPLACE_MAIL_FROM``; none is sent without it
``RIGHTPLACE_MFA``        "staff" (default): staff must use a second factor; "choice": whoever wishes
``RIGHTPLACE_OIDC_*``     NAME, SERVER, CLIENT_ID, CLIENT_SECRET of an identity provider; AMR and PAGES where it needs them
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from rightplace.web.settings.database import from_url
from rightplace.web.settings.mail import mail
from rightplace.web.settings.provider import form_targets, providers

WEB = Path(__file__).resolve().parents[1]

SECRET_KEY = os.environ.get("RIGHTPLACE_SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("RIGHTPLACE_HOSTS", "localhost,127.0.0.1").split(",") if host]
DATABASES = {"default": from_url(os.environ.get("RIGHTPLACE_DATABASE", "sqlite:///rightplace.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHORITY_NAME = os.environ.get("RIGHTPLACE_AUTHORITY", "your council")
SITE_ADDRESS = os.environ.get("RIGHTPLACE_ADDRESS", "")
globals().update(mail(os.environ))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rightplace.web.design",
    "rightplace.web.accounts",
    "rightplace.web.audit",
    "rightplace.web.cases",
    "rightplace.web.plans",
    "rightplace.web.advice",
    "rightplace.web.intake",
    "rightplace.web.exemptions",
    "rightplace.web.return_items",
    "rightplace.web.annex_a",
    "rightplace.web.transfer_pack",
    "rightplace.web.caseload",
    "rightplace.web.placement",
    "rightplace.web.reviews",
    "rightplace.web.transfers",
    "rightplace.web.letters",
    "rightplace.web.disputes",
    "rightplace.web.panel",
    "rightplace.web.today",
    "rightplace.web.planning",
    "rightplace.web.admin_pages",
    "rightplace.web.records",
    "rightplace.web.api",
    "rightplace.web.calendar_feed",
    "rightplace.web.kept",
    "rightplace.web.family",
    "rightplace.web.messages",
    "rightplace.web.documents",
    "rightplace.web.school",
    "rightplace.web.notices",
    "rightplace.web.registers",
    "rightplace.web.about",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rightplace.web.policy.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rightplace.web.kept.unsent.NothingUnsentIsLost",
    "rightplace.web.policy.middleware.EveryPageHasAnAction",
]

ROOT_URLCONF = "rightplace.web.urls"
WSGI_APPLICATION = "rightplace.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "rightplace.web.design.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rightplace.web.design.environment.for_every_page",
                "rightplace.web.notices.shown.for_every_page",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("RIGHTPLACE_STATIC") or None
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = Path(os.environ.get("RIGHTPLACE_FILES", "rightplace-files")).absolute()
AREA = Path(os.environ.get("RIGHTPLACE_AREA") or MEDIA_ROOT / "area").absolute()
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
UPLOAD_LIMIT = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["rightplace.web.documents.limit.HeldInMemory"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "rightplace.web.accounts.adapter.NoSignUp"
SOCIALACCOUNT_ADAPTER = "rightplace.web.accounts.adapter.KnownPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/10m/key,60/10m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "rightplace.web.accounts.form_words.SignIn",
    "reauthenticate": "rightplace.web.accounts.form_words.PasswordAgain",
    "change_password": "rightplace.web.accounts.form_words.NewPassword",
}
MFA_FORMS = {
    "authenticate": "rightplace.web.accounts.form_words.Code",
    "reauthenticate": "rightplace.web.accounts.form_words.CodeAgain",
    "activate_totp": "rightplace.web.accounts.form_words.FirstCode",
}
MFA_ADAPTER = "rightplace.web.accounts.form_words.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Rightplace"
MFA_REQUIRED_OF_STAFF = os.environ.get("RIGHTPLACE_MFA", "staff") != "choice"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = providers(os.environ)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "TIMEOUT": 3600,
    }
}
"""In the database, so that failed sign-ins are counted over every process."""

PLAIN_HTTP = os.environ.get("RIGHTPLACE_HTTP") == "plain"
SESSION_ENGINE = "rightplace.web.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not PLAIN_HTTP
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rightplace.web.about.errors.form_too_old"
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("RIGHTPLACE_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *form_targets(os.environ)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
