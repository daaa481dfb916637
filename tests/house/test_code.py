"""Every rule of the house holds in the project, and each is shown to catch a planted violation."""

import pytest

from tests.house import checks
from tests.house.checks import Source
from tests.house.exceptions import EXCEPTIONS

WHOLE_REPOSITORY = {"names", "unfinished", "swallowed", "sizes"}


@pytest.mark.parametrize("rule", EXCEPTIONS)
def test_rule_holds(rule: str):
    """An exception is keyed by file, or by file and what is said: "cases/x.py" or "cases/x.py: words"."""
    sources = checks.everything() if rule in WHOLE_REPOSITORY else checks.product()
    faults = [fault for source in sources for fault in getattr(checks, rule)(source)]
    excused = {key: [f for f in faults if matches(key, f)] for key in EXCEPTIONS[rule]}
    left = [f for f in faults if not any(f in found for found in excused.values())]
    assert not left, f"{rule}: {getattr(checks, rule).__doc__}\n" + "\n".join(left)
    assert not [key for key, found in excused.items() if not found], "exceptions that are not needed any more"
    assert all(len(reason) > 20 for reason in EXCEPTIONS[rule].values()), "an exception gives its reason"


def matches(key: str, fault: str) -> bool:
    file, _, words = key.partition(": ")
    return fault.split(":")[0] == file and words in fault


PLANTED = {
    "signals": [
        ("cases/actions.py", "from django.db.models.signals import post_save\n"),
        ("cases/apps.py", "from django.dispatch import receiver\n"),
    ],
    "clocks": [
        ("cases/queries.py", "from datetime import date\nday = date.today()\n"),
        ("desk/views.py", "import datetime as d\nfrom datetime import datetime\nx = datetime.now(tz=None)\n"),
        ("cases/models.py", "from django.utils import timezone\nat = Field(default=timezone.now)\n"),
        ("cases/models.py", "at = DateTimeField(auto_now_add=True)\n"),
        ("core/time/clock.py", "from time import time\n"),
        ("core/time/clock.py", "import time\nt = time.time()\n"),
    ],
    "environment": [
        ("cases/actions.py", "import os\nkey = os.environ['KEY']\n"),
        ("cases/actions.py", "from os import getenv\n"),
    ],
    "writes": [
        ("desk/views.py", "def view(request):\n    Case.objects.create(number='1')\n"),
        ("cases/queries.py", "Case.objects.filter(pk=1).update(state='closed')\n"),
        ("cases/queries.py", "case.save(update_fields=['state'])\n"),
        ("cases/queries.py", "Case.objects.filter(pk=1).delete()\n"),
        ("cases/queries.py", "Event.objects.bulk_create([])\n"),
        ("people/queries.py", "db.execute('update cases_case set state = 1')\n"),
        ("people/queries.py", "db.execute(f'DELETE from {table}')\n"),
        ("config/cli/demo.py", "person.save()\n"),
    ],
    "sizes": [
        ("cases/actions.py", "\n" * 401),
        ("cases/actions.py", "def long():\n" + "    x = 1\n" * 60),
    ],
    "names": [
        ("cases/utils.py", ""),
        ("cases/models.py", "class CaseManager: ...\n"),
        ("cases/models.py", "class AuditMixin: ...\n"),
        ("cases/models.py", "def case_helper(): ...\n"),
    ],
    "swallowed": [
        ("cases/actions.py", "try:\n    act()\nexcept Exception:\n    result = None\n"),
        ("cases/actions.py", "def f():\n    try:\n        act()\n    except:\n        return None\n"),
        ("cases/actions.py", "try:\n    act()\nexcept (ValueError, BaseException):\n    pass\n"),
    ],
    "unfinished": [
        ("cases/actions.py", "# TO" + "DO: later\n"),
        ("cases/actions.py", "raise NotImplemented" + "Error\n"),
        ("cases/tests/test_act.py", "import pytest\n@pytest.mark.skip\ndef test_x(): ...\n"),
        ("cases/tests/test_act.py", "import time\ntime.sleep(1)\n"),
    ],
    "purity": [
        ("core/time/clock.py", "from django.utils import timezone\n"),
        ("core/draw.py", "import random\n"),
        ("core/place/grid.py", "text = open('cells.csv').read()\n"),
        ("core/place/grid.py", "text = path.read_text()\n"),
        ("core/log.py", "import psycopg\n"),
    ],
    "views": [("desk/views.py", "cases = Case.objects.all()\n"), ("desk/urls.py", "x = Case.objects\n")],
    "lines_apart": [
        ("lines/disclosure/rules.py", "from bihuan.lines.supervision import rules\n"),
        ("lines/disclosure/rules.py", "from django.db import connection\n"),
        ("lines/disclosure/rules.py", "from bihuan.cases import queries\n"),
    ],
}


@pytest.mark.parametrize(
    ("rule", "path", "text"), [(rule, *plant) for rule, plants in PLANTED.items() for plant in plants]
)
def test_rule_catches_a_planted_violation(rule: str, path: str, text: str):
    assert getattr(checks, rule)(Source(path, text))


def test_every_rule_has_a_planted_violation():
    assert set(PLANTED) == set(EXCEPTIONS)


HARMLESS = {
    "clocks": ("desk/views.py", "def view(request):\n    return request.now\n"),
    "writes": (
        "cases/queries.py",
        "seen = set()\nseen.update([1])\nimage.save(out, 'JPEG')\nhash.update(b'')\n",
    ),
    "swallowed": (
        "cases/actions.py",
        "try:\n    act()\nexcept Exception as why:\n    raise Refused from why\n",
    ),
    "lines_apart": ("lines/disclosure/rules.py", "from bihuan.core.say import Say\n"),
    "purity": ("core/line/files.py", "text = path.read_text()\n"),
}


@pytest.mark.parametrize("rule", HARMLESS)
def test_rule_lets_the_harmless_pass(rule: str):
    assert getattr(checks, rule)(Source(*HARMLESS[rule])) == []
