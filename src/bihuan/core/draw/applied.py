"""The avoid pairs that were applied, each with its proof: enough to redo a draw without showing the others.

applied.tsv: `dr1-applied TAB <draw> TAB <n>`, then, ascending by index, `<index> TAB <sid> TAB <iid> TAB <C|H> TAB
<salt> TAB <path>`: the place of the line in avoid.tsv from 0, the line itself, and its RFC 6962 audit path as hex
joined by commas, or `-` where the tree has one leaf. Only for manifests whose avoid hash is the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bihuan.core.draw import tree
from bihuan.core.draw.deal import Team
from bihuan.core.draw.manifest import Manifest
from bihuan.core.draw.roster import PAIR, Avoid
from bihuan.core.draw.rows import rows
from bihuan.core.draw.select import Lot
from bihuan.core.draw.words import Refused

INDEX = re.compile(rb"0|[1-9][0-9]{0,14}")
WAY = re.compile(rb"-|[0-9a-f]{64}(?:,[0-9a-f]{64})*")


def read(made: Manifest, raw: bytes) -> Avoid:
    """The pairs of applied.tsv, each proven against the manifest's root."""
    flat = rows("applied", made.draw, raw, 6)
    sealed = made.files["avoid"]
    pairs: list[tuple[bytes, bytes, bytes]] = []
    last = -1
    for at in range(0, len(flat), 6):
        index, *line, way = flat[at : at + 6]
        text = b"\t".join(line)
        if not (INDEX.fullmatch(index) and PAIR.fullmatch(text + b"\n") and WAY.fullmatch(way)):
            raise Refused("applied_line", line=at // 6 + 2)
        place, proof = int(index), [] if way == b"-" else [bytes.fromhex(h.decode()) for h in way.split(b",")]
        leaf = tree.leaves(made.hash, [text])[0]
        if place <= last or not tree.rises(made.hash, leaf, place, sealed.lines, proof, sealed.hash):
            raise Refused("applied_proof", line=at // 6 + 2)
        last = place
        pairs.append((line[0], line[1], line[2]))
    return Avoid([p[0] for p in pairs], [p[1] for p in pairs], [p[2] for p in pairs])


def write(made: Manifest, avoid: bytes, drawn: Iterable[Lot], teams: Iterable[Team]) -> bytes:
    """applied.tsv of a draw, from the full avoid.tsv (every line salted)."""
    used = {
        sid + b"\t" + iid + b"\t"
        for (_, sid, _), team in zip(drawn, teams, strict=True)
        for iid, _ in team.skips
    }
    lines = avoid.split(b"\n")[1:-1]
    grown = tree.levels(made.hash, tree.leaves(made.hash, lines))
    found = []
    for index, line in enumerate(lines):
        sid, iid, _ = line.split(b"\t", 2)
        if sid + b"\t" + iid + b"\t" in used:
            way = ",".join(step.hex() for step in tree.path(made.hash, grown, index)).encode() or b"-"
            found.append(b"%d\t%b\t%b\n" % (index, line, way))
    return b"dr1-applied\t%b\t%d\n" % (made.draw.encode(), len(found)) + b"".join(found)
