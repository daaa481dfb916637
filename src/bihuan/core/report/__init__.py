"""Reading a government work report: text in, facts with evidence out."""

from bihuan.core.report.file import Text, text_of
from bihuan.core.report.jsonable import as_dict
from bihuan.core.report.meta import NotAReport
from bihuan.core.report.path import Path, path
from bihuan.core.report.read import read
from bihuan.core.report.shapes import Reading

__all__ = ["NotAReport", "Path", "Reading", "Text", "as_dict", "path", "read", "text_of"]
