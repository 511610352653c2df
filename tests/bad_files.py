"""Every kind of bad document there is a name for, made on the spot: a table of kinds and what becomes of them."""

from __future__ import annotations

import io
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import docx
import pypdf

TEXT = """江南省民政厅召开养老服务工作会议

5月10日，江南省民政厅召开养老服务工作会议，总结2023年工作，部署2024年任务。

会议指出，要健全基本养老服务体系，规范福利彩票销售管理。

会议强调，要抓好工作落实，确保各项任务按期完成。
"""
GOOD = TEXT.replace("江南", "江北").replace("养老服务", "社会救助")
PAGE = (
    f"<html><head><title>{TEXT[:15]}</title></head><body><p>{'</p><p>'.join(TEXT.split(chr(10) * 2))}</p></body></html>"
)

# refused: with a reason, refused or failed. read: it is indexed. either: indexed or named with a reason, by the machine
# or by what happens to be left in the bytes. absent: it is no file of its own and not counted.
Fate = Literal["refused", "read", "either", "absent"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of bad document: what it is called, the file's name, its bytes or who makes it, and its fate."""

    what: str
    name: str
    made: bytes | Callable[[Path], object]
    fate: Fate

    def put(self, folder: Path) -> None:
        path = folder / self.name
        if isinstance(self.made, bytes):
            path.write_bytes(self.made)
        else:
            self.made(path)


# --- makers --------------------------------------------------------------------------------------------


def late(make: Callable[..., bytes], *arguments: object) -> Callable[[Path], object]:
    """Writes bytes that take long to make, when they are asked for."""
    return lambda path: path.write_bytes(make(*arguments))


def word(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def word_with(part: str, entries: dict[str, bytes] | None = None) -> bytes:
    """A docx whose word/document.xml is part, with further entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("空"))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, part if name == "word/document.xml" else source.read(name))
        for name, content in (entries or {}).items():
            target.writestr(name, content)
    return out.getvalue()


_WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_body(inside: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<w:document {_WORDS}><w:body>{inside}</w:body></w:document>'


def paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in text.split("\n\n"))


def pdf(text: str, objects: dict[int, str] | None = None) -> bytes:
    """A PDF of one page with this text, its font without shapes; objects replaces or adds some by number."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td " for line in text.split("\n") if line)
    chars = sorted(set(text) - {"\n"})
    pairs = "\n".join(f"<{ord(c):04x}> <{ord(c):04x}>" for c in chars)
    cmap = f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(chars)} beginbfchar {pairs} endbfchar"
    stream = f"BT /F1 10 Tf 50 780 Td {shown} ET"
    made = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        4: f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        5: "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        6: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 1000 >>",
        7: f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    } | (objects or {})
    out, places = b"%PDF-1.4\n", []
    for number, content in made.items():
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(made) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(made) + 1} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def pdf_of_pages(count: int, password: str = "") -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def flipped(content: bytes, seed: int = 1, share: float = 0.01) -> bytes:
    chance, changed = random.Random(seed), bytearray(content)
    for at in chance.sample(range(len(changed)), max(8, int(len(changed) * share))):
        changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def overlapping_zip(entries: int, size: int) -> bytes:
    """One deflated body that so many entries of the directory point at."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"<" * size) + packer.flush()
    crc = zlib.crc32(b"<" * size)
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, crc, len(packed), size)
    out = b"PK\x03\x04" + facts + struct.pack("<HH", 1, 0) + b"a" + packed
    directory = b""
    for number in range(entries):
        name = f"word/{number}.xml".encode()
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
        )
    return (
        out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, entries, entries, len(directory), len(out), 0)
    )


def flat_zip(size: int) -> bytes:
    return word_with(word_body("<w:p/>"), {"word/a.xml": b"<" * size})


def nested_zip(depth: int) -> bytes:
    inner = b"<" * 5_000_000
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"{number}.zip", inner)
        inner = out.getvalue()
    return inner


def sparse(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(1 << 30)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def unreadable(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)


def listening(path: Path) -> None:
    """A socket in the folder. Bound by a relative name: the path of a test's folder may be too long for one."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

KINDS = (
    Kind("空文件", "空.txt", b"", "refused"),
    Kind("一个字节", "一字节.txt", b"a", "either"),
    Kind("1 GB 稀疏文件", "巨大.txt", sparse, "refused"),
    Kind("图片改名 txt", "图片.txt", b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(4000), "refused"),
    Kind("网页改名 txt", "网页.txt", PAGE.encode(), "read"),
    Kind("文本改名 html", "文本.html", TEXT.replace("江南", "江东").encode(), "read"),
    Kind("docx 改名 txt", "文档.txt", word(TEXT), "refused"),
    Kind("pdf 改名 docx", "甲.docx", pdf(TEXT), "refused"),
    Kind("程序改名 pdf", "程序.pdf", b"MZ" + random.Random(2).randbytes(4000), "refused"),
    Kind("截断的 txt", "截断.txt", TEXT.replace("江南", "江西").encode()[:200], "read"),
    Kind("截断的 html", "截断.html", PAGE.encode()[:300], "either"),
    Kind("截断的 docx", "截断.docx", word(TEXT)[:9000], "refused"),
    Kind("截断的 pdf", "截断.pdf", pdf(TEXT)[:600], "refused"),
    Kind("位翻转的 txt", "翻转.txt", flipped(TEXT.encode()), "either"),
    Kind("位翻转的 html", "翻转.html", flipped(PAGE.encode()), "either"),
    Kind("位翻转的 docx", "翻转.docx", flipped(word(TEXT)), "either"),
    Kind("位翻转的 pdf", "翻转.pdf", flipped(pdf(TEXT)), "either"),
    Kind("压缩炸弹：平", "炸弹平.docx", late(flat_zip, 300_000_000), "refused"),
    Kind("压缩炸弹：套", "炸弹套.docx", late(nested_zip, 4), "refused"),
    Kind("压缩炸弹：重叠", "炸弹叠.docx", late(overlapping_zip, 2000, 10_000_000), "refused"),
    Kind("外部实体 docx", "实体.docx", word_with(word_body(paragraphs(TEXT + "&x;"), _XXE)), "refused"),
    Kind(
        "外部实体 html",
        "实体.html",
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>{PAGE}&x;'.encode(),
        "either",
    ),
    Kind(
        "十亿个笑",
        "笑.docx",
        word_with(word_body(paragraphs("&l9;"), f'<!DOCTYPE w [<!ENTITY l0 "哈">{_LAUGHS}]>')),
        "refused",
    ),
    Kind("网页嵌套十万层", "深.html", f"{'<div>' * 100_000}{PAGE}".encode(), "either"),
    Kind(
        "docx 嵌套十万层",
        "深.docx",
        word_with(word_body("<w:p>" * 100_000 + "</w:p>" * 100_000)),
        "refused",
    ),
    Kind(
        "二十万个属性",
        "属性.html",
        f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{TEXT}</p>".encode(),
        "either",
    ),
    Kind("十万个没写完的标签", "标签.html", ("<a " * 100_000 + TEXT).encode(), "either"),
    Kind("三兆的一行", "一行.txt", (TEXT.replace("\n", "") * 9_000)[:1_000_000].encode(), "either"),
    Kind("一百万个同样的字", "重复.txt", ("民" * 1_000_000).encode(), "either"),
    Kind("GB18030 四字节", "四字节.txt", TEXT.replace("江南", "𠮷㐂").encode("gb18030"), "read"),
    Kind("两种编码混在一起", "混合.txt", TEXT[:80].encode() + TEXT[80:].encode("gb18030"), "either"),
    Kind("一个坏字节", "坏字节.txt", TEXT.replace("江南", "江中").encode().replace(b"2023", b"20\xff23"), "read"),
    Kind("UTF-16 没有标记", "十六.txt", TEXT.replace("江南", "江右").encode("utf-16-le"), "read"),
    Kind("UTF-7", "七位.txt", TEXT.encode("utf-7"), "either"),
    Kind("夹着空字符", "空字符.txt", TEXT.encode().replace(b"\n", b"\x00\n\x00" * 20), "either"),
    Kind("落单的代理", "代理.html", PAGE.replace("5月", "&#xD800;&#55357;5月").encode(), "either"),
    Kind(
        "落单的代理 txt",
        "代理.txt",
        TEXT.encode().replace("会议".encode(), b"\xed\xa0\x80" + "会议".encode()),
        "either",
    ),
    Kind("文件名里有反向排列", "讲话\u202etxt.exe.txt", TEXT.replace("江南", "江左").encode(), "read"),
    Kind("加密的 pdf", "加密.pdf", late(pdf_of_pages, 1, "秘密"), "refused"),
    Kind("没有文字的 pdf", "扫描.pdf", late(pdf_of_pages, 3), "refused"),
    Kind("自己套自己的 pdf", "循环.pdf", pdf(TEXT, {2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}), "either"),
    Kind("一万页的 pdf", "万页.pdf", late(pdf_of_pages, 10_000), "refused"),
    Kind("加密的 docx", "加密.docx", _OLE + "EncryptedPackage".encode("utf-16-le") * 40, "refused"),
    Kind("doc 改名 docx", "旧版.docx", _OLE + random.Random(3).randbytes(5000), "refused"),
    Kind(
        "带宏的 docm", "宏.docm", word_with(word_body(paragraphs(TEXT)), {"word/vbaProject.bin": _OLE * 50}), "either"
    ),
    Kind("wps", "文稿.wps", _OLE + random.Random(4).randbytes(5000), "refused"),
    Kind("表格", "名单.xlsx", word("表"), "refused"),
    Kind("绕圈的链接", "绕圈.txt", loop, "refused"),
    Kind("管道", "管道.txt", os.mkfifo, "refused"),
    Kind("套接字", "套接字.txt", listening, "refused"),
    Kind("没有读的权限", "无权.txt", unreadable, "either"),
)
