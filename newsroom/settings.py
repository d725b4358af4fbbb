"""One settings file for every installation; what differs comes from the environment or `.env`."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.utils.csp import CSP

from articles.body.embeds import PROVIDERS
from articles.desk.chat import EVENTS
from newsroom.mailers import mailers
from newsroom.skin import UNFOLD as _UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
env.read_env(BASE_DIR / ".env")

# --- Where and for whom -----------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
USE_TZ = True
TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", default="Asia/Shanghai")
OUTLET_TIME_ZONE = ZoneInfo(TIME_ZONE)

# --- What is installed ------------------------------------------------------------------------

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "articles.apps.ArticlesConfig",
    "articles.images.apps.ImagesConfig",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "newsroom.apps.NewsroomAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "tree_queries",
    "imagefield",
    "js_asset",
    "django_prose_editor",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.middleware.TextGZipMiddleware",
    "newsroom.traditional.TraditionalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.StaffLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
AUTH_USER_MODEL = "articles.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- What is kept -----------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_wanted = DATABASES["default"].get("OPTIONS", {})  # what stands behind `?` in DATABASE_URL
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _wanted | {
        "transaction_mode": "IMMEDIATE",  # a writer waits at its beginning, never fails half-way
        "timeout": 20,  # seconds
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
        ),
    }
else:
    # `timeout` in seconds: a request does not wait long for a database that is away.
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}}
    DATABASES["default"]["OPTIONS"] |= _wanted

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "newsroom",
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / ".build" / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "newsroom.storage.Folder"},
    "staticfiles": {"BACKEND": "newsroom.static_files.HashedStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")
MEDIA_S3_ENDPOINT = env.str("MEDIA_S3_ENDPOINT", default="")
MEDIA_S3_REGION = env.str("MEDIA_S3_REGION", default="")
MEDIA_S3_ACCESS_KEY = env.str("MEDIA_S3_ACCESS_KEY", default="").strip()  # files end in a newline
MEDIA_S3_SECRET_KEY = env.str("MEDIA_S3_SECRET_KEY", default="").strip()
MEDIA_S3_ADDRESSING = env.str("MEDIA_S3_ADDRESSING", default="auto")
MEDIA_S3_PUBLIC_URL = env.str("MEDIA_S3_PUBLIC_URL", default="").rstrip("/")
if MEDIA_S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "newsroom.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": MEDIA_S3_ENDPOINT or None,
            "region_name": MEDIA_S3_REGION or None,
            "access_key": MEDIA_S3_ACCESS_KEY or None,
            "secret_key": MEDIA_S3_SECRET_KEY or None,
            "base_url": f"{MEDIA_S3_PUBLIC_URL or '/media'}/",
        },
    }
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Readers' pages ---------------------------------------------------------------------------

# The site as a program on a reader's device that keeps the last stories read.
WEB_APP = env.bool("WEB_APP", default=False)

# --- Pictures ---------------------------------------------------------------------------------

IMAGE_MAX_BYTES = env.int("IMAGE_MAX_MEGABYTES", default=30) * 1024 * 1024
IMAGE_MAX_PIXELS = env.int("IMAGE_MAX_MEGAPIXELS", default=60) * 1_000_000
# Remote pictures are fetched from public addresses only, and from these networks (CIDR).
IMAGE_FETCH_ALLOWED_NETWORKS = env.list("IMAGE_FETCH_ALLOWED_NETWORKS", default=[])
IMAGE_FETCH_ALLOWED_PORTS = [80, 443, 8080, 8443]
IMAGE_FETCH_SECONDS = 30  # for one picture, all requests together
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a long story with its markup
IMAGEFIELD_BIN_DEPTH = 2
IMAGEFIELD_AUTOGENERATE = False

# A font with Chinese characters for the pictures of shared links; empty: one that the system has.
CARD_FONT = env.str("CARD_FONT", default="")

# --- The publish gate -------------------------------------------------------------------------

# Names of checks (articles/gate.py) that an outlet wants otherwise than they come.
PUBLISH_GATE_BLOCKING = [name.strip() for name in env.list("PUBLISH_GATE_BLOCKING", default=[])]
PUBLISH_GATE_ADVISORY = [name.strip() for name in env.list("PUBLISH_GATE_ADVISORY", default=[])]

# --- Mail -------------------------------------------------------------------------------------

MAILERS = mailers(env.str("EMAIL_URL", default="").strip())
SILENCED_SYSTEM_CHECKS = ["mail.W001"]  # a newsroom without a mail server sends no mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="")
if not DEFAULT_FROM_EMAIL:
    DEFAULT_FROM_EMAIL = f"newsroom@{urlsplit(SITE_URL).hostname}"
MAIL_DIGEST_HOUR = env.int("MAIL_DIGEST_HOUR", default=8)  # by the outlet's clock

# --- Chat groups ------------------------------------------------------------------------------

# `service=https://…;secret=…` each (articles/desk/chat/webhooks.py), and what they are told.
CHAT_WEBHOOKS = env.list("CHAT_WEBHOOKS", default=[])
CHAT_EVENTS = [name.strip() for name in env.list("CHAT_EVENTS", default=[*EVENTS])]

# --- Search engines ---------------------------------------------------------------------------

# Who is told of publications, updates and withdrawals, and the keys that turn it on.
INDEXNOW_KEY = env.str("INDEXNOW_KEY", default="").strip()  # files end in a newline
INDEXNOW_URL = env.str("INDEXNOW_URL", default="https://api.indexnow.org/indexnow")
BAIDU_PUSH_TOKEN = env.str("BAIDU_PUSH_TOKEN", default="").strip()
BAIDU_PUSH_URL = env.str("BAIDU_PUSH_URL", default="http://data.zz.baidu.com/urls")

# --- Tags -------------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True

# --- Safety -----------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# What a reader's page may load: our own files, and pictures and films from wherever a story
# took them (they come home with the media library). Nothing runs that is not ours.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "https:", "http:"],
    "media-src": [CSP.SELF, "https:", "http:"],
    # a click in a frame of ours leads to the player itself, in the same frame
    "frame-src": [CSP.SELF, *sorted({"/".join(p.player.split("/")[:3]) for p in PROVIDERS})],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

HTTPS_ONLY = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz/(desk/)?$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS_ONLY else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS_ONLY else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_SAMESITE = "Lax"

# --- Log --------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "level": LOG_LEVEL}
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Anybody can send a foreign Host; that is answered with 400 and is no news.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}

# --- The admin's skin -------------------------------------------------------------------------

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of ours in templates/admin/
UNFOLD = _UNFOLD
