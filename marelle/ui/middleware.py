"""What belongs to every page: its headers, and words where Django would answer with nothing."""

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy

from .errors import wrong_method

POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
OPEN_TO_OTHER_SITES = "/api/"
"""Public data, made to be read from anywhere."""


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        if not request.path.startswith(OPEN_TO_OTHER_SITES):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _made_for_someone(request):
            # On the shared computer of a town hall, « back » after signing out shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def _made_for_someone(request) -> bool:
    """Whether the page was made for a person who is signed in. Asked of the session only if the page already did."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and request.user.is_authenticated


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of the settings is the same text for nearly every page: written once per process. Pages that ask for
    more (`csp_update`, `csp_replace`, a nonce) have theirs written as django-csp does."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.usual = build_policy()

    def process_response(self, request, response):
        if getattr(request, "_csp_nonce", None) or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # too late to ask for one
        return response


def words_for_a_wrong_method(get_response):
    """Django answers an empty page to a GET on an address that only takes a POST: a browser shows a fault of its own."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return wrong_method(request, response.headers.get("Allow", ""))
        return response

    return middleware
