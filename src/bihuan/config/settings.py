"""All settings. What an operator may change is read from the environment here and named in README.md."""

import os
from datetime import timedelta
from pathlib import Path

import structlog
from csp.constants import NONCE, NONE, SELF

from bihuan.config.home import address, home, secret
from bihuan.core.crypto.suites import suite

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()
DEMO = os.environ.get("BIHUAN_DEMO") == "1"

# --- who may ask, and over what --------------------------------------------------------------------------
SECRET_KEY = secret(HOME)
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("BIHUAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("BIHUAN_ORIGINS", "").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # one working day and its evening
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- the parts ---------------------------------------------------------------------------------------------
PARTS = (
    "people",
    "places",
    "items",
    "subjects",
    "record",
    "papers",
    "cases",
    "targets",
    "scores",
    "leads",
    "draws",
    "residents",
    "assess",
    "counters",
    "ratings",
    "inspections",
    "lots",
    "penalties",
    "deletions",
    "public",
    "hall",
    "desk",
    "field",
)
INSTALLED_APPS = [
    *(f"bihuan.{part}" for part in PARTS),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bihuan.config.middleware.carry_now",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bihuan.config.middleware.speak_language",
    "bihuan.config.middleware.bound_size",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # `i18n` is given twice on purpose: ours stands in for Django's
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "bihuan.config.fixed"},
            "builtins": ["bihuan.config.fixed", "bihuan.config.tags", "bihuan.config.case_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# --- paper: families for what is printed, the first one on the machine is taken ---------------------------------
BULLETIN_TEXT_FONTS = [f.strip() for f in os.environ.get("BIHUAN_TEXT_FONTS", "Noto Serif CJK SC").split(",")]
BULLETIN_HEADING_FONTS = [
    f.strip() for f in os.environ.get("BIHUAN_HEADING_FONTS", "Noto Sans CJK SC").split(",")
]

# The address that the code on a paper leads to; "" is the address at which the paper is first printed.
PUBLIC_ADDRESS = os.environ.get("BIHUAN_ADDRESS", "").rstrip("/")

PROCRASTINATE_IMPORT_PATHS = ["bihuan.config.tasks"]

# --- who they are ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "bihuan.config.middleware.keep_answer"

# Accounts of residents. The program that sends a message gets number and text as two lines on standard input; without
# one nobody logs in by telephone, except in the demo, where messages go to a file that the page names.
SMS_PROGRAM = os.environ.get("BIHUAN_SMS", "")
SMS_FILE = str(HOME / "sms.txt") if DEMO and not SMS_PROGRAM else ""

# --- database ----------------------------------------------------------------------------------------------
# The application connects as bihuan_app: no superuser, owns nothing. See config/roles.py for migrations.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **address(HOME),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}

# --- words and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 31_536_000
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "config" / "static"]
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "bihuan.config.storage.Durable"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAX_REQUEST = 50 * 1024 * 1024  # bytes, everything that one form sends; one photo has at most 10 MB
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes, a form without its files
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- lines -------------------------------------------------------------------------------------------------
# A district's own folder of lines, added to and overriding those of the package.
LINES_FOLDER = Path(os.environ["BIHUAN_LINES"]) if os.environ.get("BIHUAN_LINES") else None

# --- open data ---------------------------------------------------------------------------------------------
# The address of the licence the district declares for its open data; "" declares none, and the catalogue says so.
OPEN_DATA_LICENCE = os.environ.get("BIHUAN_LICENCE", "")

# --- public record -----------------------------------------------------------------------------------------
# intl: SHA-256 and Ed25519; gm: commitments in SM3 and a second signature in SM2. Receipts of either stay good.
SUITE = os.environ.get("BIHUAN_SUITE", "intl")
RECORD_SUITE = suite(SUITE)

# --- log ---------------------------------------------------------------------------------------------------
LOG_STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]
structlog.configure(
    processors=[*LOG_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# a plain traceback: the local variables beside it would write personal data into the log
CONSOLE = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": CONSOLE if DEMO else structlog.processors.JSONRenderer(),
            "foreign_pre_chain": LOG_STEPS,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("BIHUAN_LOG", "WARNING")},
}
