"""What must be true of the slips that are suspected."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexicon_tables import REGIONS, SYNONYMS, TERMS, TYPOS, lines, repeated

from search import text


def test_typos_are_two_characters_or_more_and_differ_from_the_right_writing() -> None:
    assert [typo for typo in TYPOS if len(typo.wrong) < 2 or typo.wrong == typo.right] == []
    assert len(TYPOS) >= 250
    assert {typo.note for typo in TYPOS} == {"shape", "sound", "variant"}


def test_a_typo_is_as_long_as_the_right_writing() -> None:
    assert [typo for typo in TYPOS if len(typo.wrong) != len(typo.right)] == []


def test_each_typo_is_listed_once_and_inside_no_other() -> None:
    wrongs = [typo.wrong for typo in TYPOS]
    assert repeated(wrongs) == []
    assert [(a, b) for a, b in itertools.permutations(wrongs, 2) if len(a) < len(b) and a in b] == []


def test_no_typo_occurs_in_a_right_writing_or_in_another_file() -> None:
    right = [typo.right for typo in TYPOS] + TERMS + lines("formulas.txt") + [region.name for region in REGIONS]
    right += [word for entry in SYNONYMS for word in (entry.term, entry.synonym)]
    text = "\n".join(right)
    assert [typo.wrong for typo in TYPOS if typo.wrong in text] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("增进百姓福址", "福祉"),
        ("送去温暧", "温暖"),
        ("各类因难群体", "困难群体"),
        ("建立工作台帐", "台账"),
        ("安排布署", "安排部署"),
    ],
)
def test_a_slip_of_the_hand_is_suspected(text: str, right: str) -> None:
    assert [typo.right for typo in TYPOS if typo.wrong in text] == [right]


@pytest.mark.parametrize(
    "text",
    [
        "帮助企业渡过难关，做出新的贡献。",
        "名单已在官网公布署名为办公室。",  # 布署 for 部署
        "既使群众受益，又使财政可持续。",  # 既使 for 即使
        "代表团成员来自津巴布韦，也有来自已建成的示范区的。",  # 自津 for 自律, 自已 for 自己
        "福彩购买点多，体彩取得成绩。",  # 彩购 for 采购, 彩取 for 采取
        "脱贫攻坚难题破解，取得攻坚巨大成就。",  # 坚难 for 艰难, 坚巨 for 艰巨
        "职工俱乐部和专家俱乐部挂牌。",  # 工俱 for 工具, 家俱 for 家具
        "全部暑期活动面向困难家庭，兜底保障到位。",  # 部暑 for 部署, 底保 for 低保
        "走访慰问侯家村，学校圆满完成任务。",  # 问侯, 校圆
        "激发韧性活力，扩大辐射范围，颠覆行为习惯。",  # 发韧, 大辐, 覆行
        "搭建帐篷，检查帐篷，群众住进帐篷。",  # 建帐 for 建账
        "不因难以落实而放弃，老年人户均增收。",  # 因难 for 困难, 人户 for 入户
        "上海拨付资金，机构买单，结构置换。",  # 海拨, 构买, 构置
    ],
)
def test_right_writings_are_not_suspected_even_across_words(text: str) -> None:
    assert [typo.wrong for typo in TYPOS if typo.wrong in text] == []


@given(st.lists(st.tuples(st.sampled_from(text.typos()), st.booleans(), st.integers(0, 4)), min_size=1, max_size=3))
def test_typos_in_a_term_are_those_of_the_whole_table(pieces: list[tuple[tuple[str, str], bool, int]]) -> None:
    term = "".join(typo[right][at:] for typo, right, at in pieces)
    for right in (True, False):
        asked = [typo for typo in text.typos() if typo[0 if right else 1] in term]
        assert text.typos_with(term, right=right) == asked
