"""引用文件与会议: which names are taken, by whom they are named, and what the page says it did not look at."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from conftest import Publish, document

from search.documents.document import Evidence
from search.query.parsing import parse
from search.tools import named
from search.tools.cited import MOST_DOCUMENTS, as_csv, as_json, cited


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("认真落实中央经济工作会议和中央农村工作会议部署", ["中央经济工作会议", "中央农村工作会议"]),
        ("贯彻全国民政工作会议、省委十二届三次全会精神", ["全国民政工作会议", "省委十二届三次全会"]),
        ("学习二十届三中全会精神", ["二十届三中全会"]),
        ("在二十届中央纪委四次全会上的讲话", ["二十届中央纪委四次全会"]),
        ("在二〇二五年新春团拜会上", ["二〇二五年新春团拜会"]),
        ("国务院第三次廉政工作会议提出", ["国务院第三次廉政工作会议"]),
        ("市民政局局长某某出席会议", []),
        ("全市民政系统贯彻落实会议精神", []),
        ("在人民大会堂召开，全国人民代表大会常务委员会", []),
        ("会议要求，大会指出", []),
    ],
)  # fmt: skip
def test_a_meeting_is_one_whose_name_begins_with_who_holds_it(shown: str, found: list[str]) -> None:
    assert [shown[start:end] for start, end in named.meetings(shown)] == found


def test_a_paper_stands_between_its_marks() -> None:
    shown = "落实《关于印发〈办法〉的通知》和《意见》，《没有结束"
    assert [shown[start:end] for start, end in named.papers(shown)] == ["关于印发〈办法〉的通知", "意见"]


def test_time_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        list(named.meetings("全国中央省委" * times))
        list(named.papers("《全国" * times))
        return time.process_time() - begun

    assert seconds(8_000) < 4 * seconds(4_000) + 0.05


FIRST = document("甲.txt", "学习《养老规定》。", "落实《养老规定》和《意见》。", title="甲", region="湖北", date="2024")
SECOND = document("乙.txt", "宣传《养老规定》，传达全国养老工作会议精神。", title="乙")
OTHER = document("丙.txt", "学习《救助办法》。", title="丙")


def test_a_name_is_told_with_the_documents_that_name_it_and_where(publish: Publish) -> None:
    page = cited(publish(FIRST, SECOND, OTHER), parse(""))
    papers = {name.text: (name.documents, name.note, len(name.places)) for name in page.papers}
    assert papers == {"《养老规定》": (2, "", 3), "《意见》": (1, "文中没有写全名", 1), "《救助办法》": (1, "", 1)}
    assert page.papers[0].text == "《养老规定》"
    assert [(name.text, name.places[0].title, name.places[0].number) for name in page.meetings] == [
        ("全国养老工作会议", "乙", 1)
    ]
    assert page.documents == 3


def test_what_was_asked_for_stands_first_and_only_what_is_found_is_looked_at(publish: Publish) -> None:
    page = cited(publish(FIRST, SECOND, OTHER), parse("意见"))
    assert (page.documents, [name.text for name in page.papers]) == (1, ["《意见》", "《养老规定》"])


def test_the_meeting_that_a_text_is_of_is_not_one_it_cites(publish: Publish) -> None:
    known = replace(SECOND.metadata, meeting=Evidence("2024年全国养老工作会议"))
    assert cited(publish(replace(SECOND, metadata=known)), parse("")).meetings == ()


def test_nothing_found_and_nothing_named_are_told_apart(publish: Publish) -> None:
    engine = publish(document("丁.txt", "规范公墓管理。"))
    assert cited(engine, parse("公墓")).notes == ("这些文献里没有提到文件或会议的名称。",)
    assert "没有找到文献。" in cited(engine, parse("“火星探测”")).notes


def test_of_many_documents_the_page_says_how_many_were_not_opened(publish: Publish) -> None:
    page = cited(publish(*(document(f"{n}.txt", "学习。") for n in range(MOST_DOCUMENTS + 2))), parse(""))
    total = MOST_DOCUMENTS + 2
    assert page.notes[0] == f"共 {total} 篇，只看了最近的 {MOST_DOCUMENTS} 篇，另有 2 篇没有看。"


def test_the_table_has_a_row_a_place(publish: Publish) -> None:
    page = cited(publish(FIRST, SECOND), parse(""))
    lines = as_csv(page).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3 + 1 + 1
    assert "文件,《养老规定》,2,,甲,2024年,湖北,1," in lines[1] + lines[2] + lines[3]
    meetings = as_json(page)["meetings"]
    assert isinstance(meetings, list) and meetings[0]["name"] == "全国养老工作会议"
