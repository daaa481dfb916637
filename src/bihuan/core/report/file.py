"""A file as it comes in: which form it has, and its text; what cannot be read is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bihuan.core.encodings import Undecodable, decode
from bihuan.core.report.forms.docx import BadDocument, text_of_docx
from bihuan.core.report.forms.html import charset, looks_like_html, text_of_html
from bihuan.core.report.forms.pdf import text_of_pdf
from bihuan.core.report.meta import NotAReport
from bihuan.core.say import Say

MOST = 30_000_000  # bytes; the longest report with pictures seen is below 10 million
_REASONS = {
    "damaged": Say("文件已损坏，打不开", "The file is damaged and cannot be opened"),
    "encrypted": Say("文件加了密，请先去掉密码", "The file is encrypted; remove its password first"),
    "not_docx": Say("压缩包里没有 Word 正文，不是 .docx", "The archive holds no Word text; it is no .docx"),
    "ofd": Say("是 OFD 版式文件，请另存为 .docx 或 .pdf", "An OFD file; save it as .docx or .pdf"),
    "too_big": Say("文件太大，不像一份报告", "The file is too big for a report"),
}
# first bytes of what offices send by mistake, and what to do about it
_OTHERS: tuple[tuple[bytes, Say], ...] = (
    (b"\xd0\xcf\x11\xe0", Say("是旧版 Word(.doc)或 WPS 文件，请另存为 .docx", "An old Word (.doc) or WPS file; save it as .docx")),
    (b"{\\rtf", Say("是 RTF 文件，请另存为 .docx", "An RTF file; save it as .docx")),
    (b"\x89PNG", Say("是图片，不是文字；请先做文字识别", "A picture, not text; run text recognition first")),
    (b"\xff\xd8\xff", Say("是图片，不是文字；请先做文字识别", "A picture, not text; run text recognition first")),
    (b"II*\x00", Say("是图片，不是文字；请先做文字识别", "A picture, not text; run text recognition first")),
    (b"Rar!", Say("是压缩包，请先解开", "An archive; unpack it first")),
    (b"7z\xbc\xaf", Say("是压缩包，请先解开", "An archive; unpack it first")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file; offsets of a reading index `text`. `plain`: it is the file itself decoded as UTF-8."""

    text: str
    form: str  # text | html | docx | pdf
    encoding: str  # of the bytes; empty for docx and pdf

    @property
    def plain(self) -> bool:
        return self.form == "text" and self.encoding == "utf-8"


def text_of(data: bytes, name: str = "") -> Text:
    """The text of a report file of any accepted form: text, Markdown, .html, .docx, .pdf.

    The content decides, not the name. NotAReport carries the reason in both languages.
    """
    if not data.strip():
        raise NotAReport(Say("文件是空的", "The file is empty"))
    if len(data) > MOST:
        raise NotAReport(
            Say(f"文件超过{MOST // 10**6}MB，不像一份报告", f"Over {MOST // 10**6} MB: not a report")
        )
    if data.startswith(_OTHERS[0][0]) and "EncryptedPackage".encode("utf-16-le") in data:
        raise NotAReport(_REASONS["encrypted"])  # a .docx with a password is put into an old container
    for mark, say in _OTHERS:
        if data.startswith(mark):
            raise NotAReport(say)
    if data.startswith(b"PK\x03\x04"):
        text = _opened(text_of_docx, data)
        if not text.strip():
            raise NotAReport(
                Say("Word 文件里没有文字，多半是贴进去的扫描图；请先做文字识别",
                    "The Word file holds no text, probably pasted scans; run text recognition first")
            )  # fmt: skip
        return Text(text, "docx", "")
    if data[:1024].lstrip().startswith(b"%PDF"):
        text = _opened(text_of_pdf, data)
        if not text.strip():
            raise NotAReport(
                Say("PDF 里没有文字，是扫描件或空白页；请先做文字识别",
                    "The PDF holds no text: a scan or blank pages; run text recognition first")
            )  # fmt: skip
        return Text(text, "pdf", "")
    return _written(data, name)


def _written(data: bytes, name: str) -> Text:
    try:
        text, encoding = decode(data)
    except Undecodable as error:
        raise NotAReport(
            Say(f"不是文字：既不是 UTF-8(第{error.at}字节起不是)，也不是 GB18030 或 UTF-16",
                f"Not text: not UTF-8 (from byte {error.at}), nor GB18030 or UTF-16")
        ) from error  # fmt: skip
    if looks_like_html(text) or name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        said = charset(data)
        if encoding == "gb18030" and said in ("big5", "big5-hkscs"):
            raise NotAReport(Say("网页是 Big5 编码，请另存为 UTF-8", "The page is in Big5; save it as UTF-8"))
        return Text(text_of_html(text), "html", encoding)
    return Text(text, "text", encoding)


def _opened(open_: Callable[[bytes], str], data: bytes) -> str:
    try:
        return open_(data)
    except BadDocument as error:
        raise NotAReport(_REASONS[str(error)]) from error
