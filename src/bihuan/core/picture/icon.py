"""The signs beside words: each a drawing of 24 by 24 that says nothing by itself."""

from __future__ import annotations

PATHS = {
    "camera": '<path d="M4 8h3l2-3h6l2 3h3v11H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "report": '<path d="M4 5h16v12h-9l-4 3v-3H4z"/><path d="M12 8v4M12 14.4v.1"/>',
    "paper": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "route": '<circle cx="6" cy="18" r="2"/><circle cx="18" cy="6" r="2"/><path d="M8 18h7a3 3 0 0 0 0-6H9a3 3 0 0 1 0-6h7"/>',
    "info": '<path d="M4 5h16v11h-6l-3 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "queue": '<path d="M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M11 6.5h9M11 12.5h9M11 18.5h9"/>',
    "map": '<path d="M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2z"/><path d="M9 4v14M15 6v14"/>',
    "flag": '<path d="M6 21V4h11l-2 4 2 4H6"/>',
    "law": '<path d="M12 4v16M6 20h12M5 8h14M5 8l-2 6h4zM19 8l-2 6h4z"/>',
    "pin": '<path d="M12 21c4-5 6-8 6-11a6 6 0 1 0-12 0c0 3 2 6 6 11z"/><circle cx="12" cy="10" r="2"/>',
    "here": '<circle cx="12" cy="12" r="6"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/>',
    "phone": '<path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3c0 2-2 3-4 3C10 20 4 14 3 7c0-2 1-4 3-4z"/>',
    "eye": '<path d="M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6z"/><circle cx="12" cy="12" r="2.5"/>',
    "tool": '<path d="M14 7a4 4 0 0 1 5-3l-2 3 1 2 3-1a4 4 0 0 1-5 4l-8 8-3-3 8-8z"/>',
    "walk": '<circle cx="13" cy="4.5" r="1.5"/><path d="M10 21l2-6-3-3 1-5 4 2 1 3 3 1M14 21l-1-4-2-2M7 12l2-4"/>',
    "stamp": '<path d="M9 11c0-2-1.5-3-1.5-5a4.5 4.5 0 0 1 9 0c0 2-1.5 3-1.5 5v2h4v4H5v-4h4z"/><path d="M5 20h14"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
}


def icon(name: str) -> str:
    """The drawing of a sign; an unknown name raises."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{PATHS[name]}</svg>'
