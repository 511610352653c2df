"""Which articles a file holds, and which headline belongs to which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.articles import Article, _without_teaser, split
from indexer.articles.lines import Line
from indexer.extract import Block, Extract, Hints
from indexer.readers import md
from search.documents.document import Evidence


def articles(text: str) -> tuple[Article, ...]:
    return split(Extract(tuple(Block(line) for line in text.split("\n")), wrapped=True))


def titles(text: str) -> list[tuple[str, str] | None]:
    return [(a.title.value, a.title.how) if a.title else None for a in articles(text)]


def body(article: Article) -> list[str]:
    return [line.bare for line in article.lines]


COLUMNS = """3月8日，甲省民政厅召开养老

服务工作会议，部署重点工作

任务。厅长王某出席会议并讲

话。（据甲省民政厅）
 甲省民政厅召开
养老服务工作会议

TOPIC

日前，乙省民政厅举行党组理

论学习中心组集体学习会，研

究部署机关党建工作任务。会

议强调，要守住底线。

（据乙省民政厅）"""


def test_a_headline_after_its_article_is_not_given_to_the_next() -> None:
    assert titles(COLUMNS) == [("甲省民政厅召开养老服务工作会议", "after_body"), None]


REPORTED = """5月16日，全省养老服务工作推进会议在临湖市召开，总结交流各地经验。

各设区的市民政局负责人参加会议。（通讯员 夏知秋）

{last}"""


@pytest.mark.parametrize(
    "last", ["附件：1.全省养老服务重点任务清单", "附：任务分工表", "临湖名片", "关于开展助餐服务的意见"]
)
@pytest.mark.parametrize("title", ["全省养老服务工作推进会议在临湖召开", "养老服务怎么干？厅长这样说"])
def test_a_line_below_the_end_of_a_page_is_not_its_title(title: str, last: str) -> None:
    lines = tuple(map(Block, REPORTED.format(last=last).split("\n")))
    (page,) = split(Extract(lines, wrapped=False, hints=Hints(title=title)))
    assert page.title == Evidence(title, title, "stated")
    assert last in (*body(page), *(text for _, text in page.furniture))


def test_a_line_below_the_end_of_a_page_is_its_title_where_the_page_says_nothing_of_the_text() -> None:
    last = "临湖市召开养老服务会"
    lines = tuple(map(Block, REPORTED.format(last=last).split("\n")))
    (page,) = split(Extract(lines, wrapped=False, hints=Hints(title="今日要闻")))
    assert page.title == Evidence(last, last, "after_body")


def test_the_label_of_a_column_is_in_no_article_but_named_as_left_out() -> None:
    first, second = articles(COLUMNS)
    assert not any("TOPIC" in line for article in (first, second) for line in body(article))
    assert first.furniture == (("栏目", "TOPIC"),)


SPOKEN = ["主持人：欢迎大家参加发布会。", "卓一帆：助餐点建成了。", "主持人：还有呢？", "卓一帆：老人都来了。"]


def test_the_headline_above_what_is_spoken_is_left_out_of_it_and_no_turn_is() -> None:
    page = [Block("主持人：还有呢？"), *map(Block, SPOKEN)]
    (found,) = split(Extract((Block("助餐发布会"), *page), wrapped=False, hints=Hints(title="助餐发布会")))
    assert (found.title and found.title.value, body(found)) == ("助餐发布会", ["主持人：还有呢？", *SPOKEN])
    (other,) = split(Extract(tuple(page), wrapped=False, hints=Hints(title="主持人：还有呢？")))
    assert body(other) == ["主持人：还有呢？", *SPOKEN]


def test_the_first_line_of_a_narrow_column_is_no_headline() -> None:
    assert titles("全省民政工作视频会议部署会\n议日前召开，总结去年工作，\n安排今年工作任务，要求各地\n抓好落实。") == [
        None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two reports, each under its headline
        (
            "甲市推进老年助餐服务\n　　本报讯（记者 某某）甲市建成助餐点。\n\n"
            "乙市开展孤儿助学行动\n　　本报讯（记者 某某）乙市资助学生。",
            ["甲市推进老年助餐服务", "乙市开展孤儿助学行动"],
        ),
        # who wrote the first one stands below it
        (
            "甲市推进老年助餐服务\n\n    本报讯  5月19日，甲市建成助餐点。老人都来了。\n    （市局养老处供稿）\n\n"
            "乙市启动孤儿助学行动\n\n    本报讯  6月1日，乙市资助学生。\n    （乙市民政）",
            ["甲市推进老年助餐服务", "乙市启动孤儿助学行动"],
        ),
        # a numbered digest
        (
            "民政信息摘编\n1.甲市推进老年助餐服务\n近日，甲市建成助餐点。\n2.乙市开展孤儿助学行动\n近日，乙市资助学生。\n"
            "3.丙市规范殡葬服务\n日前，丙市开展检查。",
            ["甲市推进老年助餐服务", "乙市开展孤儿助学行动", "丙市规范殡葬服务"],
        ),
        # the numbered headings of one speech
        (
            "在全市民政工作会议上的讲话\n同志们：\n一、肯定成绩\n去年工作有成效。\n二、正视问题\n"
            "还有差距。\n三、抓好落实\n要实干。",
            ["在全市民政工作会议上的讲话"],
        ),
        # a headline of two lines, broken by the page
        (
            "关于进一步做好孤儿助学工作\n有关事项的通知\n各县（市、区）民政局：\n现通知如下。",
            ["关于进一步做好孤儿助学工作有关事项的通知"],
        ),
        # a teaser above the headline repeats its beginning
        (
            "在全市民政工作会议上的讲话同志们：今天召开会议，任务是总结工作，...\n在全市民政工作会议上的讲话\n"
            "同志们：\n"
            "今天召开会议，任务是总结工作，部署任务。",
            ["在全市民政工作会议上的讲话"],
        ),
        # a sharing site shows the headline twice
        (
            "购物车\n我的足迹\n\n在全市民政工作会议上的讲话\n\n加入Vip免费下载 立即下载\n"
            "在全市民政工作会议上的讲话\n同志们：\n要实干。",
            ["在全市民政工作会议上的讲话"],
        ),
        ("今天的天气很好。\n大家出门散步。", []),
    ],
)
def test_the_headlines_of_a_file(text: str, expected: list[str]) -> None:
    assert [title[0] for title in titles(text) if title] == expected


def test_a_teaser_and_a_repeated_headline_are_left_out_by_name() -> None:
    teaser = "在全市民政工作会议上的讲话同志们：今天召开会议，任务是总结工作，..."
    (article,) = articles(f"{teaser}\n在全市民政工作会议上的讲话\n同志们：\n今天召开会议，任务是总结工作，部署任务。")
    assert body(article) == ["同志们：", "今天召开会议，任务是总结工作，部署任务。"]
    assert article.furniture == (("摘要", teaser),)


_SAID = "今天召开会议，总结全年工作，部署明年任务，要求各地把饭菜做热、把账目张贴，件件有着落，事事有回音。"
_AGAIN = [_SAID, f"　　“{_SAID}", f"{_SAID}会后看了食堂。", f"{_SAID[:-1]}……"]
_LINES = st.sampled_from([*_AGAIN, "散步。", "来源：某县民政局"])


@given(st.lists(_LINES, min_size=1, max_size=6))
def test_a_paragraph_is_spelt_where_another_may_begin_as_it_does(texts: list[str]) -> None:
    lines = [Line(text) for text in texts]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("indexer.articles.articles._may_begin_again", lambda *_: True)
        each_spelt = _without_teaser(lines, [])
    assert _without_teaser(lines, []) == each_spelt


def test_lines_about_the_page_are_taken_as_facts() -> None:
    (article,) = articles(
        "甲市推进老年助餐服务\n来源：甲市民政局　发布时间：2024-03-05\n　　甲市建成助餐点。\n　　群众满意。"
    )
    assert article.facts == ("来源：甲市民政局　发布时间：2024-03-05",)
    assert body(article) == ["甲市建成助餐点。", "群众满意。"]


def test_page_numbers_and_running_heads_inside_a_sentence_go() -> None:
    text = (
        "要把养老服务作为民生实事来办好，支部结对帮\n— 3 —\n民政简报 内部交流\n"
        "扶要常态化，干部下沉要制度化，形成工作合力\n。"
    )
    (article,) = articles(text)
    assert article.furniture == (("页码", "— 3 —"), ("书眉", "民政简报 内部交流"))


def test_what_a_site_puts_under_the_text_goes() -> None:
    (article,) = articles(
        "甲市推进老年助餐服务\n\n　　甲市建成助餐点。\n\n猜你喜欢\n养老院管理制度\n慈善工作总结汇编（12篇）"
    )
    assert body(article) == ["甲市建成助餐点。"]


BROADCAST = """# 某台新闻 (20230521)

## 摘要

1.甲市推进老年助餐服务；

## 详情

### 甲市推进老年助餐服务

<p><strong>某某网消息</strong>（联播）：甲市建成助餐点。</p><p>老人满意。</p>

[查看原文](https://a.cn/2023/05/21/x.shtml)

### 乙市开展孤儿助学行动

<p><strong>某某网消息</strong>（联播）：乙市资助学生。</p>

### 没有正文的一条

---
（更新时间戳： 1711975817936）
"""


def test_every_section_of_a_broadcast_is_an_article_and_the_summary_is_none() -> None:
    found = split(md.parse(BROADCAST))
    assert [(a.title.value if a.title else None, body(a), a.hints.date) for a in found] == [
        ("甲市推进老年助餐服务", ["某某网消息（联播）：甲市建成助餐点。", "老人满意。"], "20230521"),
        ("乙市开展孤儿助学行动", ["某某网消息（联播）：乙市资助学生。"], "20230521"),
    ]


def test_the_sections_of_one_text_stay_together() -> None:
    text = (
        "# 甲省殡葬管理条例\n\n## 第一章 总则\n\n第一条 为了规范管理。\n\n## 第二章 附则\n\n第二条 自公布之日起施行。"
    )
    assert [a.title.value if a.title else None for a in split(md.parse(text))] == ["甲省殡葬管理条例"]


def test_the_page_knows_its_title_better_than_the_text() -> None:
    extract = Extract(
        (Block("关于做好"), Block("助学工作的通知"), Block("各地：")),
        wrapped=False,
        hints=Hints(title="关于做好助学工作的通知"),
    )
    (article,) = split(extract)
    assert (article.title and article.title.value, body(article)) == ("关于做好助学工作的通知", ["各地："])


def test_inserted_pinyin_is_left_out_by_name() -> None:
    (article,) = articles("甲市推进养老\n\n　　民mín政zhèng部门要抓好养老（yǎng lǎo）服务，使用Word编写。")
    assert body(article) == ["民政部门要抓好养老服务，使用Word编写。"]
    assert article.furniture == (("注音", "mín"), ("注音", "zhèng"), ("注音", "（yǎng lǎo）"))


def test_page_facts_behind_what_a_script_left_are_no_second_line_of_the_headline() -> None:
    page = (
        "某某省民政厅调研组到山区县调研养老服务工作\n\n08.06.2016  01:48\n"
        "'); } 来源：厅办公室    日期: 2016-06-07    点击数:\n\n"
        "6月7日下午，省民政厅调研组到山区县调研养老服务工作。座谈会上，大家谈了看法，提出了建议。\n"
    )
    (article,) = split(Extract(tuple(map(Block, page.split("\n"))), wrapped=True))
    assert article.title and article.title.value == "某某省民政厅调研组到山区县调研养老服务工作"
