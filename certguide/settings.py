"""Django's settings; what differs between installations comes from certguide.environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from certguide.environment import SettingError, read_environment
from certguide.secret_key import make_data_folder, secret_key

django_stubs_ext.monkeypatch()  # generic classes of Django can be subscripted, as the types say

BASE_DIR = Path(__file__).resolve().parent.parent

try:
    ENVIRONMENT = read_environment(os.environ, default_data_dir=BASE_DIR / "var")
    make_data_folder(ENVIRONMENT.data_dir)
    SECRET_KEY = ENVIRONMENT.secret_key or secret_key(ENVIRONMENT.data_dir)
except SettingError as error:
    # One line on stderr and exit status 1, whichever command reads the settings.
    raise SystemExit(f"Cannot start: {error}") from None

# There is no switch: what is served and tested is always the production configuration.
DEBUG = False

ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
ROOT_URLCONF = "certguide.urls"
WSGI_APPLICATION = "certguide.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "certguide",
    "catalog",
    "advisor",
    "certguide.apps.EditorsConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
    "template_partials",
]

MIDDLEWARE = [
    # First: everything after it may rely on REMOTE_ADDR and on X-Forwarded-Proto.
    "certguide.middleware.trusted_proxies",
    "certguide.middleware.health_checks",
    "certguide.logs.log_requests",
    # Whatever answers, redirects and static files included, gets these headers:
    # they stand outside of all that can answer by itself.
    "certguide.middleware.own_headers",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "certguide.middleware.ReadersOnlyRead",
    "certguide.page_cache.middleware.cached_pages",
    # Only the admin opens a session or asks for a CSRF token: readers get no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # who makes a change
    "axes.middleware.AxesMiddleware",  # last: it turns a refused login into its page
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # template_partials puts its loader around these two
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalog.context_processors.content",
            ],
            # Built in from Django 6.0 on, so here too: no {% load partials %}.
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]

# --- Data ---------------------------------------------------------------------

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ENVIRONMENT.data_dir / "db.sqlite3",
    # An open connection is kept: the last one to close would fold the WAL back
    # into the database, after every request of a quiet site.
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        # Together these end "database is locked": readers never wait for a
        # writer, and a writer waits for its turn at BEGIN, where waiting works.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        ),
    },
    # A file, not memory: the tests see the same journal and locks as the site.
    "TEST": {"NAME": ENVIRONMENT.data_dir / "test.sqlite3"},
}
DATABASES = {"default": ENVIRONMENT.database or SQLITE}

LOCAL_CACHE: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 1000},  # in each process; those not asked for longest give way
}
REDIS_CACHE: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": ENVIRONMENT.cache_url,
    # No reader waits for a cache that does not answer: certguide.page_cache.store does without.
    "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": None},
}
CACHES = {"default": LOCAL_CACHE, **({"shared": REDIS_CACHE} if ENVIRONMENT.cache_url else {})}

PAGE_CACHE: dict[str, Any] = {
    # A page is kept until this gives another name.
    "VERSION": "catalog.editorial.content_version.content_version",
    # A release changes pages too: by these folders.
    "CODE": ("advisor", "catalog", "certguide", "schemas", "static", "templates"),
    # Pages with a session, and those that must not depend on the content.
    "NEVER": ("/admin/", "/healthz", "/readyz"),
}

REPORT_URL = ENVIRONMENT.report_url  # where readers say what is wrong

# --- Static files -------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = False
# A day is over for readers once it is over everywhere: a certification is open through its last
# day, wherever the reader is. Times are shown to editors in UTC, and say so.
TIME_ZONE = "Etc/GMT+12"
USE_TZ = True

# --- Security -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],  # htmx
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# The site uses none of what a browser guards with a permission.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A certification with 200 statements has some 2,500 fields, a confirmation of an action one for
# each row. Readers are held to MOST_PARAMETERS.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
CSRF_FAILURE_VIEW = "certguide.views.csrf_failure"

if ENVIRONMENT.https:
    # TLS ends at a proxy in front, which must set this header itself; that of
    # anyone who is not in PROXIES has been dropped.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    # HSTS for subdomains and browsers' preload lists binds hosts that are not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
elif ENVIRONMENT.is_on_loopback:
    # Nothing leaves the machine, so there is no TLS to insist on (HSTS, redirect, Secure).
    # Listening elsewhere with HTTPS=0, `check --deploy` still objects to all four.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGIN_REDIRECT_URL = "admin:index"  # where no other page was asked for
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# After some wrong passwords a name is locked for the address that gave them, and for
# nobody else: neither a stranger far away nor one behind the same address can lock out
# an editor by name alone. The database counts, for all processes.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody can make it last longer
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "certguide.lockout.client_of"
AXES_LOCKOUT_CALLABLE = "certguide.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who came when is nobody's business
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Logging: lines of JSON on stderr, without a word about people --------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "certguide.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "certguide": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        # Faults, not visitors' wrong addresses.
        "django.request": {"level": "ERROR"},
        # Their messages repeat what a visitor sent.
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
