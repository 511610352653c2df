"""相关说法 of another passage: names of things of which the same is said, with the reason; nothing else is offered."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Publish, document

from search import results, text
from search.documents.document import Document
from search.query.parsing import parse
from search.tools import surroundings
from search.tools.kin import as_csv, as_json, kin, ticked
from search.tools.surroundings import names

# 便民浴室 and 共享澡堂 are one thing in two places; no document has both.
ASKED = document("甲.txt", "要发展农村助浴服务，实施“乡村便民浴室”建设行动。")
SAME = document("乙.txt", "推进农村助浴服务提升。年内建设12个社区共享澡堂。", "筹建30个城市足球公园。")
OTHERS = (
    document("丙.txt", "农村助浴服务不能少，加快建设步伐，一、抓好队伍。"),
    document("丁.txt", "要举办20场青年足球联赛。"),
)


def offered(publish: Publish, *documents: Document, asked: str = "便民浴室") -> dict[str, tuple[int, tuple[str, ...]]]:
    return {one.text: (one.documents, one.around) for one in kin(publish(*documents), parse(asked)).names}


def test_a_name_of_which_the_same_is_said_is_offered_with_its_count_and_the_reason(publish: Publish) -> None:
    engine = publish(ASKED, SAME, *OTHERS)
    (name,) = kin(engine, parse("便民浴室")).names
    assert (name.text, name.documents) == ("社区共享澡堂", 1)
    assert {"助浴", "建设"} <= set(name.around)
    assert name.clause == "年内建设12个社区共享澡堂" and name.place.paragraph == 1
    assert engine.count([parse(parse_qs(urlsplit(name.url).query)["q"][0])]) == [1]


def test_ticking_it_finds_both_each_with_how_it_was_found(publish: Publish) -> None:
    engine = publish(ASKED, SAME, *OTHERS)
    address = parse_qs(urlsplit(ticked(parse("便民浴室"), ["社区共享澡堂"])).query)["q"][0]
    page = results.search(engine, parse(address))
    found = {hit.id: [mark for passage in hit.passages for mark in _marked(passage)] for hit in page.hits}
    assert found == {_id(engine, "甲"): ["便民浴室"], _id(engine, "乙"): ["社区共享澡堂"]}


def _marked(passage: results.Snippet) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


def _id(engine: object, name: str) -> str:
    (id,) = [one for one, entry in engine.fetch([*engine.catalogue()]).items() if entry.document.external_id[0] == name]  # type: ignore[attr-defined]
    return str(id)


def test_what_stands_beside_it_somewhere_is_no_name_of_other_surroundings(publish: Publish) -> None:
    beside = document("戊.txt", "农村助浴服务：建设便民浴室、5个社区共享澡堂。")
    assert "社区共享澡堂" not in offered(publish, ASKED, SAME, *OTHERS, beside)


def test_what_shares_only_the_subject_or_only_what_is_done_is_not_offered(publish: Publish) -> None:
    """Of the passage alone, and of the clause alone: a park is built, too."""
    subject = document("己.txt", "农村助浴服务要做细。各地表彰9个先进集体单位。")
    assert not {"先进集体单位", "城市足球公园", "青年足球联赛"} & offered(publish, ASKED, SAME, *OTHERS, subject).keys()


def test_filters_hold_for_what_is_offered(publish: Publish) -> None:
    documents = [document("甲.txt", ASKED.text, region="湖北"), document("乙.txt", SAME.text, region="云南"), *OTHERS]
    assert "社区共享澡堂" in offered(publish, *documents)
    assert offered(publish, *documents, asked="便民浴室 地区:湖北") == {}


def test_nothing_is_offered_where_nothing_is_asked_or_found(publish: Publish) -> None:
    for asked in ("", "火星探测", "的", "地区:湖北"):
        assert offered(publish, ASKED, SAME, *OTHERS, asked=asked) == {}


def test_the_same_is_offered_in_the_same_order_whatever_the_order_of_the_files(publish: Publish) -> None:
    more = [
        document(f"庚{n}.txt", f"农村助浴服务第{n}批：建设{n + 2}个流动澡堂车队、3个互助{'洗浴' * n}驿站。")
        for n in range(3)
    ]
    one = kin(publish(ASKED, SAME, *OTHERS, *more), parse("便民浴室")).names
    other = kin(publish(*reversed(more), *OTHERS, SAME, ASKED), parse("便民浴室")).names
    assert one == other and len(one) > 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("建设5个社区共享澡堂、流动服务车队。", ["社区共享澡堂", "流动服务车队"]),
        ("实施“乡村便民浴室”建设行动", ["乡村便民浴室"]),
        ("推广《社区助浴指南》。", ["社区助浴指南"]),
        ("建成十三个城市足球公园，", ["城市足球公园"]),
        ("要推进农村助浴服务。", []),  # no sign before it
        ("抓好队伍、推进助浴服务、完善社区设施。", []),  # what is done
        ("社区共享澡堂、", []),
    ],
)
def test_a_name_is_one_of_a_list_in_marks_or_counted(written: str, found: list[str]) -> None:
    folded = text.fold(written)
    assert [folded[start:end] for start, end in names(folded)] == found


def test_the_table_and_the_json_have_both_sorts_with_their_places(publish: Publish) -> None:
    page = kin(publish(ASKED, SAME, *OTHERS), parse("便民浴室"))
    (row,) = [line.split(",") for line in as_csv(page).decode("utf-8-sig").splitlines() if line.startswith("社区共享")]
    assert row[1:4] == ["上下文相近", "0", "1"] and row[-2].startswith("/doc/")
    (name,) = as_json(page)["names"]  # type: ignore[misc]
    assert set(name) == {"text", "documents", "around", "clause", "url", "place"}


def test_of_many_documents_those_most_alike_are_opened_and_their_number_is_told(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [document(f"辛{n}.txt", f"农村助浴服务提升第{n}步，建设稳妥推进。") for n in range(5)]
    engine = publish(ASKED, SAME, *OTHERS, *more)
    assert (kin(engine, parse("便民浴室")).others, as_json(kin(engine, parse("便民浴室")))["others"]) == (7, 7)
    monkeypatch.setattr(surroundings, "_OPENED", 3)
    assert kin(engine, parse("便民浴室")).others == 3
    assert kin(engine, parse("")).others == 0
