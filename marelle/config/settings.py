"""One file of settings, fed by the environment (each variable is explained in `.env.example`).

Secure when nothing is set. `MARELLE_DEMO=1` is the only thing that loosens: it shows every mail on a page,
allows signing in by one click as a fictitious person, and works without TLS.
"""

import contextlib
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from marelle.config import logs

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent

DEMO = env.bool("MARELLE_DEMO", False)
"""The demonstration: fictitious people, one-click sign-in, mails shown on a page. Never on a real installation."""
DEBUG = env.bool("MARELLE_DEBUG", False)
DATA = Path(env("MARELLE_DATA", default="var")).resolve()
"""Where the embedded database, uploads and the generated secret live."""
STATIC_ROOT = DATA / "static"
BUILT = DATA / "built"
"""Static files made here from what pip installed: typefaces (`marelle build_fonts`), pictograms (`build_pictos`)."""


def _kept_secret() -> str:
    """A secret made once and kept in the data folder, readable by its owner only."""
    path = DATA / "secret"
    if not path.exists():
        # Written aside, then put in place whole: two processes starting at once keep the same one.
        draft = DATA / f"secret.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


try:
    for _folder in (DATA, STATIC_ROOT, BUILT):
        _folder.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = env("MARELLE_SECRET_KEY", default="") or _kept_secret()
except OSError as _error:
    raise ImproperlyConfigured(
        f"le dossier des données MARELLE_DATA={DATA} ne peut pas être utilisé ({_error.strerror})."
    ) from _error
SECRET_KEY_FALLBACKS = env.list("MARELLE_OLD_SECRET_KEYS", default=[])

SITE_URL = env("MARELLE_URL", default="http://127.0.0.1:8000").rstrip("/")
"""The public address, used in mails and documents."""
TLS = env.bool("MARELLE_TLS", SITE_URL.startswith("https://") or not DEMO)
ALLOWED_HOSTS = env.list("MARELLE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Apps, from the faces down to the ground ---------------------------------------------------------------

INSTALLED_APPS = [
    "marelle.config",
    "marelle.demo",
    "marelle.portal",
    "marelle.api",
    "marelle.participation",
    "marelle.programme",
    "marelle.library",
    "marelle.ballots",
    "marelle.accounts",
    "marelle.jobs",
    "marelle.territories",
    "marelle.documents",
    "marelle.notifications",
    "marelle.audit",
    "marelle.ui",
    "marelle.core",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "template_partials",
    # The site that the editorial team writes, and its back office.
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "marelle.config.logs.number_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marelle.ui.middleware.ContentSecurityPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "marelle.ui.middleware.headers",
    "marelle.core.middleware.addresses_without_nul",
    "marelle.participation.middleware.children_first",  # before all that is for adults
    "marelle.portal.middleware.whole_pages",  # before a session is looked for
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "marelle.accounts.middleware.second_factor_for_national_staff",
    "marelle.ui.middleware.words_for_a_wrong_method",
    "django_htmx.middleware.HtmxMiddleware",
    "marelle.core.middleware.safe_methods_only_read",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "marelle.config.urls"
WSGI_APPLICATION = "marelle.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marelle.ui.context_processors.shell",
                "marelle.portal.context_processors.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "marelle.ui.templatetags.ui",
                "marelle.library.templatetags.media",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

# --- Database ----------------------------------------------------------------------------------------------

if env("DATABASE_URL", default=""):
    DATABASES = {"default": env.db("DATABASE_URL", engine="marelle.core.postgresql")}
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
else:
    # What is acknowledged is on disk (synchronous=FULL); writers queue instead of failing (IMMEDIATE, timeout).
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "marelle.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;",
            },
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by every process, because limits on knocking are counted in it.
    # Room for them all: by default the 301st entry drives a hundred others out, and a guesser could start afresh.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Renderings that any process can make again.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
    # Wagtail would note each picture's sizes in the shared cache: the table it reads is as near.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# --- Words and clock ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
FORMAT_MODULE_PATH = ["marelle.ui.formats"]

# --- People ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "marelle.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "marelle.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "marelle.accounts.forms.signing_up.SignUpFields"
ACCOUNT_FORMS = {
    name: f"marelle.accounts.forms.signing_in.{form}"
    for name, form in {
        "request_login_code": "RequestLoginCodeForm",
        "confirm_login_code": "ConfirmLoginCodeForm",
        "confirm_email_verification_code": "ConfirmEmailVerificationCodeForm",
        "change_email": "ChangeEmailForm",
        "add_email": "AddEmailForm",
    }.items()
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
# Six digits, three tries a code and ten codes an hour: guessing takes decades.
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {
    "numeric": True,
    "length": 6,
    "dashed": False,
}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "signup": "10/m/ip,50/h/ip",
    "manage_email": "5/m/user",
    "reauthenticate": "10/m/user",
    "saved_search": "20/h/ip",
    "reading_list": "60/h/ip",
    "resource_used": "60/h/ip",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "marelle.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    name: f"marelle.accounts.forms.signing_in.{form}"
    for name, form in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "ReauthenticateForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
    }.items()
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_TRACK_ACTIVITY = False
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Security ----------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
BEHIND_PROXY = env.bool("MARELLE_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Who knocks: the address that our own proxies saw. Without one, X-Forwarded-For is anybody's word and not read;
# with one, reading the connection instead would count all of France as one visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MARELLE_PROXY_COUNT", 1) if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if TLS:  # A neighbour under the same domain cannot plant these (RFC 6265bis, « __Host- »).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "marelle.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],  # a child's page answers without network
        "media-src": ["'self'"],  # recorded questions
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Files -------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILT]
WHITENOISE_USE_FINDERS = DEMO or DEBUG
MEDIA_ROOT = DATA / "uploads"
"""Private: never served by URL, only by views that ask who may see the object."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "marelle.ui.storage.StaticFiles"},
}
UPLOAD_MAX_BYTES = env.int("MARELLE_UPLOAD_MAX_MB", 20) * 1024 * 1024
VIDEO_MAX_BYTES = env.int("MARELLE_VIDEO_MAX_MB", 100) * 1024 * 1024
"""A film of some ten minutes in good quality. Nothing larger is read, whatever the form it is sent to."""
FILE_UPLOAD_HANDLERS = [
    "marelle.documents.uploading.StopWhenTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
KIT_STREAMED_MAX_BYTES = env.int("MARELLE_KIT_STREAMED_MAX_MB", 50) * 1024 * 1024
"""Up to this size a kit's archive is made while it is downloaded; a larger one is prepared once by the worker."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- The editorial site (Wagtail) ---------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Marelle"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # nobody is one: Wagtail would look for a column that is not there
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no third-party request, from the back office either
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_USER_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # scheduled in the time of the site
WAGTAILADMIN_RECENT_EDITS_LIMIT = 8
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAILREDIRECTS_AUTO_CREATE = True  # a page that is renamed or moved keeps its old address
WAGTAILIMAGES_IMAGE_MODEL = "library.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can carry a script; no GIF: it moves
WAGTAILIMAGES_IMAGE_FORM_BASE = "marelle.library.forms.pictures.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "french"}}

# --- Mail, background work, logs ---------------------------------------------------------------------------

vars().update(env.email("MARELLE_EMAIL_URL", default="consolemail://"))
if DEMO or (DEBUG and not env("MARELLE_EMAIL_URL", default="")):
    EMAIL_BACKEND = "marelle.notifications.backends.Mailbox"
DEFAULT_FROM_EMAIL = env("MARELLE_FROM", default="Marelle <ne-pas-repondre@marelle.example>")
API_PER_MINUTE = env.int("MARELLE_API_PER_MINUTE", 600)
"""Requests that one address may make to the API in a minute. Ten a second: a whole town hall behind one address may
type at once."""
PROPOSAL_ANSWER_DAYS = env.int("MARELLE_PROPOSAL_ANSWER_DAYS", 60)
"""Within how many days children are owed an answer to a proposal made public. Said on the pages."""
OPEN_LINK_PER_MINUTE = env.int("MARELLE_OPEN_LINK_PER_MINUTE", 120)
"""Answers that one address may send through an open link in a minute, in each process: a school, not a machine."""
REPLY_DOMAIN = env("MARELLE_REPLY_DOMAIN", default="")
"""Where answers by mail arrive (reponse+<token>@domain); empty: people are told to answer on the page."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = logs.settings(level=env("MARELLE_LOG_LEVEL", default="WARNING"), readable=DEMO or DEBUG)

# --- ProConnect (OpenID Connect for public agents), off until configured ------------------------------------

PROCONNECT_ISSUER = env("MARELLE_PROCONNECT_ISSUER", default="")
PROCONNECT_CLIENT_ID = env("MARELLE_PROCONNECT_CLIENT_ID", default="")
PROCONNECT_SECRET = env("MARELLE_PROCONNECT_SECRET", default="")
SOCIALACCOUNT_PROVIDERS = {}
if PROCONNECT_ISSUER:
    SOCIALACCOUNT_PROVIDERS["proconnect"] = {
        "APPS": [
            {
                "name": "ProConnect",
                "client_id": PROCONNECT_CLIENT_ID,
                "secret": PROCONNECT_SECRET,
                "settings": {"server_url": PROCONNECT_ISSUER},
            }
        ]
    }
    # The forms that open and close a session there end with a redirection to it.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(PROCONNECT_ISSUER.split("/")[:3]))
