"""Collections whose table of contents names their papers; bulletins, whose articles share what stands at their head."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer.articles.articles import split
from indexer.articles.choosing import ends_as_site
from indexer.articles.cleaning import tidied
from indexer.articles.contents import Table, table
from indexer.articles.furniture import furniture
from indexer.articles.lines import Line
from indexer.readers import read
from indexer.understand import understand

TITLES = ("把饭做热 把账晒亮", "风雪路上不误一餐")
WHO = ("临湖县民政局", "石桥镇人民政府")
TEXTS = (
    "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。",
    "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。",
)
PAPERS = [[title, who, f"    {text}"] for title, who, text in zip(TITLES, WHO, TEXTS, strict=True)]
UNSIGNED = [[title, f"    {text}"] for title, text in zip(TITLES, TEXTS, strict=True)]


def told(*lines: str, name: str = "a.txt") -> list[tuple[str, list[str]]]:
    """(headline, its lines) of each article."""
    found = split(read(Path(name), "\n".join(lines).encode()))
    return [(one.title.value if one.title else "", [line.bare for line in one.lines]) for one in found]


def below(*papers: list[str]) -> list[str]:
    return [line for paper in papers for line in ("", *paper)]


@pytest.mark.parametrize(
    "entries",
    [
        [f"{n}. {title}………………{who}（{n}）" for n, (title, who) in enumerate(zip(TITLES, WHO, strict=True), 1)],
        [f"{title}.........{who} {n}" for n, (title, who) in enumerate(zip(TITLES, WHO, strict=True), 1)],
    ],
)
@pytest.mark.parametrize("papers", [PAPERS, UNSIGNED], ids=["signed", "unsigned"])
def test_who_wrote_what_a_table_names_shows_that_it_names_papers(entries: list[str], papers: list[list[str]]) -> None:
    cover = ["全县助餐工作推进会", "材  料  汇  编", "", "目    录", *entries]
    assert told(*cover, *below(*papers)) == [(title, [line.strip() for line in rest]) for title, *rest in papers]


@pytest.mark.parametrize("entries", [list(TITLES), [f"{title}\t{n}" for n, title in enumerate(TITLES, 1)]])
def test_what_stands_below_what_it_names_shows_it_as_well(entries: list[str]) -> None:
    assert [title for title, _ in told("材料汇编", "", "目录", *entries, *below(*PAPERS))] == list(TITLES)
    assert len(told("材料汇编", "", "目录", *entries, *below(*UNSIGNED))) == 1


def test_columns_of_a_collection_are_none_of_its_papers() -> None:
    entries = ["一、经验材料", TITLES[0], "二、典型材料", TITLES[1]]
    lines = ["目录", *entries, "", "一、经验材料", *PAPERS[0], "", "二、典型材料", *PAPERS[1]]
    found = split(read(Path("a.txt"), "\n".join(lines).encode()))
    assert [one.title and one.title.value for one in found] == list(TITLES)
    assert [text for one in found for name, text in one.furniture if name == "栏目"] == entries[::2]


def test_chapters_of_a_report_are_no_papers() -> None:
    chapters = ["一、把饭做热", "二、把账晒亮"]
    lines = ["助餐工作报告", "", "目录", *(f"{one}………{n}" for n, one in enumerate(chapters, 1))]
    assert len(told(*lines, *below(*([one, text] for one, text in zip(chapters, TEXTS, strict=True))))) == 1


def test_a_table_tells_what_it_names_and_whether_that_is_articles() -> None:
    assert table(["目录", "1. 把饭做热……甲县民政局（1）", "2. 把账晒亮……乙县民政局（4）"]) == Table(
        ("把饭做热", "把账晒亮"), True
    )
    assert table(["目录", "一、把饭做热……1", "二、把账晒亮……4"]) == Table(("把饭做热", "把账晒亮"), False)
    assert table(["本期要目", "★把饭做热", "★把账晒亮"]) == Table(("把饭做热", "把账晒亮"), True)
    assert table([]) == Table((), False)


@pytest.mark.parametrize("entry", ["把饭做热……甲县民政局", "……", "把饭做热…甲（1", "甲乙" * 39 + "…"])
def test_the_work_grows_with_the_entries(entry: str) -> None:
    assert max(growth(lambda size: table(["目录", *(f"{entry}{n}）" for n in range(size))]), 100)) < 4.6


# --- what a bulletin says at its head ----------------------------------------------------------------------------


def documents(tmp_path: Path, *lines: str) -> list[tuple[str, str, str]]:
    """(title, day, source) of each document of a file."""
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    found = understand(tmp_path / "a.txt", "a.txt")
    read_ = [one.metadata for one in found]
    return [
        (one.title.value, str(one.date.value) if one.date else "", one.source.value if one.source else "")
        for one in read_
    ]


NEWS = [
    ["松台县推进助餐到村", "7月3日，松台县召开助餐推进会。会议要求，账目按月张贴。（松台县民政局）"],
    ["石桥县把价目牌换成大字", "7月5日，石桥县召开价目牌更换现场会。会议要求，月底前换完。（石桥县民政局）"],
]


def test_articles_of_a_bulletin_have_the_year_of_its_issue(tmp_path: Path) -> None:
    head = ["民政信息", "第12期", "临湖市民政局办公室　　2023年7月9日", ""]
    found = documents(tmp_path, *head, *below(*NEWS))
    assert [(title, day) for title, day, _ in found] == [
        ("松台县推进助餐到村", "2023-07-03"),
        ("石桥县把价目牌换成大字", "2023-07-05"),
    ]


def test_articles_of_a_page_of_a_paper_have_its_day(tmp_path: Path) -> None:
    news = [
        [title, f"　　本报讯（记者 鲁平野）{text}"]
        for title, text in (
            ("海葬报名十日截止", "报名将于四月十日截止。"),
            ("老人领到高龄津贴", "津贴已经发到老人手里。"),
        )
    ]
    found = documents(tmp_path, "A05 民生", "2015年4月3日 星期五", "电话：0000-1234567", *below(*news))
    assert [(title, day) for title, day, _ in found] == [
        ("海葬报名十日截止", "2015-04-03"),
        ("老人领到高龄津贴", "2015-04-03"),
    ]


# --- a headline and the name of a site, a page number, a rule ------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "织密困境儿童关爱保护网",
        "筑牢兜底保障网",
        "创新管理办法 扎牢民生保障网",
        "打造家门口的助餐服务中心",
    ],
)
def test_a_headline_that_does_something_is_no_name_of_a_site(line: str) -> None:
    assert not ends_as_site(line)


@pytest.mark.parametrize(
    "line", ["临湖民政网", "高安市政府门户网站", "云溪在线", "平安建设平台", "要闻", "打印正文", "新闻中心"]
)
def test_names_of_sites_and_columns_do_nothing(line: str) -> None:
    assert ends_as_site(line)


@pytest.mark.parametrize("line", ["2/3页", "1 / 12 页", "第2页/共3页"])
def test_pages_are_counted_by_a_stroke_as_well(line: str) -> None:
    assert furniture(line) == "页码"


@pytest.mark.parametrize("line", ["======", "———————", "* * *", "＊＊＊＊", "－ － － －"])
def test_a_rule_is_no_text(line: str) -> None:
    assert furniture(line) == "分隔线"


def test_a_sentence_that_a_page_number_parts_is_whole_again() -> None:
    lines = [
        Line("这笔钱专用于乡镇"),
        Line("敬老院的改造。", page=True),
        Line("账目公开。"),
        Line("另起一段。", page=True),
    ]
    assert [line.text for line in tidied(lines)] == ["这笔钱专用于乡镇敬老院的改造。", "账目公开。", "另起一段。"]


def test_words_on_the_models_of_a_page_are_no_article() -> None:
    lines = [
        "助餐致辞（精选2篇）",
        "",
        "以下是小编整理的助餐致辞，供大家参考。",
        "",
        "【篇1】",
        "",
        "各位老人：",
        TEXTS[0],
        "",
        "【篇2】",
        "",
        "各位老人：",
        TEXTS[1],
    ]
    assert [body[-1] for _, body in told(*lines)] == list(TEXTS)


def test_headings_of_markdown_with_the_source_of_each_are_headlines() -> None:
    lines = ["# 各地做法", ""]
    for title, who, text in zip(TITLES, WHO, TEXTS, strict=True):
        lines += [f"## {title}", "", f"来源：{who}　2024-03-05", "", text, "", "---", ""]
    found = split(read(Path("a.md"), "\n".join(lines).encode()))
    assert [(one.title and one.title.value, one.facts) for one in found] == [
        (title, (f"来源：{who}　2024-03-05",)) for title, who in zip(TITLES, WHO, strict=True)
    ]


def test_who_signs_a_notice_stays_below_it_where_another_paper_follows() -> None:
    notice = ["关于召开助餐会议的通知", "各乡镇：", TEXTS[0], "临湖县民政局", "2016年12月5日"]
    speech = ["在全县助餐会议上的讲话", "副局长　鲁平野", "同志们：", TEXTS[1]]
    for column in ([], ["【领导讲话】"]):
        assert told(*notice, "", *column, *speech) == [(notice[0], notice[1:]), (speech[0], speech[1:])]
