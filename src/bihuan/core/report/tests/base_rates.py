"""Count how often goals of each kind were met: `python -m bihuan.core.report.tests.base_rates FOLDER`.

Prints the table kept in core/report/base_rate.py. Only goals that the report after lets one judge are counted.
"""

import sys
from collections import Counter

from bihuan.core.report.tests.calibration import followed


def main(folder: str) -> None:
    """One row a kind, most judged first."""
    count: dict[str, Counter[str]] = {}
    for pair in (p for place in followed(folder) for p in place.pairs if p.numeric):
        if pair.verdict in ("kept", "partly", "not"):
            count.setdefault(pair.promise.kind, Counter())[pair.verdict] += 1
    rows = sorted(count.items(), key=lambda item: -item[1].total())
    lines = [f'    "{kind}": ({c["kept"]}, {c["partly"]}, {c["not"]}),' for kind, c in rows]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
