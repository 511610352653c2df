"""What comes first on every engine, and what is folded behind it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from conftest import Publish, document, stored
from contract import ALL, ask, found

from search.documents.document import Document
from search.query.parsing import parse


def test_the_reasons_and_the_best_passage_add_up_to_the_score(publish: Publish) -> None:
    (match,) = ask(publish(*ALL), "养老服务").ranked
    (reason,) = match.reasons
    assert (reason.term, reason.kind, reason.title, reason.body) == ("养老服务", "literal", 1, 2)
    assert match.best is not None
    assert (match.score, round(reason.rarity, 6)) == (
        reason.points + match.best.points,
        round(math.log(1 + 2.5 / 1.5), 6),
    )


def test_within_a_tier_the_passage_that_says_most_comes_first(publish: Publish) -> None:
    """As often in documents of one length, and all exact: once in each of two passages, or twice in one. What is equal
    stands in the order of the names, 分散 before 集中."""
    spread = document("分散", "会议研究养老服务工作。", "会议部署养老服务任务。")
    dense = document("集中", "会议研究了有关的工作。", "养老服务抓养老服务好。")
    assert found(publish(spread, dense), "养老服务") == [("集中", "exact"), ("分散", "exact")]


def test_within_a_tier_terms_of_one_sentence_come_before_terms_of_one_passage(publish: Publish) -> None:
    apart = document("两句", "会议研究殡葬改革。大家讨论婚姻登记。")
    near = document("同句", "会议研究了的工作。殡葬改革婚姻登记。")
    assert found(publish(apart, near), "殡葬 婚姻登记") == [("同句", "exact"), ("两句", "exact")]


def test_within_a_tier_terms_in_a_heading_come_before_the_same_in_running_text(publish: Publish) -> None:
    def with_heading(one: Document) -> Document:
        first, *rest = one.passages
        return replace(one, passages=(replace(first, heading=True), *rest))

    plain = document("正文", "一、发展养老服务", "抓好落实。")
    headed = with_heading(document("题目", "一、发展养老服务", "抓好落实。"))
    engine = publish(plain, headed)
    assert found(engine, "养老服务") == [("题目", "exact"), ("正文", "exact")]
    assert [(m.best.number, m.best.headed) for m in ask(engine, "养老服务").ranked if m.best] == [(1, 1), (1, 0)]


def test_terms_in_one_passage_come_before_terms_in_several(publish: Publish) -> None:
    apart = document("分开", "殡葬改革。", "婚姻登记。")
    together = document("一起", "总述。", "推进殡葬改革和婚姻登记。")
    assert found(publish(apart, together), "殡葬 婚姻登记") == [("一起", "exact"), ("分开", "same_document")]


def test_terms_under_another_name_stand_before_terms_in_several_passages(publish: Publish) -> None:
    apart = document("分开", "长护险。", "医养结合。")
    named = document("全称", "抓长期护理保险，也抓医养结合。")
    together = document("一起", "长护险，医养结合，长护险，医养结合。")
    order = [("一起", "exact"), ("全称", "synonym"), ("分开", "same_document")]
    assert found(publish(apart, named, together), "长护险 医养结合") == order


def test_by_time_scraps_stand_behind_what_was_found(publish: Publish) -> None:
    engine = publish(
        document("甲", "要抓好困难群众临时救助备用金。", date="2020"),
        document("乙", "困难群众的临时救助。", date="2024"),
        document("丙", "困难群众临时救助备用金到位。", date="2018"),
        *(document(f"其他{number}", "别的事。") for number in range(20)),
    )
    for sort, dates in (("newest", ["2020", "2018"]), ("oldest", ["2018", "2020"])):
        ranked = ask(engine, "困难群众临时救助备用金", sort=sort).ranked
        assert [str(stored(engine, match.id).metadata.date.value) for match in ranked][:2] == dates
        assert [match.kind for match in ranked][2:] == ["partial"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [("newest", ["湖北.txt", "云南.txt", "不详.txt"]), ("oldest", ["云南.txt", "湖北.txt", "不详.txt"])],
)
def test_the_undated_come_last_in_both_directions(publish: Publish, sort: str, names: list[str]) -> None:
    assert [name for name, _ in found(publish(*ALL), "", sort=sort)] == names


def test_pages_together_hold_every_document_once(publish: Publish) -> None:
    engine = publish(*(document(f"第{n}篇", "养老服务。" * (n % 4 + 1)) for n in range(23)))
    pages = [m.id for start in range(0, 30, 10) for m in ask(engine, "养老服务", limit=10, offset=start).ranked]
    assert sorted(pages) == sorted(m.id for m in ask(engine, "养老服务").ranked)
    assert len(set(pages)) == 23


def test_near_duplicates_are_counted_and_folded_behind_the_best(publish: Publish) -> None:
    first, second, other = (
        document("一", "养老服务。养老服务。"),
        document("二", "养老服务。"),
        document("三", "养老服务工作。"),
    )
    group = (first.id, second.id)
    engine = publish(replace(first, near=group), replace(second, near=group), other)
    matches = ask(engine, "养老服务")
    assert (matches.documents, matches.folded, len(matches.ranked)) == (3, 1, 2)
    assert {m.id for m in matches.ranked} == {first.id, other.id}
    assert ask(engine, "养老服务", limit=1, offset=1).ranked == matches.ranked[1:]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_one_way_of_finding_lists_its_documents_in_the_order_they_have_among_all(publish: Publish, sort: str) -> None:
    bodies = ["社区养老好。", "社区的事，养老的事。", "社区养老，社区养老。", "养老靠社区。", "别的。"]
    engine = publish(*(document(f"{n}", one, date=f"20{20 - n % 7}") for n, one in enumerate(bodies * 3)))
    whole = ask(engine, "社区养老", sort=sort)
    assert {kind: tier.documents for kind, tier in whole.tiers.items()} == {"exact": 6, "scattered": 6}
    for way in whole.tiers:
        query = replace(parse("社区养老", sort=sort), way=way)
        alone = engine.find(query, limit=50, offset=0)
        assert alone == replace(whole, ranked=tuple(one for one in whole.ranked if one.kind == way))
        assert engine.find(query, limit=2, offset=3).ranked == alone.ranked[3:5]
        assert (alone.listed(way), alone.listed()) == (6, 12)


def test_a_version_found_in_another_way_hides_none_of_those_listed_alone(publish: Publish) -> None:
    group = ("a" * 16, "b" * 16, "c" * 16)
    bodies = ("社区养老好。", "社区的事，养老的事。", "社区的养老。")
    engine = publish(*(replace(document(f"{n}", one), near=group) for n, one in enumerate(bodies)))
    whole = ask(engine, "社区养老")
    assert ([one.kind for one in whole.ranked], whole.folded, whole.listed()) == (["exact"], 2, 1)
    apart = engine.find(replace(parse("社区养老"), way="scattered"), limit=50, offset=0)
    assert ([one.kind for one in apart.ranked], apart.folded, apart.listed("scattered")) == (["scattered"], 1, 1)
