"""Every format gives its text, or says in Chinese why not."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer import readers
from indexer.encoding import decode, plausibility
from indexer.extract import Block, Extract, Unreadable
from indexer.readers import READERS, REFUSED, read
from indexer.understand import document_id, understand
from search.documents.formats import BY_SUFFIX, FORMATS

SENTENCES = "会议指出，要坚持以人民为中心，健全养老服务体系。\n会议强调，要规范福利彩票销售管理。"
TRADITIONAL = "會議指出，要堅持以人民為中心，健全養老服務體系。\n會議強調，要規範福利彩票銷售管理，兜住底線。"


def extract(name: str, data: bytes | str) -> Extract:
    return read(Path(name), data.encode() if isinstance(data, str) else data)


def texts(name: str, data: bytes | str) -> list[str]:
    return [block.text.strip("\u3000 \xa0") for block in extract(name, data).blocks if block.text.strip()]


def reason(name: str, data: bytes | str) -> str:
    with pytest.raises(Unreadable) as refused:
        extract(name, data)
    return refused.value.reason


# --- encodings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"],
)
def test_a_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert texts("a.txt", SENTENCES.encode(encoding)) == SENTENCES.split("\n")


def test_big5_is_told_from_gb18030_by_its_everyday_characters() -> None:
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL
    assert plausibility(TRADITIONAL.encode("big5").decode("gb18030", errors="replace")) < 0.85


def test_what_the_text_is_counts_more_than_what_the_page_declares() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SENTENCES}</p></body></html>'
    assert "养老服务" in texts("a.html", page.encode("utf-8"))[0]
    assert "喆" in texts("a.html", page.replace("会议指出", "喆指出").encode("gb18030"))[0]  # 喆 is not in gb2312


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_costs_one_character_and_is_counted(encoding: str) -> None:
    data = (SENTENCES * 5).encode(encoding)
    broken = data[:60] + b"\xff" + data[60:]
    found = decode(broken)
    assert found.replaced in (1, 2) and found.text.replace("�", "")[-100:] == (SENTENCES * 5)[-100:]


def test_a_file_put_together_from_two_encodings_is_read_line_by_line() -> None:
    first, second = SENTENCES.split("\n")
    assert texts("a.txt", f"{first}\n".encode() + second.encode("gb18030")) == [first, second]


# --- text and markdown -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_every_end_of_line_is_one(end: str) -> None:
    assert [b.text for b in extract("a.txt", f"一行{end}{end}二行").blocks] == ["一行", "", "二行"]


def test_markdown_keeps_headings_and_drops_its_marks() -> None:
    text = (
        "---\ntitle: 题\ndate: 2024-06-25\nsource: 某局\n---\n# 题\n\n## 一、**要点**\n\n"
        "> 见[《办法》](http://a.cn/b)和**实施**。\n<!-- 注 -->"
    )
    found = extract("a.md", text)
    assert [(b.text, b.level) for b in found.blocks if b.text] == [
        ("题", 1),
        ("一、要点", 2),
        ("见《办法》和实施。", 0),
    ]
    assert (found.hints.title, found.hints.date, found.hints.source) == ("题", "2024-06-25", "某局")


def test_a_text_file_written_as_markdown_or_html_is_read_as_such() -> None:
    assert extract("a.txt", "# 题\n\n正文。").blocks[0] == Block("题", 1)
    assert texts("a.txt", "<html><body><p>正文一。</p><p>正文二。</p></body></html>") == ["正文一。", "正文二。"]


# --- html ------------------------------------------------------------------------------------------------------

BODY = [
    "　　会议指出，要坚持以人民为中心，健全养老服务体系，兜住底线。",
    "　　会议强调，要规范福利彩票销售管理，确保安全运行。",
] * 3
SIDE = "".join(f'<li><a href="#">关于开展第{n}次检查的通知</a></li>' for n in range(8))
PAGES = {
    "a table that lays out the page": (
        f'<table><tr><td><a href="/">首页</a> | <a href="#">政务公开</a></td></tr>'
        f"<tr><td><ul>{SIDE}</ul></td><td><h2>甲市召开会议</h2>"
        f"<p>来源：甲局　发布时间：2024-03-05</p>{''.join(f'<p>{p}</p>' for p in BODY)}"
        "<p>【<a>打印本页</a>】</p></td></tr></table>"
    ),
    "lines between br": (
        f'<div class="nav"><a href="/">首页</a></div><div class="main"><h1>甲市召开会议</h1>'
        f'<div id="zoom">{"<br><br>".join(BODY)}</div>'
        f'<div class="share">分享到：<a>微信</a></div></div><div class="side"><ul>{SIDE}</ul></div>'
    ),
    "spans of a word processor": (
        f"<div><ul>{SIDE}</ul></div><div><div><p><b>甲市召开会议</b></p>"
        + "".join(f'<p class="MsoNormal"><span>{p[:9]}</span><span lang="EN-US">{p[9:]}</span></p>' for p in BODY)
        + "</div></div><div>版权所有：甲市民政局</div>"
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_main_content_of_a_page_is_found(page: str, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        f"<html><head><title>甲市召开会议-甲市民政局</title></head><body>{page}</body></html>", encoding="utf-8"
    )
    (document,) = understand(file, "a.html")
    assert document.metadata.title.value == "甲市召开会议"
    assert list(document.paragraphs) == [p.strip("\u3000") for p in BODY]


def test_a_page_says_its_title_date_and_source() -> None:
    facts = {"ArticleTitle": "题", "PubDate": "2024-03-05", "ContentSource": "甲局"}
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in facts.items())
    body = f"<div><p>{BODY[0]}</p><p>{BODY[1]}</p></div>"
    hints = extract("a.html", f"<html><head>{head}</head><body>{body}</body></html>").hints
    assert (hints.title, hints.date, hints.source) == ("题", "2024-03-05", "甲局")


def test_a_row_of_a_table_of_data_is_one_line() -> None:
    rows = "<tr><td>甲县</td><td>12个</td></tr><tr><td>乙县</td><td>7个</td></tr>"
    assert texts("a.html", f"<p>{BODY[0]}</p><table>{rows}</table><p>{BODY[1]}</p>")[1:3] == [
        "甲县\t12个",
        "乙县\t7个",
    ]


def test_a_text_file_named_html_keeps_its_lines() -> None:
    assert texts("a.html", SENTENCES) == SENTENCES.split("\n")


def test_ruby_is_no_text() -> None:
    ruby = "<ruby>民<rt>mín</rt></ruby><ruby>政<rp>(</rp><rt>zhèng</rt><rp>)</rp></ruby>"
    assert texts("a.html", f"<p>{ruby}工作要抓实。</p><p>{BODY[0]}</p>")[0] == "民政工作要抓实。"


def test_a_list_of_links_has_no_text_of_its_own() -> None:
    assert extract("a.html", f"<ul>{SIDE}</ul>").blocks == ()


def test_a_saved_page_is_read_from_its_message() -> None:
    message = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        f"--x\nContent-Type: text/html; charset=utf-8\n\n<p>{BODY[0]}</p>\n--x--\n"
    )
    assert texts("a.mht", message) == [BODY[0].strip("\u3000")]


# --- word -----------------------------------------------------------------------------------------------------


def word(*, body: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document: a headline, a paragraph in two runs, raw XML, a table, a header."""
    document = docx.Document()
    document.add_paragraph("甲市召开会议", style="Title")
    paragraph = document.add_paragraph()
    paragraph.add_run("会议指出，要坚持以人")
    paragraph.add_run("民为中心。")
    if body:
        document.element.body.insert(2, parse_xml(body))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "报送：", "厅领导"
    document.sections[0].header.paragraphs[0].text = "内部资料"
    stream = io.BytesIO()
    document.save(stream)
    return replaced(stream.getvalue(), parts or {})


def replaced(package: bytes, parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return stream.getvalue()


def test_word_gives_runs_and_rows_whole_and_leaves_out_headers() -> None:
    assert [(b.text, b.level) for b in extract("a.docx", word()).blocks if b.text] == [
        ("甲市召开会议", 1),
        ("会议指出，要坚持以人民为中心。", 0),
        ("报送：\t厅领导", 0),
    ]


def test_word_gives_what_was_inserted_and_not_what_was_deleted() -> None:
    change = f'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z" {nsdecls("w")}'
    body = (
        f"<w:p {nsdecls('w')}><w:r><w:t>要抓</w:t></w:r><w:ins {change}><w:r><w:t>紧抓</w:t></w:r></w:ins>"
        f"<w:del {change}><w:r><w:delText>不放</w:delText></w:r></w:del><w:r><w:t>实。</w:t></w:r></w:p>"
    )
    assert "要抓紧抓实。" in texts("a.docx", word(body=body))


def test_word_gives_the_text_of_a_text_box_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字。</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:r><w:t>框外文字。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [t for t in texts("a.docx", word(body=body)) if "文字" in t] == ["框外文字。", "框中文字。"]


def test_word_gives_the_numbers_it_shows_before_paragraphs() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "（%2）")
    lists = (
        f"<w:numbering {nsdecls('w')}><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
    )
    place = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='3'/></w:numPr></w:pPr>"
    item = f"<w:p>{place}<w:r><w:t>{{}}</w:t></w:r></w:p>"
    items = [(0, "成绩"), (1, "救助"), (1, "养老"), (0, "任务"), (1, "改革")]
    body = "".join(item.format(depth, text) for depth, text in items)
    package = word(
        body=f"<w:sdt {nsdecls('w')}><w:sdtContent>{body}</w:sdtContent></w:sdt>",
        parts={"word/numbering.xml": lists.encode()},
    )
    assert texts("a.docx", package)[2:7] == ["一、成绩", "（1）救助", "（2）养老", "二、任务", "（1）改革"]


# --- refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "空"),
        ("a.txt", b"\0" * 99, "空"),
        ("a.txt", bytes(range(256)) * 40, "不是文字"),
        ("a.txt", b"\x89PNG\r\n\x1a\n0000", "扩展名"),
        ("a.html", b"PK\x03\x04" + b"0" * 99, "扩展名"),
        ("a.zzz", "正文。".encode(), "不支持的格式"),
        ("a.csv", "甲,乙".encode(), "数据表"),
        ("a.xlsx", b"PK\x03\x04", "电子表格"),
        ("a.docx", "正文。".encode(), "损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"0" * 99, "密码"),
        ("a.docx", word()[:5000], "损坏"),
        ("a.docx", word(parts={"word/document.xml": b"<a/>" * 9}), "损坏"),
        ("a.docx", word(parts={"word/document.xml": b"<a/>"}), "损坏"),
        ("a.docx", word(parts={"word/styles.xml": b"<a/>"}), "损坏"),
        (
            "a.docx",
            word(parts={"word/document.xml": b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"}),
            "实体",
        ),
        ("a.pdf", "正文。".encode(), "损坏"),
        ("a.mht", b"x", "没有网页正文"),
    ],
)
def test_what_gives_no_text_is_refused_with_a_reason(name: str, data: bytes, words: str) -> None:
    assert words in reason(name, data)


def test_what_unpacks_to_too_much_is_refused_with_a_reason() -> None:
    assert "解压后过大" in reason("a.docx", word(parts={"word/document.xml": b"A" * 250_000_000}))


@pytest.mark.parametrize("suffix", sorted({*READERS, *REFUSED}))
def test_no_garbage_raises_anything_but_a_refusal(suffix: str) -> None:
    for data in (b"\xff\x00\xfe" * 500, b"<", b"%PDF-", b"PK\x03\x04", "民".encode() * 3000):
        try:
            extract(f"a{suffix}", data)
        except Unreadable as refused:
            assert refused.reason


def test_every_format_has_its_reader_and_every_reader_a_format() -> None:
    assert set(readers._READERS) == {one.suffix for one in FORMATS}
    assert set(READERS) == set(BY_SUFFIX) and set(READERS).isdisjoint(REFUSED)
    assert len(BY_SUFFIX) == sum(len(one.suffixes) for one in FORMATS)  # no suffix twice


def test_other_formats_are_refused_with_those_that_can_be_read_anywhere() -> None:
    assert reason("a.epub", b"x") == "不支持的格式“.epub”；请另存为 txt、md、html、mht、docx、pdf、ofd、odt、eml、rtf"


def test_a_file_without_a_chinese_character_or_without_text_is_refused(tmp_path: Path) -> None:
    for content, words in (("hello world", "没有汉字"), (" \n　\n", "没有正文")):
        (tmp_path / "a.txt").write_text(content, encoding="utf-8")
        with pytest.raises(Unreadable) as refused:
            understand(tmp_path / "a.txt", "a.txt")
        assert words in refused.value.reason


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        understand(tmp_path, "a.txt")


def test_an_id_comes_from_the_content_and_the_place_in_the_file() -> None:
    assert document_id("0" * 64, 1) != document_id("0" * 64, 2)
    assert len(document_id("0" * 64, 1)) == 16 and document_id("0" * 64, 1) == document_id("0" * 64, 1)


SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parent.parent.parent / "corpus" / "2024-fujian-hunyin-tongzhi.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "doc", "--outdir", str(tmp_path), str(sample)]
    subprocess.run(command, check=True, capture_output=True)
    (new,), (old,) = (
        understand(sample, sample.name),
        understand(tmp_path / "2024-fujian-hunyin-tongzhi.doc", "a.doc"),
    )
    assert (old.metadata.title.value, old.text) == (new.metadata.title.value, new.text)


def test_a_hyphen_that_may_not_end_a_line_stays(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph("投入2").add_run()
    run._r.append(parse_xml(f"<w:noBreakHyphen {nsdecls('w')}/>"))
    run._r.append(parse_xml(f"<w:t {nsdecls('w')}>3亿元。</w:t>"))
    document.save(path := tmp_path / "a.docx")
    assert [block.text for block in read(path, path.read_bytes()).blocks] == ["投入2-3亿元。"]
