"""The excerpts of a basket with source, doubts and place, and the files they are taken away in."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from zipfile import ZipFile

import docx
import pytest
from conftest import Publish, changed, document

from search.documents.document import Evidence, Warning
from search.excerpts import basket, exports, read, word
from search.excerpts.basket import Basket
from search.excerpts.references import MOST

SPEECH = replace(
    changed(
        document(
            "湖北/推进会.txt",
            ("要落实“第一议题”制度。", "要守住安全底线。"),
            "沈望舒书记强调，要坚持公益属性。",
            "=1+1 是算式\x0b。",
            title="在全省推进会上的讲话",
            date="2024-03-05",
            speakers=["卞知秋"],
            genre="讲话稿",
        ),
        quotable=True,
        source=Evidence("湖北省民政厅"),
    ),
    warnings=(Warning("year_contradiction", "年份存疑：前后不一致", "年份"),),
)
HOST = "http://library.example"


@pytest.fixture
def made(publish: Publish) -> Basket:
    engine = publish(SPEECH)
    wanted = (
        f"{SPEECH.id}.1-2!先用",
        f"{SPEECH.id}.1.2-4",
        f"{SPEECH.id}.3.8-15",
        f"{SPEECH.id}.4",
        "f" * 16 + ".3!旧稿",
    )
    return basket(engine, *read((*wanted, f"{SPEECH.id}.9", "坏")))


def test_each_excerpt_has_its_words_source_doubts_and_place(made: Basket) -> None:
    first, part, second_hand, *_ = made.excerpts
    assert first.text == "要落实“第一议题”制度。要守住安全底线。"
    assert first.quotation.startswith(
        "“要落实‘第一议题’制度。要守住安全底线。”（卞知秋《在全省推进会上的讲话》，2024年3月5日"
    )
    assert (first.url, first.paragraph, first.doubts) == (f"/doc/{SPEECH.id}#p1", "第 1 段", ("年份存疑：前后不一致",))
    assert (part.text, second_hand.text) == ("实“", "要坚持公益属性")
    assert second_hand.source.startswith("（转引自")
    assert "转引自" not in part.source


def test_what_is_gone_keeps_its_place_and_says_why(made: Basket) -> None:
    assert [bool(one.gone) for one in made.excerpts] == [False, False, False, False, True, True]
    assert ["2 段现在取不到" in made.notes[0], "1 处认不出" in made.notes[1]] == [True, True]
    assert made.excerpts[4].reference.note == "旧稿"


def test_links_move_and_remove_without_a_script(made: Basket) -> None:
    ways = [{link.name for link in one.ways} for one in made.excerpts]
    assert ways == [{"down", "remove"}, *[{"up", "down", "remove"}] * 4, {"up", "remove"}]
    down = next(link.url for link in made.excerpts[0].ways if link.name == "down")
    assert down.index(f"e={SPEECH.id}.1.2-4") < down.index(f"e={SPEECH.id}.1-2")


def test_word_has_every_excerpt_with_its_whole_address_and_doubts(made: Basket) -> None:
    document = docx.Document(io.BytesIO(word.as_docx(made, HOST)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for one in made.excerpts[:3]:
        assert one.quotation in text
    assert text.count(f"{HOST}/doc/{SPEECH.id}#p1") == 2
    assert ["引用前请核对：年份存疑" in text, "备注：先用" in text, made.excerpts[4].gone in text] == [True, True, True]
    assert "仿宋_GB2312" in document.element.xml


def test_what_word_holds_is_packed_and_no_piece_of_it_is_empty(made: Basket) -> None:
    """An empty piece ends an answer for some servers."""
    pieces = list(word.in_word([one for _ in range(50) for one in made.excerpts], HOST, "摘录"))
    assert all(pieces)
    with ZipFile(io.BytesIO(b"".join(pieces))) as packed:
        body = packed.getinfo("word/document.xml")
    assert body.compress_size * 5 < body.file_size


def test_markdown_and_the_table_say_the_same(made: Basket) -> None:
    markdown = exports.as_markdown(made, HOST).decode()
    assert markdown.count("\n## ") == len(made.excerpts)
    assert f"{HOST}/doc/{SPEECH.id}#p3" in markdown
    rows = list(csv.reader(io.StringIO(exports.as_csv(made, HOST).decode("utf-8-sig"), newline="")))
    assert rows[0] == list(exports.COLUMNS)
    assert [len(row) for row in rows] == [len(exports.COLUMNS)] * 7
    assert rows[1][1] == made.excerpts[0].text
    assert rows[4][1].startswith("'=1+1")  # which a table would compute
    assert rows[1][-1] == f"{HOST}/doc/{SPEECH.id}#p1"


def test_signs_of_markdown_in_a_text_stay_text(publish: Publish) -> None:
    engine = publish(document("x.txt", "要*抓*好<script>、[链接](x)。"))
    written = exports.as_markdown(basket(engine, *read([f"{document('x.txt', '甲').id}.1"])), HOST).decode()
    assert "\\*抓\\*好\\<script\\>、\\[链接\\](x)" in written


def test_more_than_a_basket_holds_is_told(publish: Publish) -> None:
    found = basket(publish(SPEECH), *read(f"{number:016x}.1" for number in range(10_000)))
    assert len(found.excerpts) == MOST
    assert "10000 段" in found.notes[0]
