"""Where anyone redoes a draw in the browser: the page only, the server sees no file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Choose the published files, press one button, read each check with its reason."""
    return render(request, "public/verify_draw.html", {"section": "figures"})
