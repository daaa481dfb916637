"""Whether a paper is in force on a day."""

from datetime import date

import pytest

from bihuan.papers.standing import standing

ON, LAST = date(2026, 3, 10), date(2031, 3, 9)


@pytest.mark.parametrize(
    ("day", "ended", "how", "until", "good", "title", "since"),
    [
        (date(2026, 3, 9), None, "", LAST, False, "还没有到生效日", None),
        (ON, None, "", LAST, True, "有效", None),
        (LAST, None, "", LAST, True, "有效", None),
        (date(2031, 3, 10), None, "", LAST, False, "有效期已满", date(2031, 3, 10)),
        (date(2099, 1, 1), None, "", None, True, "有效", None),
        (date(2026, 5, 1), date(2026, 5, 2), "revoked", LAST, True, "有效", None),
        (date(2026, 5, 2), date(2026, 5, 2), "revoked", LAST, False, "已撤销", date(2026, 5, 2)),
        (date(2040, 1, 1), date(2031, 2, 1), "replaced", LAST, False, "已由新证替换", date(2031, 2, 1)),
    ],
)
def test_standing_on_a_day(day, ended, how, until, good, title, since):
    found = standing("certificate", ON, ended, how, until, day)
    assert (found.good, str(found.title), found.since) == (good, title, since)


def test_an_unknown_end_raises():
    with pytest.raises(KeyError):
        standing("letter", ON, ON, "lost", None, ON)
