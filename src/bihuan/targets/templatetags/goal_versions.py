"""The versions of a changed goal on any page that shows a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from bihuan.targets.models import Commitment
from bihuan.targets.table import history

register = template.Library()


@register.inclusion_tag("targets/goal_changed.html")
def goal_changed(task: Commitment, key: str) -> Mapping[str, Any]:
    """Both versions of the goal of this mark, where two people changed it; nothing elsewhere."""
    return {"goal": history.changed_goal(task, key), "report": task.report_id}
