"""共同表述: what two texts or a text and those most alike say in the same words, and who of them is the earliest."""

from __future__ import annotations

from dataclasses import replace

from conftest import Publish, document

from search.tools.shared import MOST_CHARACTERS, as_csv, as_json, common, common_of_draft

ALIKE = "健全县乡村三级助餐网络和配送站点"
SHORT = "办好老年大学和老年活动中心"
NAMED = "学习新修订的《老年助餐服务管理办法》"
FORMULA = "习近平新时代中国特色社会主义思想"
LATER = document(
    "甲.txt",
    "总结工作。",
    f"要{ALIKE}，{SHORT}。学习{FORMULA}。{NAMED}。",
    title="甲",
    date="2024-03-01",
    region="湖北",
)
FIRST = document("乙.txt", f"今年{ALIKE}。", f"贯彻{FORMULA}。{NAMED}。", title="乙", date="2023", region="湖南")
UNDATED = document("丙.txt", f"{SHORT}，建设老年助餐网络。", title="丙")
ALL = (LATER, FIRST, UNDATED)


def test_the_longest_wording_is_first_with_who_has_it_and_who_is_the_earliest(publish: Publish) -> None:
    engine = publish(*ALL)
    page = common(engine, engine.fetch([LATER.id])[LATER.id])
    found = {one.text: ([other.title for other in one.others], one.first and one.first.title) for one in page.wordings}
    assert found == {NAMED: (["乙"], "乙"), ALIKE: (["乙"], "乙"), SHORT: (["丙"], "甲")}
    assert [one.characters for one in page.wordings] == sorted((one.characters for one in page.wordings), reverse=True)
    assert [one.undated for one in page.wordings if one.text == SHORT] == [1]
    (alike,) = (one for one in page.wordings if one.text == ALIKE)
    assert (alike.here.number, alike.others[0].number) == (2, 1)


def test_two_documents_are_compared_alone(publish: Publish) -> None:
    engine = publish(*ALL)
    stored = engine.fetch([LATER.id, UNDATED.id])
    page = common(engine, stored[LATER.id], stored[UNDATED.id])
    assert (page.documents, [one.text for one in page.wordings]) == (1, [SHORT])
    assert page.csv_url == f"/tools/common.csv?doc={LATER.id}&other={UNDATED.id}"


def test_near_duplicates_are_not_compared_and_nothing_shared_is_said(publish: Publish) -> None:
    near = (LATER.id, FIRST.id)
    engine = publish(replace(LATER, near=near), replace(FIRST, near=near))
    page = common(engine, engine.fetch([LATER.id])[LATER.id])
    assert (page.documents, page.wordings) == (0, ())
    assert "没有找到一字不差的共同表述。" in page.notes


def test_of_dates_that_may_be_the_same_none_is_called_the_earliest(publish: Publish) -> None:
    vague = document("丁.txt", f"要{ALIKE}。", title="丁", date="2024")
    engine = publish(LATER, vague)
    (one,) = common(engine, engine.fetch([LATER.id])[LATER.id]).wordings
    assert (one.text, one.first, one.undated) == (f"要{ALIKE}", None, 0)


def test_the_table_and_the_json_say_the_same(publish: Publish) -> None:
    engine = publish(*ALL)
    page = common(engine, engine.fetch([LATER.id])[LATER.id])
    assert as_csv(page).decode("utf-8-sig").splitlines()[1].startswith(f"{NAMED},{len(NAMED)},2,/doc/{LATER.id}#p2,乙,")
    told = as_json(page)["wordings"]
    assert isinstance(told, list) and told[0]["first"]["id"] == FIRST.id


def test_a_draft_is_compared_with_the_documents_and_is_none_itself(publish: Publish) -> None:
    page = common_of_draft(publish(*ALL), f"我们也{ALIKE}。\n学习{FORMULA}，办好老年大学。")
    (one,) = page.wordings
    assert (one.text, one.here, {other.title for other in one.others}) == (ALIKE, None, {"甲", "乙"})
    assert one.first and one.first.title == "乙"
    assert as_csv(page).decode("utf-8-sig").splitlines()[1].startswith(f"{ALIKE},{len(ALIKE)},,,")
    told = as_json(page)["wordings"]
    assert isinstance(told, list) and told[0]["here"] is None


def test_of_a_draft_that_is_too_long_the_beginning_is_compared_and_that_is_said(publish: Publish) -> None:
    engine = publish(*ALL)
    page = common_of_draft(engine, "。" * MOST_CHARACTERS + ALIKE)
    assert page.wordings == ()
    assert f"草稿共 {MOST_CHARACTERS + len(ALIKE)} 字，只看了前 {MOST_CHARACTERS} 字。" in page.notes
    assert common_of_draft(engine, "吃饭。").notes[-1] == "与用词最接近的 0 篇比过，没有与其余的比。"


def test_a_draft_is_compared_with_a_document_that_alone_has_its_words(publish: Publish) -> None:
    alone = document("戊.txt", "深化殡葬领域移风易俗专项整治。", title="戊")
    page = common_of_draft(publish(*ALL, alone), "还要深化殡葬领域移风易俗专项整治。")
    assert [[other.title for other in one.others] for one in page.wordings] == [["戊"]]
