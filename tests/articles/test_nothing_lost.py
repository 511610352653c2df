"""Whatever a file shows is in one of its articles or was left out by name, in every format; and nothing else is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from formats import FORMATS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.articles.articles import Article, split
from indexer.articles.characters import tidy_title
from indexer.extract import Block, Extract, Unreadable
from indexer.readers import read
from indexer.understand import clean

_DROPPED = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_FOLDED = str.maketrans(",;:?!()", "，；：？！（）")

# A line of each kind that some rule looks for, and ordinary ones between them.
LINES = """
临湖县民政局文件
临民发〔2022〕8号　　　　签发人：鲁平野
关于管好全县助餐点的通知
在全县助餐工作会议上的讲话
（2022年3月8日）
县民政局局长　鲁平野
来源：临湖县民政局　发布时间：2022-03-08　阅读：12
首页 > 政务公开 > 通知公告
同志们：
各位代表！
各乡镇人民政府：
助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。
送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻
钟，也不能摔了人。
3月8日，临湖县召开助餐工作会议，县长鲁平野出席并讲话。
一、把饭做热
（一）灶台
一是查灶台；二是查门锁。
临湖镇　　1200　　850
临湖镇\t1200
1200
— 3 —
7
目　录
把饭做热……3
材料之一
材料之二
□ 鲁平野
文／姜小满
【鲁平野】
记者：补贴怎么领？
主办单位：临湖县民政局
时间：3月12日上午9时
附件：1．助餐点名单
临湖县民政局
2022年3月8日
抄送：县委办公室。
（据临湖县民政局）
责任编辑：姜小满
相关阅读
打印本页
- 下一篇：助餐点开到了村里
法律声明 | 关于我们 | 网站地图
临湖县召开助餐工作会议 | |||
关于管好全县助餐点的通知_助餐动态_临湖网
临湖 助餐 低保 Linhu
要闻 > 助餐动态 > 临湖
2022年03月08日
临湖县民政局 2022-03-08 0
姜小满（左）给老人送饭
footer
（报道：姜小满）
原标题：临湖县把饭送上楼
--> 2022-03-08 1 临湖报 /property-->
图片
声明
loading..
linhu 发表于 2022-3-8 16:30
查看完整版本：在全县助餐工作会议上的讲话
送餐的人要认得路，送到的饭菜要热，谁吃了几顿、收了几元都写清楚，按月贴在墙上。（记者姜小满）
""".strip().split("\n")


def characters(*texts: str) -> Counter[str]:
    """The characters that may not change: blanks and invisible ones aside, width of seven marks made one."""
    return Counter(_DROPPED.sub("", "".join(texts)).translate(_FOLDED))


def everything(article: Article, *, with_hint: bool = True) -> Counter[str]:
    """What stands in an article, its headline and what was left out of it. with_hint: also a headline that the page
    states; it stands in the text or beside it once more, or does not."""
    title = article.title.value if article.title and article.title.how != "derived" else ""
    if title == tidy_title(article.hints.title) and not with_hint:
        title = ""
    return characters(title, *(line.text for line in clean(article)), *(text for _, text in article.furniture))


def lost_and_made(name: str, lines: list[str]) -> tuple[str, str]:
    """Characters of the lines that are nowhere in what was read, and those read that are in none of them."""
    try:
        articles = split(read(Path(name), FORMATS[name](lines)))
    except Unreadable:
        return "", ""
    written = characters(*lines)
    found = ("", "")
    for with_hint in (False, True) if articles else ():
        kept = sum((everything(article, with_hint=with_hint) for article in articles), Counter())
        found = "".join((written - kept).elements()), "".join((kept - written).elements())
        if found == ("", ""):
            break
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_lost_of_lines_of_every_kind(name: str) -> None:
    assert lost_and_made(name, LINES) == ("", "")


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=25))
def test_nothing_is_lost_in_any_order(name: str, lines: list[str]) -> None:
    assert lost_and_made(name, lines) == ("", "")


@pytest.mark.parametrize(
    "lines",
    [
        ["（据临湖县民政局）", "7", "文／姜小满", "文／姜小满", "文／姜小满", "各乡镇人民政府："],
        ["（据临湖县民政局）", "材料之二", "关于管好全县助餐点的通知", "记者：怎么领？", "□ 鲁平野", "文／姜小满"],
    ],
)
def test_lines_of_a_gap_above_a_collection_are_named(lines: list[str]) -> None:
    assert lost_and_made("lines.txt", lines) == ("", "")


SECTIONS = """\
# 某台要闻（20220308）
本期要目
## 县长鲁平野赴临湖镇
本台消息：县长鲁平野今天到临湖镇看望老人。
## 全县助餐工作会议召开
本台消息：全县助餐工作会议今天召开。
## 天气预报
# 下期预告
敬请收看。
"""


def test_what_stands_around_the_parts_of_a_broadcast_is_named() -> None:
    extract = read(Path("a.md"), SECTIONS.encode())
    first, second = split(extract)
    kept = everything(first) + everything(second)
    written = characters(SECTIONS.replace("#", ""))
    assert ("".join((written - kept).elements()), "".join((kept - written).elements())) == ("", "")
    assert [name for name, _ in first.furniture] == ["栏目", "栏目"]


def test_a_paragraph_that_ends_with_who_took_its_picture_is_text_unless_it_is_said_again() -> None:
    news = "5月15日，云溪市福利院新楼启用。九十位老人搬进新居，住进带阳台的双人间。"
    news += "新楼由市福利彩票公益金资助，历时两年建成。"
    news += "副市长卓一帆到场祝贺，并同老人一起吃了午饭。本报记者 白露 摄"
    assert texts(["福利院新楼启用", news]) == [news]
    other = "据悉，新楼有一百张床位，老人不用再走楼梯。"
    assert texts(["福利院新楼启用", other, news]) == [other, news]
    told = news.replace("本报记者 白露 摄", "").replace("5月15日，", "近日，") + "市民政局、市财政局负责同志一同到场。"
    assert texts(["福利院新楼启用", told, news, other]) == [told, other]
    assert texts(["福利院新楼启用", told, "老人搬进新楼。本报记者 白露 摄"]) == [told]


def texts(lines: list[str]) -> list[str]:
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return [line.bare for line in article.lines]


def test_a_short_line_above_the_last_paragraphs_is_a_heading_and_no_caption() -> None:
    lines = [
        "冬衣送到山里",
        "12月3日，云溪县把一千件冬衣送到山里。",
        "发放现场",
        "老人们排着队领衣服。",
        "孩子们也有一份。",
    ]
    assert texts(lines) == lines[1:]
    assert texts([*lines[:2], *lines[3:], lines[2]]) == [lines[1], *lines[3:]]
