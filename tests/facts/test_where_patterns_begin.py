"""Patterns that begin with a character of their own, so that re skips to it, find what they find without that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.articles.names import POST
from indexer.facts import metadata, speakers, warnings
from indexer.facts.occasions import AT_ONE
from indexer.facts.posts import POST_END

_PLAIN = re.compile(
    rf"{POST}|(?<=[级办室局部心站所会司院校])干部|(?<=提名)人选"
    r"|(?:(?<=[疗养复估影艺理训导])师(?![生傅资范长父团部级])"
    r"|(?<=[\u4e00-\u9fff]{2})(?<![人动全满超裁定复减冗成讯论])员(?!会|工|单位|大会)"
    r"|社工(?![站委队部师])|督导(?![组员])|经理(?![层人])|业主(?![委大])|学者|专家(?![组库委学])|村民(?![小委代会组])"
    r"|居民(?![小委代会区楼点])|民警)"
)
_WORDS = """
    书记 处 局长 主任 委员 会 代表 大会 干部 科室 级 提名 人选 理事 长 医师 养老 师 复 评估 生 员 护理 动 工
    社工 站 督导 组 经理 业主 学者 专家 库 村民 居民 区 小 民警 ， 甲 a
"""


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(("\n", *_WORDS.split())), max_size=7).map("".join), st.integers(0, 3), st.integers(0, 3)
)
def test_posts(text: str, before: int, behind: int) -> None:
    stop = len(text) - behind
    found, plain = (list(one.finditer(text, before, max(0, stop))) for one in (POST_END, _PLAIN))
    assert [one.span() for one in found] == [one.span() for one in plain]


_TOLD = """
    会上， 会议上， 仪式现场， 活动期间， 论坛中， 典礼伊始， 庆典上， 培训中， 座谈中， 座谈时， 开班式上，
    讲坛上， 培训班期间， 节目中， 访谈中， 直播中， 与来宾一行座谈 和来宾一行座谈交流， 同来宾一行座谈。
    到养老院座谈， 赴邻县座谈交流 出席全市会议， 参加揭牌仪式 召开会议 召开了座谈会， 召开“板凳会”
    举行了村里的“板凳会”， 举办业务培训 开展“敬老”讲座， 会议由县长某某主持 工作会议在县里召开
    推进会由县长某某召集， 座谈会在县里举行 反馈会在县里召开 调度会议由县长召开 汇报会在市里举行。
"""


@pytest.mark.parametrize("told", _TOLD.split())
def test_a_meeting_is_told_of(told: str) -> None:
    assert AT_ONE.search(told)
    assert AT_ONE.search(f"某局{told}")


@pytest.mark.parametrize(
    "told", ["会上说", "到养老院看望老人座谈", "与来宾展开座谈", "出席会议的有", "参加大会表演", "举办比赛，"]
)
def test_no_meeting_is_told_of(told: str) -> None:
    assert AT_ONE.search(told) is None


_HELD = ["3月5日", "，", "全县助餐工作", "会议", "推进会", "在县城", "隆重", "召开", "闭幕"]


@given(st.lists(st.sampled_from(_HELD)).map("".join))
def test_a_meeting_that_was_held(text: str) -> None:
    found, plain = metadata._was_held(text), metadata._WAS_HELD.search(text)
    assert (found and found.span()) == (plain and plain.span())


_ENDS = re.compile(r"“[^“”。！？\n]{2,160}”|([。；！？\n])")


@given(st.text(alphabet="“”。；！？\n甲乙，", max_size=12))
def test_sentences_end_outside_of_quotations(text: str) -> None:
    ends = [one for one in _ENDS.finditer(text) if one.group(1)]
    begins = [0, *(one.end() for one in ends)]
    assert list(speakers._sentences(text)) == [*zip(begins, [*(one.start() for one in ends), len(text)], strict=True)]


_YEARS = "2024年 是 新中国 共和国 中国 共产党成立 建党 人民解放军 建军 改革开放 香港回归 祖国 成立 75 1 周年 ，"


@given(st.lists(st.sampled_from(_YEARS.split()), max_size=8).map("".join))
def test_an_anniversary_is_told_of_where_one_is_counted(text: str) -> None:
    counted = any(pattern.search(text) for pattern, _ in warnings._ANNIVERSARIES)
    assert counted == (warnings._ANNIVERSARY.search(text) is not None)
