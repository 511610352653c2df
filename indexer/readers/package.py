"""Documents that are a zip of XML parts (docx, odt, ofd): opened within bounds, parsed without entities."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from indexer.extract import Unreadable

# A docx of 0.3 MB that unpacks to 300 MB took 2.9 s and 300 MB before it was rejected; a speech unpacks to under 5 MB.
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
MAX_ENTRIES = 5_000
# Without huge_tree, lxml itself ends at a depth of 256 and at 10 MB of text in one place.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def opened(path: Path, data: bytes, kind: str, program: str) -> zipfile.ZipFile:
    """The package; raises Unreadable for what is none, for what unpacks to too much and for what declares entities.

    kind: how people call the format. program: with what they mend such a file.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (
        Exception
    ) as damaged:  # BadZipFile; NotImplementedError, struct.error where bits of the directory are flipped
        raise Unreadable(path, f"{kind} 文件已损坏或不完整，无法打开；请用 {program} 修复后再放入") from damaged
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES or unpacked > MAX_RATIO * max(len(data), 100_000):
        raise Unreadable(
            path,
            f"{kind} 解压后过大（{unpacked // 1_000_000} MB，{len(entries)} 个部件），可能是恶意文件；"
            "确是文稿请另存后再放入",
        )
    # Nobody reads text in a manifest, and the odt of older offices bring one that names its type.
    if any(_has_doctype(package, entry) for entry in entries if entry.filename != "META-INF/manifest.xml"):
        raise Unreadable(path, f"{kind} 文件里有外部实体声明，可能是恶意文件；确是文稿请另存后再放入")
    return package


def part(package: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of an XML part; raises what zipfile and lxml raise for one that is missing or damaged."""
    return etree.fromstring(package.read(name), _PARSER)


def xml(content: bytes) -> etree._Element:
    """The root of XML that was taken out of a package by other means."""
    return etree.fromstring(content, _PARSER)


def _has_doctype(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type: no program writes one, and the text of the entities that it may declare
    would silently be missing.

    The parser of the reader itself says so, at the first element: however long the comment is before it, and in
    whatever encoding and under whatever name the part is. Entities are not looked up, and nothing is loaded.
    """
    try:
        with package.open(entry) as content:
            for _, root in etree.iterparse(content, events=("start",), resolve_entities=False, no_network=True):
                return bool(root.getroottree().docinfo.doctype)
    except Exception:  # an image, or damage that is reported when the document is opened
        return False
    return False
