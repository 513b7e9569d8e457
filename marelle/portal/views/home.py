"""HTTP in, page out."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def home(request):
    return render(request, "portal/home.html")


@require_safe
def dashboard(request):
    return render(request, "portal/home.html")
