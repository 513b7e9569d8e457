from __future__ import annotations

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marelle.accounts.actions import sessions as actions
from marelle.accounts.queries.devices import device


class OpenSessions(ListUserSessionsView):
    """The devices where one is signed in, named as one would; a POST closes all but this one."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["devices"] = [(session, device(session.user_agent)) for session in context["sessions"]]
        return context


index = OpenSessions.as_view()


@require_POST
def end(request, pk):
    session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
    if session.is_current():
        return redirect("account_logout")
    actions.end(session=session, by=request.user, at=timezone.now())
    messages.success(request, _("Cette session est fermée."))
    return redirect("usersessions_list")
