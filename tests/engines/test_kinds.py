"""What a term of a question is met by, on every engine: itself, other writings, synonyms, its words apart, slips."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Publish, document
from contract import ALL, ask, found, stored

from search.matching.matches import LEVELS, SYNONYM, Tier
from search.query.parsing import parse


def test_a_term_is_found_literally_with_exact_totals(publish: Publish) -> None:
    matches = ask(publish(*ALL), "养老服务")
    assert (matches.documents, matches.occurrences) == (1, 2)


def test_a_synonym_is_found_after_the_term_itself(publish: Publish) -> None:
    engine = publish(
        document("近义", "照护服务，照护服务，照护服务。", title="照护服务"), document("原词", "抓照料，也抓别的。")
    )
    assert found(engine, "照料") == [("原词", "exact"), ("近义", "synonym")]


def test_another_name_of_the_same_thing_is_a_synonym_that_ranks_with_the_term_itself(publish: Publish) -> None:
    often = document("全称", "推行长期护理保险。长期护理保险怎么办？", title="长期护理保险办法")
    once, broader = document("简称", "会上问到长护险。"), document("近义", "长期照护保险。" * 9, title="长期照护保险")
    engine = publish(once, often, broader)
    assert found(engine, "长护险") == [("全称", "synonym"), ("简称", "exact")]
    assert found(engine, "长期护理保险") == [("全称", "exact"), ("简称", "synonym"), ("近义", "synonym")]
    assert found(engine, "长照险") == [("全称", "synonym"), ("简称", "synonym")]
    assert [match.level for match in ask(engine, "长期护理保险").ranked] == [0, 0, LEVELS[SYNONYM]]
    assert ask(engine, "长期护理保险").tiers == {"exact": Tier(1, 2), "synonym": Tier(2, 10)}


def test_of_a_document_with_another_name_its_other_synonyms_are_counted_too(publish: Publish) -> None:
    engine = publish(document("甲", "长护险，长期照护保险，长护险。"), document("乙", "长期护理保险，长护险。"))
    assert {match.kind: match.occurrences for match in ask(engine, "长期护理保险").ranked} == {"synonym": 3, "exact": 1}


def test_what_is_only_a_part_of_a_term_is_no_other_name_of_it(publish: Publish) -> None:
    engine = publish(document("宽", "公益金。", "彩票公益金。" * 5), document("窄", "福利彩票公益金一笔，其余略。"))
    assert found(engine, "福利彩票公益金") == [("窄", "exact"), ("宽", "synonym")]


def test_synonyms_can_be_switched_off(publish: Publish) -> None:
    assert found(publish(*ALL), "福利彩票", synonyms=False) == [("湖北.txt", "exact")]


def test_a_word_inside_a_term_is_met_under_its_other_name(publish: Publish) -> None:
    engine = publish(document("全称", "管好福利彩票公益金。"), document("简称", "管好福彩公益金。"))
    assert found(engine, "福彩公益金") == [("简称", "exact"), ("全称", "synonym")]
    assert found(engine, "“福彩公益金”") == [("简称", "exact")]


def test_one_synonym_can_be_switched_off(publish: Publish) -> None:
    engine = publish(document("食堂", "办好幸福食堂。"), document("助餐", "增设助餐点。"))
    assert {name for name, _ in found(engine, "长者饭堂")} == {"食堂", "助餐"}
    assert found(engine, "长者饭堂", off=["幸福食堂"]) == [("助餐", "synonym")]


def test_a_quoted_term_has_no_synonyms(publish: Publish) -> None:
    assert found(publish(*ALL), "“福利彩票”") == [("湖北.txt", "exact")]


@pytest.mark.parametrize("quoted", ['"银发经济"', "“银发经济”", "「银发经济」", "『银发经济』"])
def test_every_kind_of_quotes_is_literal(publish: Publish, quoted: str) -> None:
    assert found(publish(*ALL), quoted) == [("湖北.txt", "exact")]


def test_a_quoted_string_is_found_across_passages_of_a_paragraph(publish: Publish) -> None:
    assert found(publish(*ALL), "“发展。四是规范福”") == [("湖北.txt", "exact")]


def test_a_string_is_not_found_across_paragraphs(publish: Publish) -> None:
    assert found(publish(document("甲", "第一段完。", "第二段始。")), "“完。第二”") == []


def test_a_single_character_is_found_even_at_the_end_of_a_paragraph(publish: Publish) -> None:
    engine = publish(document("甲", "来赣", "调研"), document("乙", "赣州"))
    assert ask(engine, "赣").occurrences == 2


def test_a_term_in_the_title_alone_is_found_without_occurrences(publish: Publish) -> None:
    matches = ask(publish(document("甲", "正文。", title="区划地名工作")), "区划地名")
    assert (matches.documents, matches.occurrences) == (1, 0)


def test_words_of_a_term_apart_in_one_passage_are_found_last(publish: Publish) -> None:
    engine = publish(
        document("原词", "开展节日慰问。"), document("分散", "节日期间走访慰问。"), document("各段", "节日。", "慰问。")
    )
    assert found(engine, "节日慰问") == [("原词", "exact"), ("分散", "scattered")]


def test_a_word_is_not_met_across_two_others(publish: Publish) -> None:
    """民政 stands in 人民政府 by accident: not listed beside real hits, but counted; alone it is listed as such."""
    across, word = document("人民政府", "省人民政府印发通知。"), document("民政", "做好民政工作，依靠人民政府。")
    engine = publish(across, word)
    assert found(engine, "民政") == [("民政", "exact")]
    assert (ask(engine, "民政").occurrences, ask(engine, "民政").left_out) == (1, 1)
    assert {name for name, _ in found(engine, "“民政”")} == {"人民政府", "民政"}
    assert found(publish(across), "民政") == [("人民政府", "cross_word")]


def test_a_known_slip_in_a_document_is_found_after_the_right_writing_and_said_so(publish: Publish) -> None:
    engine = publish(document("对", "关心困难群众。"), document("错", "关心因难群众。"))
    assert found(engine, "困难群众") == [("对", "exact"), ("错", "suspected_typo")]


def test_a_known_slip_of_the_whole_stands_before_its_words_apart(publish: Publish) -> None:
    apart = document("分散", "活动的主题，主题和活动。" * 5, title="主题与活动", date="2023")
    slip = document("错", "开展主题话动。", "别的事。", date="2024")
    engine = publish(apart, slip, document("旁", "别的事。"))
    assert found(engine, "主题活动") == [("错", "suspected_typo"), ("分散", "scattered")]
    assert found(engine, "主题活动", sort="newest") == [("分散", "scattered"), ("错", "suspected_typo")]


def test_a_known_slip_beside_the_right_word_is_counted_and_brings_no_points(publish: Publish) -> None:
    both, once = (
        document("两种", "关心困难群众。", "帮助因难群众。"),
        document("一种", "关心困难群众。", "帮助其他群众。"),
    )
    engine = publish(once, both)
    matches = {stored(engine, match.id).external_id: match for match in ask(engine, "困难群众").ranked}
    assert {name: (match.kind, match.occurrences) for name, match in matches.items()} == {
        "两种": ("exact", 2),
        "一种": ("exact", 1),
    }
    assert matches["两种"].score == matches["一种"].score
    assert ask(engine, "困难群众").occurrences == 3


def test_a_slip_counts_where_the_place_asked_for_holds_it(publish: Publish) -> None:
    engine = publish(document("甲", "关心困难群众和孤儿，不说因难群众。另说因难群众。", "困难群众。"))
    assert ask(engine, "同句:(困难群众 孤儿)").occurrences == 3
    assert ask(engine, "困难群众 OR (因难群众 孤儿)").occurrences == 5


@pytest.mark.parametrize("typed", ["養老服務", "养老服务　", "  养老服务", "養老服务"])
def test_script_and_blanks_do_not_matter(publish: Publish, typed: str) -> None:
    assert ask(publish(*ALL), typed).occurrences == 2


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("二〇二四年春节团拜会", "2024年春节团拜会"),
        ("2024年春节团拜会", "二〇二四年春节团拜会"),
        ("２０２４年春节", "2024年春节"),
        ("公墓（骨灰堂）建设", "公墓(骨灰堂)"),
        ("公墓(骨灰堂)建设", "公墓（骨灰堂）"),
        ("⺠政工作", "民政工作"),
        ("建立台帐制度", "台账制度"),
        ("发放84.5亿元", "84.5亿元"),
        ("PM2.5治理", "pm2.5"),
    ],
)
def test_the_same_thing_in_another_writing_is_found(publish: Publish, stands: str, typed: str) -> None:
    assert found(publish(document("甲", f"关于{stands}。"), document("乙", "别的。")), typed) == [("甲", "exact")]


def test_the_wording_that_documents_have_with_other_signs_is_a_kind_of_its_own(publish: Publish) -> None:
    engine = publish(
        document("甲", "三清、三建，三清、三建。", title="三清、三建"),
        document("乙", "三清三建。"),
        document("丙", "三清。三建。"),
    )
    query = replace(parse("三清三建"), signs=("三清、三建",))
    found = engine.find(query, limit=10, offset=0)
    assert [(match.kind, match.occurrences) for match in found.ranked][:2] == [("exact", 1), ("punctuation", 2)]
    assert found.tiers["punctuation"] == Tier(1, 2)
    assert sum(tier.documents for tier in found.tiers.values()) == found.documents


@pytest.mark.parametrize(
    ("typed", "passage", "kind"),
    [
        ("20次", "全年检查120次。", "cross_word"),
        ("20次", "全年检查20次。", "exact"),
        ("2万元", "共补助15.2万元。", "cross_word"),
        ("234元", "共补助1,234元。", "scattered"),
        ("100元以上", "每月2100元以上。", "cross_word"),
        ("it", "发行REITs产品。", "cross_word"),
        ("3.6亿", "投入3.6亿元。", "exact"),
        ("2024", "印发时间2024.2.21。", "exact"),
        ("全省养老服务工作会", "召开全省养老服务工作会议。", "exact"),
        ("民政", "省人民政府印发。", "cross_word"),
    ],
)
def test_a_figure_is_a_word_and_a_long_string_is_found_wherever_it_is_cut(
    publish: Publish, typed: str, passage: str, kind: str
) -> None:
    matches = ask(publish(document("甲", passage)), typed)
    assert [match.kind for match in matches.ranked] == [kind]
