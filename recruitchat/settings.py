"""Everything the environment decides is read here and nowhere else."""

import logging
import os
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env
from kombu import Queue

from recruitchat import logs

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.str("ENVIRONMENT", "development")
DEVELOPMENT = ENVIRONMENT == "development"
PRODUCTION = ENVIRONMENT == "production"
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ImproperlyConfigured(f"ENVIRONMENT is production, development or test, not {ENVIRONMENT!r}.")
DEBUG = env.bool("DEBUG", DEVELOPMENT)
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data"))).resolve()
DEVELOPMENT_SECRET = "not-a-secret-only-for-development"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", "" if PRODUCTION else DEVELOPMENT_SECRET)
IS_OF_THEIR_OWN = len(SECRET_KEY) >= 50 and len(set(SECRET_KEY)) >= 10  # `openssl rand -hex 32` gives 64
if PRODUCTION and not IS_OF_THEIR_OWN:
    raise ImproperlyConfigured("SECRET_KEY must be set in production: at least 50 characters by chance, of your own.")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])  # earlier ones: what they made is still good

PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", "" if PRODUCTION else f"http://localhost:{PORT}").rstrip("/")
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must be set in production: the address people open, https://….")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this installation answers for.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "recruitchat.admin_app.RecruitChatAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "channels",
    "django_htmx",
    "heroicons",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_structlog",
    "ninja",
    "accounts",
    "people",
    "campaigns",
    "conversations",
    "scoring",
    "assignment",
    "delivery",
    "notifications",
    "gateways",
    "reports",
    "recruitchat",
]

MIDDLEWARE = [
    "recruitchat.health.ForMachines",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "recruitchat.noting.NotingMiddleware",
    "accounts.api.problems.ProblemMiddleware",
    "recruitchat.bodies.TooLargeMiddleware",
    "accounts.middleware.OrganizationMiddleware",
    "accounts.middleware.ReaderMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "recruitchat.urls"
ASGI_APPLICATION = "recruitchat.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Two logins to one database: the application's role sees one organization at a time; the owner only migrates.
# The defaults are for tools that only read the code; `manage.py` brings services of its own when these are missing.
if PRODUCTION and not (env.str("DATABASE_URL", "") and env.str("REDIS_URL", "")):
    raise ImproperlyConfigured("DATABASE_URL and REDIS_URL must be set in production.")
DATABASE_URL = env.str("DATABASE_URL", "postgres:///recruitchat")
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", DATABASE_URL)
    | {"DISABLE_SERVER_SIDE_CURSORS": True, "CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True},
    "owner": env.dj_db_url("OWNER_DATABASE_URL", DATABASE_URL),
}
DATABASE_ROUTERS = ["accounts.router.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://localhost")
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
}
CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ALWAYS_EAGER = ENVIRONMENT == "test" and not env.bool("REAL_WORKER", False)
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # or a mail waits behind what follows from eight others
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "queue_order_strategy": "priority",
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # Whoever nudges doesn't wait for a broker that is away (recruitchat/nudging.py); workers have their own patience.
    "max_retries": 0,
    "interval_start": 0,
    "connect_retries_timeout": 2,
}
# What has come in is committed before what follows from it, in a burst too: workers ask the queues in this order.
CELERY_TASK_QUEUES = [Queue("arrivals"), Queue("celery")]
CELERY_TASK_ROUTES = {"gateways.tasks.understand_arrivals": {"queue": "arrivals"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-reactions": {"task": "recruitchat.tasks.sweep_reactions", "schedule": 10.0},
    "sweep-outbox": {"task": "gateways.tasks.sweep_outbox", "schedule": 5.0},
    "sweep-arrivals": {"task": "gateways.tasks.sweep_arrivals", "schedule": 10.0},
    "sweep-notifications": {"task": "notifications.tasks.sweep_notifications", "schedule": 10.0},
    "work-off-queues": {"task": "assignment.tasks.work_off_queues", "schedule": 30.0},
    "send-scheduled": {"task": "conversations.tasks.send_scheduled", "schedule": 10.0},
    "sweep-bulk": {"task": "conversations.tasks.sweep_bulk", "schedule": 15.0},
    "sweep-withheld": {"task": "conversations.tasks.sweep_withheld", "schedule": 120.0},
    "wake-snoozed": {"task": "conversations.tasks.wake_snoozed", "schedule": 30.0},
    "nudge-undelivered": {"task": "delivery.tasks.nudge_undelivered", "schedule": crontab(minute="*/15")},
    "tidy-up": {"task": "accounts.tasks.tidy_up", "schedule": crontab(minute=17)},
    "mail-mornings": {"task": "scoring.tasks.mail_mornings", "schedule": crontab(minute="*/10")},
    "score-at-night": {"task": "scoring.tasks.score_at_night", "schedule": crontab(minute="*/10")},
}
# A worker that was away for a while isn't met by a thousand sweeps.
for entry in CELERY_BEAT_SCHEDULE.values():
    entry["options"] = {"expires": 60}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if ENVIRONMENT == "test"
    else {"BACKEND": "recruitchat.shared_cache.SharedCache", "LOCATION": REDIS_URL}
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.sign_in.Backend",
]
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.sign_in.ByInvitation"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[RecruitChat] "
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 10
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# An office is one address: its people sign in at nine together. Who guesses at one account is stopped sooner.
ACCOUNT_RATE_LIMITS = {"login": "200/m/ip", "login_failed": "50/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address is an admin's invitation; there is no sign-up to guard
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
AXES_ENABLED = ENVIRONMENT != "test"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.sign_in.who_tries"
AXES_LOCKOUT_TEMPLATE = "429.html"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("cs", "Čeština"),
    ("nl", "Nederlands"),
    ("ru", "Русский"),
    ("de", "Deutsch"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
BROWSER_PACKAGES = BASE_DIR / "node_modules" / "sortablejs" / "modular"
HAS_BROWSER_PACKAGES = BROWSER_PACKAGES.is_dir()  # without npm the arrow keys do what dragging does
STATICFILES_DIRS: list[object] = [BASE_DIR / "static"]
if HAS_BROWSER_PACKAGES:
    STATICFILES_DIRS.append(("sortablejs", BROWSER_PACKAGES))
STATIC_ROOT = BASE_DIR / "static-collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION  # looks for a file when it's asked for, not for all of them at the start
MIB = 1024 * 1024
MAIL_SIZE_LIMIT = 25 * MIB
FILE_SIZE_LIMIT = 20 * MIB
LARGEST_REQUEST = 45 * MIB
LARGEST_DELIVERY = 3 * MAIL_SIZE_LIMIT  # a provider's webhook: the mail, its files once more beside it, both coded
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_DELIVERY
APPLICATIONS_IN_AN_HOUR = env.int("APPLICATIONS_IN_AN_HOUR", 60 if PRODUCTION else 1000)  # from one network address

CLAMD_URL = env.str("CLAMD_URL", "")  # tcp://host:3310 or unix:///run/clamav/clamd.ctl: files are looked through
TAKE_BACK_SECONDS = env.int("TAKE_BACK_SECONDS", 0 if ENVIRONMENT == "test" else 6)  # a reply waits before it leaves

MAIL_HOST = env.str("MAIL_LISTEN_HOST", "127.0.0.1")
MAIL_PORT = env.int("MAIL_PORT", 2525)
MAIL_CERTIFICATE = env.str("MAIL_CERTIFICATE", "")  # a PEM file, with which the listener offers STARTTLS
MAIL_CERTIFICATE_KEY = env.str("MAIL_CERTIFICATE_KEY", "")
MAIL_DOMAIN = env.str("MAIL_DOMAIN", "" if PRODUCTION else "inbound.localhost")
if not MAIL_DOMAIN:
    raise ImproperlyConfigured("MAIL_DOMAIN must be set: the domain whose MX leads to the mail listener.")
# Whose Authentication-Results are believed: the names of our own receiving servers.
TRUSTED_MAIL_SERVERS: list[str] = env.list("TRUSTED_MAIL_SERVERS", [])
CHECK_SENDERS = env.bool("CHECK_SENDERS", False)  # the listener is the server that the world sends to
if CHECK_SENDERS:
    TRUSTED_MAIL_SERVERS.append(MAIL_DOMAIN)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"hello@{MAIL_DOMAIN}")
SMTP_HOST = env.str("SMTP_HOST", "")
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")  # one of anymail's: postmark, mailgun, sendgrid…; its keys as ANYMAIL_…
if PRODUCTION and not (SMTP_HOST or MAIL_PROVIDER):
    raise ImproperlyConfigured("SMTP_HOST or MAIL_PROVIDER must be set: who outgoing mail is handed to.")
AMAZON_PATIENCE = {"connect_timeout": 5, "read_timeout": 20, "retries": {"total_max_attempts": 1}}
ANYMAIL: dict[str, Any] = {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    "AMAZON_SES_CLIENT_PARAMS": {"config": AMAZON_PATIENCE},
} | {name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": SMTP_HOST,
            "port": env.int("SMTP_PORT", 587),
            "username": env.str("SMTP_USER", ""),
            "password": env.str("SMTP_PASSWORD", ""),
            "use_tls": env.bool("SMTP_TLS", PRODUCTION),
            "timeout": 20,
        },
    }
    if SMTP_HOST
    else {
        "BACKEND": f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
        if MAIL_PROVIDER
        else "gateways.email.development.EmlBackend"
    }
}

API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 600)

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' lists of HTTPS domains are for the domain's owner to join
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

METRICS_TOKEN = env.str("METRICS_TOKEN", "")
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG  # sweepers come every few seconds
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING = logs.configuration(as_json=PRODUCTION)
