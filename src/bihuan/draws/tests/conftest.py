"""The small district of the tests of cases, with the people of a ceremony and a log that is witnessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.draws.tests.ceremony import Hall, fill_hall

__all__ = ["district", "real_district", "seed"]


@pytest.fixture
def hall(real_district: District, tmp_path: Path) -> Hall:
    return fill_hall(tmp_path)
