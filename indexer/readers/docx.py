"""Word documents (docx): paragraphs, tables, text boxes and tracked insertions in reading order, without headers.

python-docx opens the package; its own .paragraphs leaves out tables, text boxes and insertions, so the body is walked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from indexer.extract import Block, Extract, Unreadable
from indexer.readers.numbering import numbering

# A docx of 0.3 MB that unpacks to 300 MB took 2.9 s and 300 MB before it was rejected; a speech unpacks to under 5 MB.
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
MAX_ENTRIES = 5_000

_P, _T, _TAB, _BR, _TR, _TC, _TBL = (qn(f"w:{name}") for name in ("p", "t", "tab", "br", "tr", "tc", "tbl"))
# Text that was deleted or moved away, and the second copy of a text box for old programs.
_GONE = frozenset(
    (qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)
# Word keeps the hyphen that may not end a line as an element; without it 2-3亿元 is read as 23亿元.
_SIGNS = {_TAB: "\t", _BR: "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING = re.compile(r"(?:heading|标题)\s{0,3}([1-6])$", re.IGNORECASE)


def read(path: Path, data: bytes) -> Extract:
    """Paragraphs and table rows of a Word document; raises Unreadable for what is none or is protected."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(path, "文件有密码保护，或是旧版 doc 文件改了扩展名；请在 Word 或 WPS 中另存为不加密的 docx")
    _check_size(path, data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (
        Exception
    ) as damaged:  # python-docx raises KeyError, ValueError, XMLSyntaxError and others on damaged packages
        raise Unreadable(
            path, f"docx 文件已损坏，无法打开（{type(damaged).__name__}）；请用 Word 或 WPS 修复后再放入"
        ) from damaged
    return Extract(tuple(_blocks(document)), wrapped=False)


def _check_size(path: Path, data: bytes) -> None:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (
        Exception
    ) as damaged:  # BadZipFile; NotImplementedError, struct.error where bits of the directory are flipped
        raise Unreadable(path, "docx 文件已损坏或不完整，无法打开；请用 Word 或 WPS 修复后再放入") from damaged
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES or unpacked > MAX_RATIO * max(len(data), 100_000):
        raise Unreadable(
            path,
            f"docx 解压后过大（{unpacked // 1_000_000} MB，{len(entries)} 个部件），可能是恶意文件；"
            "确是文稿请另存后再放入",
        )
    for entry in entries:
        # Word writes no DOCTYPE; one declares entities, whose text would silently be missing
        if entry.filename.endswith(".xml") and b"<!DOCTYPE" in _beginning(package, entry):
            raise Unreadable(path, "docx 文件里有外部实体声明，可能是恶意文件；确是文稿请另存后再放入")


def _beginning(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with package.open(entry) as part:
            return part.read(2_000)
    except Exception:  # damaged entries are reported when the document is opened
        return b""


def _blocks(document: WordDocument) -> Iterator[Block]:
    numbers = numbering(document)
    levels = {style.style_id: level for style in document.styles if (level := _level(style.name or ""))}
    for element in _in_order(document.element.body):
        if element.tag == _TR:
            yield Block("\t".join(_text(cell) for cell in element.iterchildren(_TC)).strip())
        else:
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            level = levels.get(style.get(qn("w:val"), ""), 0) if style is not None else 0
            shown = numbers.label(element) + _text(element)
            yield from (Block(line, level) for line in shown.split("\n"))


def _level(style: str) -> int:
    """Title → 1, heading 2 → 2; 0 for any other style."""
    if style.lower() in ("title", "标题"):
        return 1
    found = _HEADING.match(style)
    return int(found.group(1)) if found else 0


def _in_order(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, and rows of tables whose cells hold one paragraph each; longer cells are paragraphs."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag in _GONE:
            continue
        if element.tag == _TR and all(len(cell.findall(_P)) <= 1 for cell in element.iterchildren(_TC)):
            yield element
            continue
        if element.tag == _P:
            yield element
        stack.extend(reversed([child for child in element if isinstance(child.tag, str)]))


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph or cell without that of paragraphs inside it (text boxes come on their own)."""
    parts: list[str] = []
    stack = [child for child in reversed(paragraph) if isinstance(child.tag, str)]
    while stack:
        element = stack.pop()
        if element.tag in _GONE or (element.tag in (_P, _TBL) and paragraph.tag == _P):
            continue
        if element.tag == _T:
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        stack.extend(child for child in reversed(element) if isinstance(child.tag, str))
    return "".join(parts)
