"""The small district of the tests of cases."""

from bihuan.cases.tests.conftest import district, real_district, seed

__all__ = ["district", "real_district", "seed"]
