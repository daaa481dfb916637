"""The small district of the tests of cases."""

from bihuan.cases.tests.conftest import district, seed

__all__ = ["district", "seed"]
