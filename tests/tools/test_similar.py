"""相近段落: from a passage to those of other documents, with reasons, itself and its versions left out."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from conftest import Publish, document

from search.excerpts.word import in_word
from search.tools.similar import as_csv, as_json, similar
from search.tools.word import similar_blocks

SAME = "完善老年助餐配送站点和运营补贴办法"
ASKED = document("甲.txt", "总结工作。", f"要{SAME}，扩大助餐覆盖面。", "规范公墓管理。", title="甲")
LIKE = document("乙.txt", "部署工作。", f"二是{SAME}，办好社区助餐。", title="乙", region="湖北", date="2024")
PARTLY = document("丙.txt", "扩大助餐覆盖面，落实运营补贴。", title="丙")
OTHER = [document(f"丁{n}.txt", f"第{n}次强调婚姻登记。", title=f"丁{n}") for n in range(4)]


def test_passages_that_say_the_same_are_told_with_words_and_wording(publish: Publish) -> None:
    engine = publish(ASKED, LIKE, PARTLY, *OTHER)
    page = similar(engine, engine.fetch([ASKED.id])[ASKED.id], 2)
    assert [(one.place.title, one.place.number) for one in page.alike] == [("乙", 2), ("丙", 1)]
    first = page.alike[0]
    assert first.wordings == (SAME,) and "助餐" in "".join(first.words)
    assert page.asked and page.asked.text == ASKED.passages[1].text and not page.passages


@pytest.mark.parametrize("number", [0, 99, -1])
def test_without_a_passage_those_of_the_document_are_offered(publish: Publish, number: int) -> None:
    engine = publish(ASKED, LIKE)
    page = similar(engine, engine.fetch([ASKED.id])[ASKED.id], number)
    assert [one.url for one in page.passages] == [f"/tools/similar?doc={ASKED.id}&p={n}" for n in (1, 2, 3)]
    assert bool(page.notes) == bool(number) and not page.alike


def test_where_nothing_is_alike_the_page_says_so(publish: Publish) -> None:
    engine = publish(ASKED, *OTHER)
    page = similar(engine, engine.fetch([ASKED.id])[ASKED.id], 3)
    assert "没有找到说同一件事的段落" in page.notes[0] and not page.csv_url


def test_the_table_and_the_json_hold_the_reasons(publish: Publish) -> None:
    engine = publish(ASKED, LIKE, PARTLY, *OTHER)
    page = similar(engine, engine.fetch([ASKED.id])[ASKED.id], 2)
    assert SAME in as_csv(page).decode("utf-8-sig").splitlines()[1]
    alike = as_json(page)["alike"]
    assert isinstance(alike, list) and alike[0]["wordings"] == [SAME]


def test_the_word_file_has_the_passage_and_those_like_it_with_reasons_and_addresses(publish: Publish) -> None:
    engine = publish(ASKED, LIKE, PARTLY, *OTHER)
    page = similar(engine, engine.fetch([ASKED.id])[ASKED.id], 2)
    blocks = similar_blocks(page, "http://archive.example")
    content = b"".join(in_word(blocks, "", "相近段落", page.notes))
    lines = [one.text for one in docx.Document(BytesIO(content)).paragraphs]
    (begins,) = (at for at, line in enumerate(lines) if line == ASKED.passages[1].text)
    assert lines[begins + 1] == f"《甲》第 2 段。http://archive.example/doc/{ASKED.id}#p2"
    assert lines[begins + 2 : begins + 4] == [
        LIKE.passages[1].text,
        f"《乙》第 2 段，湖北 · 2024年。http://archive.example/doc/{LIKE.id}#p2",
    ]
    assert lines[begins + 4] == f"都讲到：{'、'.join(page.alike[0].words)}"
    assert lines[begins + 5] == f"一字不差：{SAME}"
