"""What in a speech is somebody else's words, so that nobody takes it for the speaker's own."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from conftest import changed, document
from flask import render_template
from memory_engine import MemoryEngine

from app import create_app
from search.documents.second_hand import cited
from search.matching.marks import Piece
from search.query.parsing import parse
from search.reading import ParagraphView, QuotedRun, open_document
from search.results import search

SPEECH = changed(document("讲话.txt", "正文。", title="讲话", genre="讲话稿"), quotable=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "兜底是职责。习近平总书记强调，民政部门要怀着大爱之心、爱民之心做好民政工作。这就要求我们尽职。",
            ["民政部门要怀着大爱之心、爱民之心做好民政工作。"],
        ),
        (
            "总书记对做好民政工作有一系列重要论述，突出强调“人民至上”、“民生为大”，我们要牢记。",
            ["“人民至上”、“民生为大”"],
        ),
        ("巡视组指出“比例为30%。针对这个问题，要整改。", ["“比例为30%。"]),  # never closed: to the end of the sentence
        ("党的二十大报告指出：健全体系。《关于加强救助的意见》明确，要兜底。", ["健全体系。", "要兜底。"]),
        ("李某书记在贵阳调研时多次强调，要抓落实", ["要抓落实"]),
        ("我强调，要抓落实。", []),
        ("我代表市委要求，大家要抓落实。", []),
        ("认真落实省委要求，各项工作取得新进展。", []),
        ("市委、市政府有明确要求，要安排专人负责。", []),
        ("学习总书记重要论述的基本精神、基本要求，增进认同。", []),
        ("省民政厅提出要在五个方面打造亮点。", []),
    ],
)
def test_the_words_of_leaders_meetings_and_documents_in_a_speech_are_cited(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in cited(SPEECH, text)] == expected


def test_in_a_report_nothing_is_singled_out() -> None:
    assert cited(changed(SPEECH, quotable=False), "习近平总书记强调，要怀着大爱之心。") == ()


TEXT = "习近平总书记强调，要怀着大爱之心。我们要尽职。"
CITING = changed(document("讲话.txt", TEXT, title="讲话", genre="讲话稿"), quotable=True)


def test_a_mark_across_the_edge_of_what_is_cited_is_one_mark() -> None:
    page = open_document(CITING, parse("“大爱之心。我们”"))
    (paragraph,) = page.paragraphs
    assert isinstance(paragraph, ParagraphView)
    assert paragraph.passages[0].runs == (
        QuotedRun((Piece("习近平总书记强调，"),)),
        QuotedRun((Piece("要怀着"), Piece("大爱之心。", 1)), cited=True, opens=True),
        QuotedRun((Piece("我们", 1), Piece("要尽职。"))),
    )


def test_the_page_labels_what_is_cited_and_its_text_stays_the_text() -> None:
    app = create_app()
    with app.test_request_context():
        page = open_document(CITING, parse("大爱"))
        shown = render_template("document.html", page=page, bar={"current": 0, "total": 1, "previous": "", "next": ""})
    read = BeautifulSoup(shown, "lxml")
    assert [tag.get_text() for tag in read.select(".cited")] == ["要怀着大爱之心。"]
    assert read.select(".para p")[0].get_text() == TEXT


def test_a_card_says_so_where_its_quotation_begins_inside_what_is_cited() -> None:
    long = "，".join("时刻把困难群众的安危冷暖放在心上，千方百计帮助他们排忧解难" for _ in range(9))
    speech = changed(document("讲话.txt", f"总书记强调“{long}，怀着大爱之心”。", title="讲话"), quotable=True)
    (passage,) = search(MemoryEngine([speech]), parse("大爱之心")).hits[0].passages
    assert (passage.text.startswith("…"), passage.cited) == (True, True)


@pytest.mark.parametrize(("asked", "label"), [("大爱之心", True), ("尽职", False), ("总书记", False)])
def test_a_card_says_when_what_was_found_is_cited(asked: str, label: bool) -> None:
    card = search(MemoryEngine([CITING]), parse(asked)).hits[0]
    assert [passage.cited for passage in card.passages] == [label]
