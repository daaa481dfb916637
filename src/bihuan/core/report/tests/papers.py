"""Makes the files that offices send, from a text: .docx with automatic numbers, .pdf, web page."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def paragraph(text: str, level: int | None = None) -> str:
    """One w:p; `level` gives it an automatic number."""
    number = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def docx(body: str, front: str = "") -> bytes:
    """A .docx with this body XML."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as box:
        box.writestr("word/document.xml", f"{front}<w:document {W}><w:body>{body}</w:body></w:document>")
        box.writestr("word/numbering.xml", NUMBERING)
    return out.getvalue()


Placed = tuple[float, float, str]  # left edge and base line in points, text


def pdf(pages: list[list[str]] | list[list[Placed]]) -> bytes:
    """A .pdf that prints these lines page by page in a font every reader knows by name."""
    objects: list[bytes] = []
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects += [
        b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/StemV 80>>",
    ]  # fmt: skip
    for i, lines in enumerate(pages):
        placed = [(50, 800 - 20 * n, line) if isinstance(line, str) else line for n, line in enumerate(lines)]
        rows = "".join(f"1 0 0 1 {x} {y} Tm <{line.encode('utf-16-be').hex()}> Tj\n" for x, y, line in placed)
        stream = f"BT /F1 12 Tf\n{rows}ET".encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + 2 * i} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(places) + 1, table, len(places) + 1, len(out),
    )  # fmt: skip


def page(text: str, charset: str = "utf-8") -> str:
    """A web page with menu, script and the text in paragraphs."""
    rows = "".join(f"<P class='a>b'>&emsp;&emsp;{escape(line)}</P>\n" for line in text.split("\n"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>x</title></head><body><nav>首页 | 新闻</nav>'
        f"<script>if (1<2) document.write('增长99%')</script><!-- 增长98% --><div>{rows}</div></body></html>"
    )
