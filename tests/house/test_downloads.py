"""Every place that hands out a file is known, with what is in it; what holds personal data, and each table that staff take
along, is written down when it goes."""

import re

from tests.house import checks

SENDS = re.compile(r"Content-Disposition|FileResponse\(")
# file → what it hands out; "audit: NAME" names the function that writes the row. A place of the desk has one, or says why not:
# a paper of the government itself, or what was just sent and comes back.
DOWNLOADS = {
    "assess/views.py": "the bulletin of a month as PDF: units, no persons",
    "cases/views.py": "documents, letters, certificates; audit: note_opened",
    "desk/views/batch.py": "what became of a table that was just sent: numbers and reasons; audit: note_taken",
    "desk/views/components.py": "sent back: rows of a table that could not be taken, lamps and lids",
    "desk/views/coverage.py": "blind spots: cells and areas; audit: note_taken",
    "desk/views/items.py": "sent back: rows of the catalogue that could not be taken",
    "draws/views.py": "published files of a draw: numbers alone",
    "hall/views/catalogue.py": "the public catalogue as a workbook",
    "hall/views/me.py": "everything held about whoever asks, to them alone; audit: note_export",
    "inspections/desk_views/registers.py": "sent back: rows of a table that could not be taken",
    "public/views/annual.py": "yearly figures",
    "public/views/licences.py": "licences as everybody may read them, persons masked",
    "public/views/track.py": "receipts and promises, to whoever has number and code",
    "scores/views.py": "scores of units",
    "targets/api.py": "open data of reports and goals",
    "targets/desk_views/goal.py": "own paper: the document of a changed goal",
    "targets/desk_views/intake.py": "own paper: a government's report as it came",
    "targets/desk_views/sheet.py": "tasks of a report with the units that do them; audit: note_taken",
    "targets/views/report.py": "a government's report as published",
}


def test_every_download_is_known_and_what_is_personal_is_written_down():
    found = {
        source.path: source.text
        for source in checks.product()
        if "tests" not in source.parts and SENDS.search(source.text)
    }
    assert found.keys() == DOWNLOADS.keys()
    for path, what in DOWNLOADS.items():
        _, _, audit = what.partition("audit: ")
        if audit:
            assert f"{audit}(" in found[path], f"{path} does not call {audit}"
        elif "desk" in path:
            assert what.startswith(("own paper: ", "sent back: ")), (
                f"{path}: staff take it along and no row says so"
            )
