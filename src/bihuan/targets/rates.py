"""How often goals of a kind were met elsewhere, from the table beside the code that follows promises."""

from functools import cache
from importlib.resources import files

from bihuan.core.report import follow
from bihuan.core.report.follow import Met, base_rates


@cache
def met_elsewhere() -> dict[str, Met]:
    """Counts by kind of goal (`growth_yoy`, `count_new`, …): `kept` of `judged`; see docs/report-reading.md."""
    return base_rates((files(follow) / "met.csv").read_text(encoding="utf-8"))
