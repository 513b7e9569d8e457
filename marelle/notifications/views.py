"""The mailbox of the demonstration: every mail that left, to anyone. Mounted in demonstration and development only."""

from __future__ import annotations

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from .models import MailboxCopy

SEALED = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'"
)


@require_safe
@login_not_required
def mailbox(request):
    _only_in_demonstration()
    asked = request.GET.get("q", "").strip()[:200].replace("\x00", "")
    mails = MailboxCopy.objects.all()
    if asked:
        mails = mails.filter(Q(to__icontains=asked) | Q(subject__icontains=asked))
    page = Paginator(mails, 50).get_page(request.GET.get("page"))
    return render(request, "notifications/mailbox.html", {"page": page, "asked": asked})


@require_safe
@login_not_required
@csp_update({"frame-src": ["'self'"]})
def mail(request, public_id):
    _only_in_demonstration()
    return render(
        request, "notifications/mailbox_mail.html", {"mail": get_object_or_404(MailboxCopy, public_id=public_id)}
    )


@require_safe
@login_not_required
@xframe_options_sameorigin
def html(request, public_id):
    """The mail as a mail reader shows it: in a sealed frame, whose links open beside."""
    _only_in_demonstration()
    mail = get_object_or_404(MailboxCopy, public_id=public_id)
    shown = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(shown, headers={"Content-Security-Policy": SEALED})


def _only_in_demonstration():
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
