"""The small district of the tests of cases, and a form as a browser sends it back."""

import re

from bihuan.cases.tests.conftest import district, seed

__all__ = ["district", "hidden", "seed"]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form of a page that a browser sends with everything else."""
    form = page[page.index("data-once") :]
    found = re.findall(
        r'<input type="hidden" name="(request_key|prefill|draft|draft_code|seen)" value="([^"]*)"', form
    )
    assert found
    return dict(found)
