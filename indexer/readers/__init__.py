"""One file per format: bytes → Extract. This table says which reader takes which format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from indexer.extract import Extract, Unreadable
from search.documents.filenames import kept, shown
from search.documents.formats import ADVISED, BY_SUFFIX, FORMATS

Reader = Callable[[Path, bytes], Extract]


def _when_needed(module: str, package: str = "") -> Reader:
    """A reader whose module is imported with its first file: a build starts without them, as other processes read; and
    one that lacks a package refuses its files alone."""

    def reader(path: Path, data: bytes) -> Extract:
        try:
            found: Reader = import_module(f"indexer.readers.{module}").read
        except ModuleNotFoundError as missing:
            if not package:
                raise
            raise Unreadable(path, f"没有安装读取 {path.suffix} 的组件 {package}；请运行 make setup") from missing
        return found(path, data)

    return reader


_docx = _when_needed("docx", "python-docx")
_pdf = _when_needed("pdf", "pypdf")
_office = _when_needed("office", "python-docx")

# By the usual suffix of the format, for every row of FORMATS.
_READERS: dict[str, Reader] = {
    ".txt": _when_needed("txt"),
    ".md": _when_needed("md"),
    ".html": _when_needed("html"),
    ".mht": _when_needed("mht"),
    ".docx": _docx,
    ".pdf": _pdf,
    ".ofd": _when_needed("ofd"),
    ".odt": _when_needed("odt"),
    ".eml": _when_needed("eml"),
    ".rtf": _when_needed("rtf"),
    ".doc": _office,
    ".wps": _office,
}
READERS = {suffix: _READERS[one.suffix] for one in FORMATS for suffix in one.suffixes}

# Formats people put into the folder that hold no speech, or none that can be read here; the reason is shown to them.
REFUSED: dict[str, str] = {
    ".csv": "这是数据表，不是讲话文稿；本系统不收录表格",
    ".xlsx": "这是电子表格，不是讲话文稿；本系统不收录表格",
    ".xls": "这是电子表格，不是讲话文稿；本系统不收录表格",
    ".et": "这是电子表格，不是讲话文稿；本系统不收录表格",
    ".msg": "这是 Outlook 的邮件；请在 Outlook 中另存为 eml 或文本",
    ".pptx": "这是演示文稿；请把讲稿另存为 docx 或 txt",
    ".ppt": "这是演示文稿；请把讲稿另存为 docx 或 txt",
    ".zip": "这是压缩包；请解压后再放入",
    ".rar": "这是压缩包；请解压后再放入",
    ".7z": "这是压缩包；请解压后再放入",
    ".jpg": "这是图片；请先做文字识别（OCR）",
    ".jpeg": "这是图片；请先做文字识别（OCR）",
    ".png": "这是图片；请先做文字识别（OCR）",
    ".tif": "这是图片；请先做文字识别（OCR）",
}

MAX_BYTES = 50_000_000  # the largest report collection seen has 3 MB; 50 MB of text is 8,000 speeches in one file
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ".zip"),
    (b"%PDF-", ".pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".png"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"MZ", ".exe"),
    (b"\x7fELF", ".exe"),
    (b"\x1f\x8b", ".zip"),
)


def read(path: Path, data: bytes) -> Extract:
    """What the file holds. Raises Unreadable with a Chinese reason for anything that gives no text."""
    suffix = path.suffix.lower()
    if suffix in REFUSED:
        raise Unreadable(path, REFUSED[suffix])
    if suffix not in READERS:
        raise Unreadable(path, f"不支持的格式“{shown(kept(suffix)) or '无扩展名'}”；请另存为 {ADVISED}")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(path, "文件是空的；请重新保存，或删去")
    check_size(path, len(data))
    if BY_SUFFIX[suffix].is_text and (real := _signature(data)):
        raise Unreadable(path, f"扩展名是 {suffix}，内容却像 {real} 文件；请改正扩展名")
    return READERS[suffix](path, data)


def check_size(path: Path, size: int) -> None:
    """Unreadable for a file too large to be a speech; asked before it is read."""
    if reason := too_large(size):
        raise Unreadable(path, reason)


def too_large(size: int) -> str:
    """Why a file of so many bytes is not read; empty where it is."""
    if size <= MAX_BYTES:
        return ""
    return f"文件太大（{-(-size // 1_000_000)} MB，上限 {MAX_BYTES // 1_000_000} MB）；请拆分后再放入"


def _signature(data: bytes) -> str:
    return next((suffix for magic, suffix in _SIGNATURES if data.startswith(magic)), "")
