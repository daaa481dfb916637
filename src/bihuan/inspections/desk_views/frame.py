"""What the desk's pages of inspections have in common: who may look, an action tried, the frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.cases.shapes import BadInput, Refused
from bihuan.inspections.shapes import NoSuchTask

Faults = list[tuple[str, Any]]
POSTS = {"officer", "head", "reviewer", "enforcer"}


def hat_of(request: HttpRequest) -> Any:
    """The hat of whoever inspects, reviews or leads; nobody else looks."""
    hat = request.hat  # type: ignore[attr-defined]
    if not POSTS & set(hat.posts):
        raise PermissionDenied
    return hat


def tried(request: HttpRequest, act: Callable[[dict[str, Any]], object]) -> Faults:
    """What kept an action from being done, nothing where it was done."""
    hat = request.hat  # type: ignore[attr-defined]
    try:
        act({"by": hat.by, "unit": hat.unit, "at": request.now})  # type: ignore[attr-defined]
    except BadInput as bad:
        return list(bad.faults)
    except Refused as refused:
        return [("", reason) for reason in refused.reasons]
    except NoSuchTask:
        raise Http404 from None
    return []


def show(
    request: HttpRequest, template: str, faults: Faults, *, answer: int = 200, **shown: Any
) -> HttpResponse:
    said = {"acting": request.hat, "section": "inspections", "faults": faults} | shown  # type: ignore[attr-defined]
    return render(request, f"inspections/desk/{template}.html", said, status=422 if faults else answer)
