"""Rich Text Format as Word, WPS and WordPad write it: every character set, what is no text, and what is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer import readers
from indexer.extract import Extract, Unreadable
from indexer.readers import rtf

LINES = ("在全县助餐工作会议上的讲话", "同志们：", "助餐点的账目要按月张贴，共３处。", "二〇二四年〇三月")
FONTS = rb"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset0 Times;}{\f2\fcharset136 x;}}"


def extract(content: bytes) -> Extract:
    return readers.read(Path("甲.rtf"), content)


def texts(found: Extract) -> list[str]:
    return [block.text for block in found.blocks if block.text]


def escaped(text: str, encoding: str = "gb18030") -> bytes:
    return b"".join(rb"\'%02x" % byte for byte in text.encode(encoding))


def numbered(text: str, stand_in: bytes = b"?") -> bytes:
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return b"".join(rb"\u%d" % code + stand_in for code in codes)


def paper(*paragraphs: bytes, head: bytes = rb"\ansi\ansicpg936\deff0") -> bytes:
    return rb"{\rtf1" + head + FONTS + rb"{\colortbl;\red0\green0\blue0;}" + b"".join(paragraphs) + b"}"


@pytest.mark.parametrize(
    "write",
    [
        lambda line: escaped(line),
        lambda line: numbered(line),
        lambda line: rb"\uc2" + b"".join(numbered(one, escaped(one)) for one in line),
        lambda line: rb"\uc0" + numbered(line, b""),
        lambda line: line.encode("gb18030").replace(b"\\", rb"\\"),
        lambda line: rb"\f1{\f0 " + escaped(line) + b"}",
        lambda line: rb"\f2 " + escaped(line, "big5hkscs") if line == LINES[3] else escaped(line),
    ],
    ids=["bytes", "numbers", "numbers with stand-ins", "numbers alone", "raw", "by font", "another font"],
)
def test_the_same_text_however_it_is_written(write: object) -> None:
    content = paper(*(rb"\pard " + write(line) + b"\\par\r\n" for line in LINES))  # type: ignore[operator]
    assert texts(extract(content)) == list(LINES)


def test_a_second_byte_that_is_a_plain_letter_belongs_to_its_character() -> None:
    content = paper(escaped("".join(LINES)), rb"\par \'81A\'b0\'a2\par")
    assert texts(extract(content))[1] == b"\x81A\xb0\xa2".decode("gb18030")


def test_rare_characters_come_in_two_halves() -> None:
    assert texts(extract(paper(numbered("".join(LINES) + "𠮷村"), rb"\par"))) == ["".join(LINES) + "𠮷村"]


def test_what_is_no_text_is_left_out_and_what_stands_beside_it_is_named() -> None:
    content = paper(
        rb"{\info{\title abc}}{\stylesheet{\s1 heading;}}{\header " + escaped("临湖民政") + rb"\par}",
        escaped("正文"),
        rb"{\pict\wmetafile8 0102ff}{\*\unknown 12}{\object{\*\objdata 00}}",
        rb"{\v " + escaped("草稿勿传") + rb"}{\deleted " + escaped("删掉的") + rb"}\v0 ",
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt " + escaped("链接") + rb"}}",
        rb"{\footnote " + escaped("注释") + rb"}\bin5 {{{{{" + escaped("完") + rb"\par",
    )
    found = extract(content)
    assert texts(found) == ["正文链接完"]
    assert dict(found.left_out) == {"页眉页脚": "临湖民政", "隐藏文字": "草稿勿传", "脚注": "注释"}


def test_headings_tables_and_signs_stay() -> None:
    content = paper(
        rb"\pard\outlinelevel0{\b " + escaped("一、总的要求") + rb"}\par",
        rb"\pard " + escaped("甲") + rb"\cell " + escaped("乙") + rb"\cell\row",
        rb"\ldblquote " + escaped("好") + rb"\rdblquote\emdash\{x\}\~y\par",
        rb"{\listtext " + escaped("（一）") + rb"}" + escaped("办法") + rb"\par",
    )
    found = extract(content)
    assert texts(found) == ["一、总的要求", "甲\t乙", "“好”—{x} y", "（一）办法"]
    assert [block.level for block in found.blocks if block.text] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"just text", "内容却不是 RTF"),
        (b"PK\x03\x04", "内容却不是 RTF"),
        (rb"{\rtf1" + b"{" * 600 + b"}" * 600 + b"}", "一层套一层"),
        (rb"{\rtf1\ansi\ansicpg936 " + rb"\'81\'30\'81\'31\'95\'33\'fe\'a1" * 300 + b"}", "不是文字"),
    ],
)
def test_what_gives_no_text_is_refused_with_the_next_step(content: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as refused:
        rtf.read(Path("甲.rtf"), content)
    assert "；请" in refused.value.reason


@pytest.mark.parametrize("end", range(0, 400, 7))
def test_a_file_that_breaks_off_gives_what_was_there(end: int) -> None:
    whole = paper(*(escaped(line) + rb"\par " for line in LINES))
    try:
        found = texts(extract(whole[:end]))
    except Unreadable:
        return
    assert "".join(LINES).startswith("".join(found).rstrip("\ufffd"))


ODD = (
    rb"\u",
    rb"\u-1 ?",
    rb"\u55357?",
    rb"\f999999999 ",
    rb"\bin999999999 x",
    rb"\bin-5 x",
    rb"\uc99 ",
    rb"\*",
    b"}}}}",
)


@pytest.mark.parametrize("odd", [*ODD, b"\\", rb"\'zz", b"\x00"])
def test_odd_words_are_no_crash(odd: bytes) -> None:
    extract(paper(escaped("同志们：大家好"), rb"\par ", odd, escaped("完"), rb"\par"))


def test_the_work_grows_with_the_file() -> None:
    groups = (b"{", b"{a}", rb"{\*\x y}", rb"\v a\v0 b")
    shapes = (*groups, rb"\par ", rb"\u20851?", rb"\'d2\'bb", b"\\", rb"\f1 a", b"a\r\n")

    def made(shape: bytes) -> object:
        def work(size: int) -> object:
            try:
                return rtf.read(Path("甲.rtf"), rb"{\rtf1 " + shape * size + b"}")
            except Unreadable as refused:
                return refused

        return work

    assert [shape for shape in shapes if max(growth(made(shape), 1_500)) > 4.6] == []
