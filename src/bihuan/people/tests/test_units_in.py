"""Units as people write them in a field."""

import pytest

from bihuan.people import actions
from bihuan.people.queries import units_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("nk.scjg nk.sfj", ["nk.scjg", "nk.sfj"]),
        ("区市场监督管理局\n区司法局", ["nk.scjg", "nk.sfj"]),
        (" 区市场监督管理局、区司法局，nk.gzjg；\r\n", ["nk.scjg", "nk.sfj", "nk.gzjg"]),
        ("District Justice  Bureau\ndistrict market regulation bureau", ["nk.sfj", "nk.scjg"]),
        ("区司法局 nk.gzjg\n没有这个局", ["区司法局", "nk.gzjg", "没有这个局"]),
    ],
)
def test_names_and_codes_are_told_apart(written: str, found: list[str]) -> None:
    actions.load_units()
    assert units_in(written) == found
