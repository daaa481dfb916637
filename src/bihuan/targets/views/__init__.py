"""Public pages of the report, one file a page; here what they share."""

from django.utils.translation import get_language


def english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")
