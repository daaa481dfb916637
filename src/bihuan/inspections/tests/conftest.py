"""The small district of the tests of cases, with a market bureau."""

from __future__ import annotations

import pytest

from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.inspections.tests.bureau import staff

__all__ = ["district", "real_district", "seed"]


@pytest.fixture
def bureau(district: District) -> District:
    return staff(district)
