"""PDF gives the lines of its pages; what is encrypted says what to do."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, NumberObject, PdfObject

from indexer.extract import Block, Unreadable
from indexer.readers import read

SENTENCE = "会议指出，要坚持以人民为中心，健全养老服务体系。"


def texts(data: bytes) -> list[str]:
    return [block.text.strip() for block in read(Path("a.pdf"), data).blocks if block.text.strip()]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(Path("a.pdf"), data)
    return refused.value.reason


def pdf(text: str) -> bytes:
    """A page of one line in a Chinese font that is not embedded, as official documents have it."""
    shown = text.encode("utf-16-be").hex()
    stream = f"BT /F1 12 Tf 50 700 Td <{shown}> Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_pdf_gives_the_lines_of_its_pages() -> None:
    assert texts(pdf(SENTENCE)) == [SENTENCE]


def test_a_pdf_without_characters_names_what_reads_pictures() -> None:
    assert "OCR" in reason(pdf(""))


def encrypted(password: str, **of: object) -> bytes:
    """A page behind a password, empty where only printing is forbidden; of: what its dictionary says of the cipher."""
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf(SENTENCE))), io.BytesIO()
    writer.encrypt(password, owner_password="秘密", algorithm="RC4-128")
    assert writer._encrypt_entry is not None
    ways = {"CF": {"StdCF": {"CFM": "AESV2", "Length": 16}}, "StmF": "StdCF", "StrF": "StdCF", **of} if of else {}
    writer._encrypt_entry.update({NameObject(f"/{key}"): _entry(value) for key, value in ways.items()})
    writer.write(out)
    return out.getvalue()


def _entry(value: object) -> PdfObject:
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{key}"): _entry(one) for key, one in value.items()})
    if isinstance(value, bytes):
        return ByteStringObject(value)
    return NumberObject(value) if isinstance(value, int) else NameObject(f"/{value}")


AES_256 = {"V": 5, "R": 6, **{key: b"x" * 48 for key in ("O", "U")}, **{key: b"x" * 32 for key in ("OE", "UE")}}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (encrypted("开门"), "有密码保护；请去掉密码"),
        (encrypted("开门", V=4, R=4), "有密码保护；请去掉密码"),
        (encrypted("", V=4, R=4), "加了密，.*不加密的 PDF"),
        (encrypted("开门", **AES_256, Perms=b"x" * 16), "加了密，.*不加密的 PDF"),
        (encrypted("开门", Filter="Adobe.PubSec"), "加了密，.*不加密的 PDF"),
    ],
)
def test_a_pdf_that_is_encrypted_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    assert re.search(words, reason(data))


def test_a_pdf_that_forbids_no_more_than_printing_is_read() -> None:
    assert SENTENCE in "".join(texts(encrypted("")))


def test_a_headline_of_larger_letters_in_a_pdf_is_one_heading_and_radical_codes_are_characters() -> None:
    path = Path(__file__).resolve().parent.parent.parent / "corpus" / "2021-jiangsu-fucai-huiyi.pdf"
    first, second, *_ = read(path, path.read_bytes()).blocks
    assert first == Block("泽浦市举行福利彩票公益金资助项目集中开放日活动", level=1, size=1.25)
    assert second == Block("二〇二一年六月八日，江苏省泽浦市民政局在市")
