"""Scanned papers: what a program recognises in their pictures is text, and says everywhere how it came about."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import pytest
from building import OTHER, build
from conftest import SHARED
from formats import FORMATS
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from indexer.extract import Unreadable
from indexer.readers import pdf as pdf_reader
from indexer.readers import read
from indexer.readers.scans import MAX_PAGES, Piece, lines_of
from indexer.understand import understand
from search.settings import Settings

PARAGRAPHS = [
    "五月十日，临湖县民政局召开养老服务工作会议，县民政局局长鲁平野出席会议并讲话，各乡镇民政办主任参加会议。",
    "会议指出，去年以来全县新建助餐点28个，改造护理型床位360张，九成以上的老人走路十五分钟就能吃上热饭，群众是满意的。",
    "会议强调，要管好福利彩票公益金，账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚，接受群众监督。",
]


def chinese_font() -> str:
    """The file of a font with Chinese characters; empty where there is none."""
    if shutil.which("fc-match") is None:
        return ""
    found = subprocess.run(["fc-match", "-f", "%{file}", ":lang=zh-cn"], capture_output=True, encoding="utf-8")
    return found.stdout if found.stdout.endswith((".ttc", ".otf", ".ttf")) else ""


needs_recognition = pytest.mark.skipif(
    not (find_spec("rapidocr") and find_spec("pypdfium2") and chinese_font()),
    reason="make scans: rapidocr, and a font with Chinese characters",
)


def scan(*pages: Sequence[str]) -> bytes:
    """A PDF of pictures: paragraphs in lines of 30 characters, indented by two, as a scanner makes it of print."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(chinese_font(), 34)
    pictures = []
    for paragraphs in pages:
        # No line of print begins with a sign.
        lines = [line for text in paragraphs for line in re.findall(r".{1,30}[，。、,]?", f"　　{text}")]
        for first in range(0, len(lines), 24):
            picture = Image.new("L", (1240, 1754), 250)
            draw = ImageDraw.Draw(picture)
            for number, line in enumerate(lines[first : first + 24]):
                draw.text((110, 160 + 60 * number), line, font=font, fill=20)
            pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


def without_blanks(text: str) -> str:
    return "".join(text.split())


# --- lines of a page ---------------------------------------------------------------------------------------------


def piece(text: str, left: float, top: float, size: float = 20) -> Piece:
    return Piece(left, top, left + size * len(text), top + size, text)


def test_pieces_are_lines_from_top_to_bottom_with_their_indents_gaps_and_blank_lines() -> None:
    pieces = [
        piece("乙段的头", 140, 168),
        piece("甲段的头一行", 140, 100),
        piece("三百张", 700, 272),
        piece("甲段的第二行", 100, 134),
        piece("床位", 100, 270),
        piece("接着说", 220, 169),
        piece("乙段的第二行", 100, 202),
    ]
    expected = ["　　甲段的头一行", "甲段的第二行", "　　乙段的头接着说", "乙段的第二行", "", "床位  三百张"]
    assert list(lines_of(pieces)) == expected


def test_a_page_without_print_has_no_lines() -> None:
    assert list(lines_of([])) == []


@given(
    st.lists(
        st.builds(piece, st.text("甲乙丙丁", min_size=1, max_size=9), st.integers(0, 900), st.integers(0, 1200)),
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_every_piece_is_in_one_line_whatever_order_they_come_in(pieces: list[Piece], order: random.Random) -> None:
    lines = list(lines_of(pieces))
    assert sorted(without_blanks("".join(lines))) == sorted("".join(one.text for one in pieces))
    distinct = len({(one.left, one.top) for one in pieces}) == len(pieces)
    shuffled = sorted(pieces, key=lambda _: order.random())
    assert not distinct or list(lines_of(shuffled)) == lines


# --- files -------------------------------------------------------------------------------------------------------


@needs_recognition
def test_a_scan_gives_its_paragraphs_and_says_that_they_were_recognised(tmp_path: Path) -> None:
    file = tmp_path / "扫描.pdf"
    file.write_bytes(scan(PARAGRAPHS[:2], PARAGRAPHS[2:]))
    (document,) = understand(file, file.name)
    paragraphs: dict[int, str] = {}
    for passage in document.passages:
        paragraphs[passage.paragraph] = paragraphs.get(passage.paragraph, "") + passage.text
    assert [without_blanks(text) for text in paragraphs.values()] == PARAGRAPHS
    assert [one.message for one in document.warnings if one.code == "recognised"] == [
        "文字识别：原件是扫描件，文字由程序识别，可能认错、漏字；引用前请核对原件"
    ]


@needs_recognition
@pytest.mark.extra("seeds")
def test_of_a_real_report_that_was_scanned_98_of_100_characters_are_right(tmp_path: Path) -> None:
    text = next((SHARED / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()]
    got = "".join(block.text for block in read(tmp_path / "a.pdf", scan(lines)).blocks)
    matcher = SequenceMatcher(None, without_blanks(text), without_blanks(got), autojunk=False)
    assert sum(block.size for block in matcher.get_matching_blocks()) >= 0.98 * len(without_blanks(text))


@needs_recognition
def test_pages_that_have_their_text_keep_it(tmp_path: Path) -> None:
    """Only pages that have next to none are looked at; a number at the foot is no text."""
    from indexer.readers.scans import recognised

    first, second = recognised(tmp_path / "a.pdf", scan(PARAGRAPHS[:1], PARAGRAPHS[1:2]), [OTHER, "— 2 —"])
    assert (first, without_blanks(second)) == (OTHER, PARAGRAPHS[1])


def test_a_page_of_a_few_words_is_not_replaced_by_what_is_recognised_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_reader, "reads_scans", lambda: True)
    monkeypatch.setattr("indexer.readers.scans._page", lambda _: "局长")
    pytest.importorskip("pypdfium2")
    with pytest.raises(Unreadable, match="像是扫描件"):
        read(tmp_path / "a.pdf", FORMATS["pages.pdf"](["县民政局局长　鲁平野"]))


@needs_recognition
def test_pictures_without_print_are_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(
        Unreadable, match=r"PDF 的图片里没有识别出文字；请核对扫描是否清楚，或用别的软件做文字识别（OCR）后再放入"
    ):
        read(tmp_path / "a.pdf", scan([""], [""]))


@needs_recognition
def test_a_book_of_pictures_is_refused_before_a_page_is_looked_at(tmp_path: Path) -> None:
    from indexer.readers.scans import recognised

    with pytest.raises(Unreadable, match=f"扫描件有{MAX_PAGES + 1}页，一次最多识别{MAX_PAGES}页；请拆分后再放入"):
        recognised(tmp_path / "a.pdf", b"", [""] * (MAX_PAGES + 1))


@needs_recognition
def test_a_damaged_scan_costs_a_line(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    whole = PdfWriter(clone_from=PdfReader(io.BytesIO(scan(PARAGRAPHS[:1]))))
    picture = next(iter(whole.pages[0]["/Resources"]["/XObject"].values())).get_object()  # type: ignore[index]
    picture._data = b"\xff\xd8\xff" + picture._data[:40]
    out = io.BytesIO()
    whole.write(out)
    with pytest.raises(Unreadable, match=r"没有识别出文字|无法识别"):
        read(tmp_path / "a.pdf", out.getvalue())


@needs_recognition
def test_a_scan_is_refused_where_the_extra_is_missing_and_read_when_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    (corpus / "扫描.pdf").write_bytes(scan(PARAGRAPHS))
    with monkeypatch.context() as without:
        without.setattr(pdf_reader, "reads_scans", lambda: False)
        without.setattr("indexer.pipeline.tools", lambda: "docx pypdf")
        without.setattr("indexer.planning.tools", lambda: "docx pypdf")
        without.setattr("indexer.pipeline.workers_for", lambda _: 0)
        report = build(corpus, index=tmp_path / "索引")
    assert [(one.path, one.reason) for one in report.refused] == [
        ("扫描.pdf", "PDF 里没有文字，像是扫描件；请先做文字识别（OCR），或另存为有文字的文件")
    ]
    assert build(corpus, index=tmp_path / "索引").documents == 1


@needs_recognition
def test_card_page_citation_and_export_say_that_the_text_was_recognised(tmp_path: Path) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    (corpus / "扫描.pdf").write_bytes(scan(PARAGRAPHS))
    build(corpus, index=tmp_path / "索引")
    client = create_app(Settings(index=str(tmp_path / "索引"), corpus=(corpus,))).test_client()
    said = "文字识别：原件是扫描件，文字由程序识别，可能认错、漏字；引用前请核对原件"
    (hit,) = client.get("/api/search?q=公益金").get_json()["hits"]
    assert "recognised" in hit["warnings"]
    assert said in client.get("/search?q=公益金").get_data(as_text=True)
    page = client.get(hit["url"]).get_data(as_text=True)
    assert "文字识别，引用前请核对原件）" in page  # after the words that are copied with a passage
    assert said in page
    assert said in client.get("/search.csv?q=公益金").get_data(as_text=True)
    basket = client.get(f"/basket.csv?e={hit['id']}.1")
    assert "文字识别" in basket.get_data(as_text=True), basket.status_code
