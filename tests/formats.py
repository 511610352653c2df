"""The same lines as a file of each format that is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape

import docx


def pdf(*pages: Sequence[str]) -> bytes:
    """Pages of lines in a Chinese font that is not embedded, as official documents have it."""
    contents = [
        "".join(
            f"BT /F1 12 Tf 50 {780 - 16 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for n, line in enumerate(page)
        )
        for page in pages
    ]
    font = len(pages) * 2 + 3
    kids = " ".join(f"{2 * n + 3} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    for n, content in enumerate(contents):
        place = f"/Contents {2 * n + 4} 0 R/Resources<</Font<</F1 {font} 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{place}>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects.append(
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[{font + 1} 0 R]>>"
    )
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    objects.append(f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light{system}>>")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{content} endobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


def word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_table(lines: Sequence[str]) -> bytes:
    """A row for every two lines."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for pair in zip(lines[::2], (*lines[1::2], ""), strict=False):
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def paragraphs(lines: Sequence[str]) -> bytes:
    return page(f"<div>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</div>")


def breaks(lines: Sequence[str]) -> bytes:
    return page(f"<table><tr><td>{'<br>'.join(map(escape, lines))}</td></tr></table>")


def nested(lines: Sequence[str]) -> bytes:
    body = ""
    for line in reversed(lines):
        body = f"<div>{escape(line)}{body}</div>"
    return page(body)


def preformatted(lines: Sequence[str]) -> bytes:
    return page(f"<pre>{escape(chr(10).join(lines))}</pre>")


def saved(lines: Sequence[str]) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    return head + paragraphs(lines) + b"\n--x--\n"


def text(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


def package(parts: dict[str, str]) -> bytes:
    """A zip of XML parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF = " ".join(f'xmlns:{one}="{_ODF}{one}:1.0"' for one in ("office", "text", "table", "style", "drawing", "manifest"))


def odt(body: str, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """An OpenDocument text; body and styles are XML."""
    inside = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}"
    content = f"<office:document-content {ODF}>{inside}</office:text></office:body></office:document-content>"
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(parts or {})})


def odt_text(lines: Sequence[str]) -> bytes:
    written = (escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>') for line in lines)
    return odt("".join(f"<text:p>{line}</text:p>" for line in written))


def ofd_text(x: float, y: float, text: str, size: float = 5.6) -> str:
    """A run of letters with its baseline at a place, in millimetres."""
    steps = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="{size}"{steps}>{escape(text)}</ofd:TextCode>'
    place = f'Boundary="{x} {y - size} 150 {size}" Font="1" Size="{size}"'
    return f'<ofd:TextObject ID="9" {place}>{code}</ofd:TextObject>'


def ofd(*pages: str, parts: dict[str, str] | None = None, more: str = "") -> bytes:
    """An OFD; pages are the objects on each. more: what else the document's part says."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    named = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    contents = {
        f"Doc_0/Pages/Page_{n}/Content.xml": f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="1">{page}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
        for n, page in enumerate(pages)
    }
    return package(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}>{more}<ofd:Pages>{named}</ofd:Pages></ofd:Document>",
            **contents,
            **(parts or {}),
        }
    )


def ofd_lines(lines: Sequence[str]) -> bytes:
    """Forty lines a page; a line that goes over its end is one run all the same."""
    pages = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    return ofd(*("".join(ofd_text(28, 30 + 6.5 * n, line) for n, line in enumerate(page)) for page in pages))


def mail(lines: Sequence[str], kind: str = "plain", subject: str = "") -> bytes:
    message = EmailMessage()
    if subject:
        message["Subject"] = subject
    message.set_content(text(lines).decode() if kind == "plain" else paragraphs(lines).decode(), subtype=kind)
    return message.as_bytes()


# By a name that says how, with the suffix of the format.
FORMATS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "lines.txt": text,
    "lines.md": text,
    "paragraphs.html": paragraphs,
    "breaks.html": breaks,
    "nested.html": nested,
    "preformatted.html": preformatted,
    "saved.mht": saved,
    "paragraphs.docx": word,
    "rows.docx": word_table,
    "pages.pdf": lambda lines: pdf(*(lines[at : at + 40] for at in range(0, len(lines), 40))),
    "paragraphs.odt": odt_text,
    "pages.ofd": ofd_lines,
    "plain.eml": mail,
    "page.eml": lambda lines: mail(lines, "html"),
}
