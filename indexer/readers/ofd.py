"""OFD (GB/T 33190): lines as they stand on the pages. A zip of XML: OFD.xml → Document.xml → the content of each page.

Read here and not by a package: docs/decisions/0006-ofd.md.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import hypot, isfinite
from pathlib import Path

from lxml import etree

from indexer.extract import Extract, Unreadable
from indexer.readers.package import opened, part
from indexer.readers.printed import printed

MAX_PAGES = 2_000  # as of a PDF
_SAME_LINE = 0.5  # of the size of the letters: what lies no further above or below stands in one line
_INDENT = (1.5, 4.5)  # of the size; paragraphs begin two letters further right, rarely four
_OVER = 0.25  # of the size: the same letters no further right are printed over themselves, to look bold
_GAP = 1.0  # of the size: a wider gap within a line parts two columns or two words


def read(path: Path, data: bytes) -> Extract:
    """Lines of all pages, without what a template prints on each; raises Unreadable for scans and damaged files."""
    package = opened(path, data, "OFD", "OFD 阅读器")
    try:
        return _extract(path, package)
    except (Unreadable, MemoryError):
        raise
    except Exception as damaged:  # KeyError where a part is missing, XMLSyntaxError, BadZipFile, zlib.error
        raise Unreadable(
            path, f"OFD 文件已损坏，无法读取（{type(damaged).__name__}）；请重新下载或导出后再放入"
        ) from damaged


def _extract(path: Path, package: zipfile.ZipFile) -> Extract:
    names = frozenset(package.namelist())
    if any(posixpath.basename(name).lower() == "encryptions.xml" for name in names):
        raise Unreadable(path, "OFD 加了密；请用阅读器另存（打印）为不加密的 PDF 或 OFD 后再放入")
    # a page that is named twice is read once: the work never exceeds the package
    roots = _places(part(package, "OFD.xml"), "DocRoot", "")
    documents = [(root, part(package, root)) for root in roots]
    pages = list(dict.fromkeys(chain.from_iterable(_pages(root, document) for root, document in documents)))
    if len(pages) > MAX_PAGES:
        raise Unreadable(path, f"OFD 有{len(pages)}页，超过上限{MAX_PAGES}页；请拆分后再放入")
    if not pages:
        raise KeyError("Page")
    lines = [_lines(part(package, page)) for page in pages]
    texts = ["\n".join(_indented(page)) for page in lines]
    extract = printed(path, "OFD", texts, [[line.size for line in page] for page in lines])
    templates = dict.fromkeys(chain.from_iterable(_templates(root, document) for root, document in documents))
    beside = (line.text for place in templates if place in names for line in _lines(part(package, place)))
    return Extract(
        extract.blocks,
        extract.wrapped,
        extract.hints,
        extract.replaced,
        tuple(("页面模板", text) for text in beside),
    )


def _local(element: etree._Element) -> str:
    """TextObject of {http://www.ofdspec.org/2016}TextObject; producers do not agree on the namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _places(root: etree._Element, name: str, base: str) -> list[str]:
    """Paths inside the package that elements of a name hold."""
    return list(dict.fromkeys(_inside(base, one.text or "") for one in root.iter() if _local(one) == name))


def _inside(base: str, place: str) -> str:
    """A place as its part names it, from the root of the package: /Doc_0/a.xml, or a.xml from the part's folder."""
    place = place.strip()
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(base, place))


def _pages(root: str, document: etree._Element) -> Iterator[str]:
    for pages in document.iter():
        if _local(pages) == "Pages":
            yield from (_inside(posixpath.dirname(root), page.get("BaseLoc") or "") for page in pages if _local(page))


def _templates(root: str, document: etree._Element) -> Iterator[str]:
    for one in document.iter():
        if _local(one) == "TemplatePage":
            yield _inside(posixpath.dirname(root), one.get("BaseLoc") or "")


# --- a page ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters in a row: where they begin and end on the page, in millimetres from its top left, and their size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    size: float


def _lines(page: etree._Element) -> list[_Line]:
    """The runs of a page in the order of the file, those of one height joined: some programs part every letter."""
    found: list[list[_Run]] = []
    for run in chain.from_iterable(map(_runs, (one for one in page.iter() if _local(one) == "TextObject"))):
        last = found[-1][-1] if found else None
        size = max(run.size, last.size) if last else 0.0
        if last and abs(run.base - last.base) <= _SAME_LINE * size and run.left >= last.left:
            if run.text != last.text or run.left - last.left > _OVER * size:
                found[-1].append(run)
        else:
            found.append([run])
    return [_Line(_joined(runs), runs[0].left, max(run.size for run in runs)) for runs in found]


def _indented(page: list[_Line]) -> Iterator[str]:
    """The lines of a page, those that begin right of the others with the blanks that show it in a text: a paragraph
    begins there, and nothing else says so where its last line is full."""
    lefts = Counter(round(line.left) for line in page)  # whole millimetres
    most = max(lefts.values(), default=0)
    margin = min((left for left, lines in lefts.items() if lines == most), default=0)
    for line in page:
        begins = _INDENT[0] * line.size < line.left - margin < _INDENT[1] * line.size
        yield ("\u3000\u3000" if begins else "") + line.text


def _joined(runs: list[_Run]) -> str:
    parts = [runs[0].text]
    for before, run in pairwise(runs):
        parts += [" "] if run.left - before.right > _GAP * run.size else []
        parts.append(run.text)
    return "".join(parts)


def _runs(element: etree._Element) -> Iterator[_Run]:
    left, top, *_ = (*_numbers(element.get("Boundary")), 0.0, 0.0)
    a, b, c, d, e, f = matrix if len(matrix := _numbers(element.get("CTM"))) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    height = (_numbers(element.get("Size")) or [0.0])[0]
    size = height * hypot(c, d)
    x = y = 0.0
    for code in element:
        text = "".join((code.text or "").split("\n")) if _local(code) == "TextCode" else ""
        x, y = ((_numbers(code.get(axis)) or [old])[0] for axis, old in (("X", x), ("Y", y)))
        if text:
            width = (_sum(code.get("DeltaX")) or height * (len(text) - 1)) + height
            begins = left + a * x + c * y + e
            yield _Run(text, begins, begins + width * hypot(a, b), top + b * x + d * y + f, size)


def _sum(steps: str | None) -> float:
    """The steps from letter to letter: 4.2 4.2, or g 2 4.2 for twice the same; not written out, as g may claim any."""
    signs, total, at = (steps or "").split(), 0.0, 0
    while at < len(signs):
        repeated = signs[at] == "g" and at + 2 < len(signs)
        value = _numbers(" ".join(signs[at + 1 : at + 3] if repeated else signs[at : at + 1]))
        total += value[0] * value[1] if len(value) == 2 else sum(value)
        at += 3 if repeated else 1
    return total


def _numbers(text: str | None) -> list[float]:
    """The figures of an attribute; none where one of them is no number."""
    try:
        found = [float(one) for one in (text or "").split()]
    except ValueError:
        return []
    return found if all(map(isfinite, found)) else []
