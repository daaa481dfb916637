"""Reading a government work report: text in, facts with evidence out."""

from bihuan.core.report.base_rate import base_rate
from bihuan.core.report.chance import Chance, chance, kind_of
from bihuan.core.report.file import Text, text_of
from bihuan.core.report.jsonable import as_dict
from bihuan.core.report.meta import NotAReport
from bihuan.core.report.path import Path, path
from bihuan.core.report.read import read
from bihuan.core.report.shapes import Reading

__all__ = [
    "Chance", "NotAReport", "Path", "Reading", "Text", "as_dict", "base_rate", "chance", "kind_of", "path", "read",
    "text_of",
]  # fmt: skip
