"""Files that neither count nor list their articles: what stands about one headline again and again parts them; what one
paper has once, or its chapters have, does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from formats import ofd, ofd_text, word
from steps import growth

from indexer.articles.articles import Article, split
from indexer.articles.lines import Line
from indexer.articles.repeated import starts
from indexer.extract import Block, Extract
from indexer.readers import read

TITLES = ("把饭做热 把账晒亮", "风雪路上不误一餐", "大字牌进了老人灶房")
WHO = ("临湖县民政局", "高桥县石桥镇人民政府", "东岭区养老服务指导中心")
DAYS = ("2023-05-06", "2023-05-09", "2023-06-30")
TEXTS = (
    ("助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。", "一是查灶台。每周查一次，查完当场写在牌子上。"),
    ("送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。", "二是备热水。每个餐箱配两只水袋，凉了就换。"),
    ("灶台边的价目牌换成了大字，老人自己就能看明白，不用再去问人。", "三是听意见。每月十五日请老人来坐一坐。"),
)

Set = Callable[[str, str, str, tuple[str, ...]], list[str]]  # headline, who, day and text of an article, as lines
OPENED: dict[str, Set] = {
    "a body below": lambda title, who, day, text: [title, who, *text],
    "a body below a blank line": lambda title, who, day, text: [title, "", who, "", *text],
    "a body in brackets below": lambda title, who, day, text: [title, f"（{who}）", *text],
    "a speaker and a day below": lambda title, who, day, text: [title, "副县长　鲁平野", "（2023年5月6日）", *text],
    "source and day below": lambda title, who, day, text: [title, f"{day} 来源：{who}", *text],
    "an account's line below": lambda title, who, day, text: [title, f"原创 临湖民政 临湖民政 {day} 17:30", *text],
    "the address of the page above": lambda title, who, day, text: [
        f"http://mzj.example.cn/{day}.html",
        title,
        f"时间：{day}",
        *text,
    ],
    "a body and the day below": lambda title, who, day, text: [title, f"{who}　2023年5月6日", *text],
    "a body in brackets above": lambda title, who, day, text: [f"【{who}】", title, *text],
    "a body above": lambda title, who, day, text: [who, "", title, *text],
    "a column above": lambda title, who, day, text: ["【典型经验】", title, f"（{who}）", *text],
}
CLOSED: dict[str, Set] = {
    "who sent it in": lambda title, who, day, text: [title, *text, f"供稿：{who}"],
    "source and day": lambda title, who, day, text: [title, *text, f"发布时间：{day}  来源：{who}"],
    "a body in brackets": lambda title, who, day, text: [title, *text, f"（{who}）"],
    "a body": lambda title, who, day, text: [title, *text, who],
    "where it is taken from": lambda title, who, day, text: [title, *text, f"（摘自《临湖日报》{day}）"],
}


def articles(lines: list[str], name: str = "a.txt") -> list[tuple[str, list[str]]]:
    """(headline, its sentences) of each article of a file."""
    return _told(split(read(Path(name), "\n".join(lines).encode())))


def _told(found: tuple[Article, ...]) -> list[tuple[str, list[str]]]:
    return [(one.title.value if one.title else "", [line.bare for line in one.lines if line.complete]) for one in found]


def each(shape: Set, indent: str = "　　") -> list[list[str]]:
    return [
        shape(title, who, day, tuple(indent + line for line in text))
        for title, who, day, text in zip(TITLES, WHO, DAYS, TEXTS, strict=True)
    ]


WHOLE = [(title, list(text)) for title, text in zip(TITLES, TEXTS, strict=True)]


@pytest.mark.parametrize("between", [[""], ["", "", ""]], ids=["a blank line", "three"])
@pytest.mark.parametrize("shape", [*OPENED.values(), *CLOSED.values()], ids=[*OPENED, *CLOSED])
def test_what_stands_below_each_headline_or_each_text_parts_articles(shape: Set, between: list[str]) -> None:
    assert articles([line for one in each(shape) for line in (*one, *between)]) == WHOLE


def test_whose_paper_it_is_stays_with_it_where_that_stands_above_the_headline() -> None:
    lines = [line for one in each(OPENED["a body above"]) for line in (*one, "")]
    found = split(read(Path("a.txt"), "\n".join(lines).encode()))
    assert [one.lines[0].bare for one in found] == list(WHO)


@pytest.mark.parametrize("shape", [OPENED["a body below"], CLOSED["a body in brackets"]], ids=["below", "behind"])
@pytest.mark.parametrize("width", [16, 24])
def test_texts_in_columns_are_parted_as_well(shape: Set, width: int) -> None:
    lines = [
        line[at : at + width] for one in each(shape) for line in (*one, "") for at in range(0, max(1, len(line)), width)
    ]
    found = split(read(Path("a.txt"), "\n".join(lines).encode()))
    assert [one.title and one.title.value for one in found] == list(TITLES)
    told = ["".join(line.bare for line in one.lines) for one in found]
    assert all("".join(text) in body for (_, text), body in zip(WHOLE, told, strict=True))


@pytest.mark.parametrize("bullet", ["■ ", "▌", "◆", "★"])
def test_a_bullet_before_each_headline_is_none_of_it(bullet: str) -> None:
    lines = [line for one in each(OPENED["a body in brackets below"]) for line in (f"{bullet}{one[0]}", *one[1:], "")]
    assert articles(lines) == WHOLE


def test_a_source_behind_the_last_sentence_of_each_closes_it() -> None:
    lines = [
        line
        for title, text in WHOLE
        for line in (title, *(f"　　{one}" for one in text[:-1]), f"　　{text[-1]}（来源：临湖日报）", "")
    ]
    assert articles(lines) == [(title, [*text[:-1], f"{text[-1]}（来源：临湖日报）"]) for title, text in WHOLE]
    assert len(articles([*lines[:-2], f"　　{WHOLE[2][1][-1]}"])) == 1  # the last has none, so it parts nothing


def test_in_a_bulletin_less_shows_that_an_article_begins() -> None:
    news = [
        line
        for title, text in zip(
            ("石桥县价目牌换成了大字", "松台县送餐路线改走大路", "高坡镇的灶台每周查一次"), TEXTS, strict=True
        )
        for line in ("", title, f"　　{text[0]}")
    ]
    assert len(articles(["民政简报", "第8期", "临湖市民政局办公室　　2023年7月3日", *news])) == 3
    assert len(articles(["助餐工作总结", *news])) == 1


@pytest.mark.parametrize("rule", ["==========", "----------", "* * * * *", "＊＊＊＊＊＊"])
def test_rules_part_articles_and_are_no_text(rule: str) -> None:
    lines = [line for one in each(lambda title, who, day, text: [title, *text]) for line in (*one, rule)]
    found = split(read(Path("a.txt"), "\n".join(lines).encode()))
    assert _told(found) == WHOLE
    assert [one for article in found for one in article.furniture] == [("分隔线", rule)] * 3


def test_headings_of_the_level_of_the_first_are_headlines() -> None:
    lines = [line for title, text in WHOLE for line in (f"# {title}", "", *text, "")]
    assert articles(lines, "a.md") == WHOLE


def test_numbered_headlines_are_articles_where_each_is_signed() -> None:
    numbered = [
        line
        for number, one in zip("一二三", each(OPENED["a body in brackets below"]), strict=True)
        for line in (f"{number}、{one[0]}", *one[1:], "")
    ]
    assert articles(["全县助餐创新做法", "", *numbered]) == WHOLE


def test_the_third_without_a_body_below_is_no_article_of_its_own() -> None:
    first, second, third = each(OPENED["a body below"])
    del third[1]
    assert [title for title, _ in articles([*first, *second, *third])] == [*TITLES[:2]]


# --- letters larger than the text's -----------------------------------------------------------------------------


def as_large(*sizes: float) -> list[Line]:
    """Articles whose headlines have these sizes."""
    return [
        line
        for title, text, size in zip(TITLES, TEXTS, sizes, strict=False)
        for line in (Line(title, size=size), *map(Line, text))
    ]


def test_headlines_as_large_as_the_first_begin_articles() -> None:
    assert starts(as_large(1.4, 1.4, 1.4)) == {0: 0, 3: 0, 6: 0}
    assert starts(as_large(1.4, 1.4, 1.0)) == {0: 0, 3: 0}
    assert starts(as_large(1.4, 1.2, 1.2)) == {}  # headings of one paper, smaller than its headline
    assert starts(as_large(1.0, 1.0, 1.0)) == {}


def test_a_headline_of_several_lines_is_wholly_the_next_articles() -> None:
    lines = as_large(1.4, 1.4)
    lines[3:4] = [Line("风雪路上不误一餐的", size=1.4), Line("那些日子", size=1.4)]
    assert starts(lines) == {0: 0, 3: 0}
    assert starts([Line("临湖县召开助餐", size=1.4), Line("推进会议", size=1.4), *lines[1:]]) == {0: 0, 4: 0}


@pytest.mark.parametrize("chapter", ["第一部分　把饭做热的做法", "一、把饭做热的做法", "主要做法"])
def test_chapters_in_letters_as_large_as_the_headline_are_no_articles(chapter: str) -> None:
    lines = as_large(1.4, 1.4)
    lines[3:4] = [Line(chapter, size=1.4)]
    assert starts(lines) == {}
    assert len(articles([f"# {TITLES[0]}", "", TEXTS[0][0], "", f"# {chapter}", "", TEXTS[1][0]], "a.md")) == 1


def test_a_headline_of_an_annex_begins_no_article() -> None:
    first, second = as_large(1.4, 1.4)[:3], as_large(1.4, 1.4)[3:]
    assert starts([*first, Line("附件1"), *second]) == {}
    assert starts([*first, Line(f"现将《{TITLES[1]}》印发给你们。"), *second]) == {}
    assert starts([*first, Line(f"附件：1.{TITLES[1]}"), Line("请照办。"), *second]) == {}


def test_a_page_with_larger_headlines_is_two_articles_and_no_headline_runs_into_a_text() -> None:
    words, others = ("".join(text) for text in TEXTS[:2])
    place, drawn = 30.0, ""
    for title, body in zip(TITLES, (words, others), strict=False):
        drawn += ofd_text(60, place, title, 9)
        place += 12
        for at in range(0, len(body), 22):
            drawn += ofd_text(28, place, body[at : at + 22])
            place += 8
    found = split(read(Path("a.ofd"), ofd(drawn)))
    assert [one.title and one.title.value for one in found] == list(TITLES[:2])


def test_word_says_how_large_letters_are(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for title, text in zip(TITLES, TEXTS, strict=True):
        document.add_paragraph().add_run(title).font.size = docx.shared.Pt(22)
        for line in text:
            document.add_paragraph().add_run(line).font.size = docx.shared.Pt(16)
    document.save(tmp_path / "a.docx")
    extract = read(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes())
    assert [block.size for block in extract.blocks] == [1.38, 1.0, 1.0] * 3  # 22 over 16
    assert _told(split(extract)) == WHOLE


def test_where_word_says_nothing_of_sizes_all_are_alike() -> None:
    assert {block.size for block in read(Path("a.docx"), word([*TITLES, *TEXTS[0]])).blocks} == {1.0}


# --- one paper stays one ----------------------------------------------------------------------------------------

ONE: dict[str, list[str]] = {
    "dashes below its headings": [
        "助餐工作总结", TEXTS[0][0], "主要做法", "——灶台每周查一次", TEXTS[1][0],
        "下步打算", "——账目按月张贴", TEXTS[2][0],
    ],
    "when and where in a notice": [
        "关于开办两场助餐培训的通知", TEXTS[0][0], "第一场", "时间：5月6日", TEXTS[1][0],
        "第二场", "时间：5月9日", TEXTS[2][0],
    ],
    "a signature above what it sends out": [
        "关于印发《临湖县助餐点管理办法》的通知", "各乡镇：", TEXTS[0][0], "临湖县民政局", "2023年5月6日",
        "临湖县助餐点管理办法", "第一条　" + TEXTS[1][0], "第二条　" + TEXTS[2][0], "临湖县民政局", "2023年5月6日",
    ],
    "who speaks, in brackets": [
        "临湖县助餐发布会实录", "【姜小满】", "欢迎来到发布会。", "【鲁平野】", TEXTS[0][0], "【姜小满】", TEXTS[1][0],
    ],
    "one rule above a note": ["把饭做热的一年", *TEXTS[0], "——————————", "注", "账目以公示为准。"],
    "sources of its figures": [
        "助餐点统计说明", TEXTS[0][0], "来源：临湖县民政局", TEXTS[1][0], "来源：石桥镇", TEXTS[2][0],
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", ONE.values(), ids=list(ONE))
def test_a_paper_is_one_whatever_stands_in_it_twice(lines: list[str]) -> None:
    assert len(articles(lines)) == 1


def test_chapters_of_markdown_stand_below_its_headline() -> None:
    lines = [
        "# 助餐工作总结报告",
        "",
        TEXTS[0][0],
        "",
        "## 把饭做热是头一件事",
        "",
        TEXTS[1][0],
        "",
        "## 账目按月贴在墙上",
        "",
        TEXTS[2][0],
    ]
    assert len(articles(lines, "a.md")) == 1


@pytest.mark.parametrize(
    "unit",
    [
        "（临湖县民政局）",
        "把饭做热\n（临湖县民政局）",
        "把饭做热\n（临湖县民政局）\n灶台每周查一次，查完写上。",
        "灶台每周查一次，查完写上。\n供稿：临湖县民政局\n把饭做热把账晒亮",
        "=====\n把饭做热把账晒亮\n灶台每周查一次，查完写上。",
        "http://mzj.example.cn/a.html",
    ],
)
def test_the_work_grows_with_the_lines(unit: str) -> None:
    def work(size: int) -> object:
        blocks = tuple(Block(line) for _ in range(size) for line in unit.split("\n"))
        return split(Extract(blocks, wrapped=True))

    assert max(growth(work, 60)) < 4.6


@pytest.mark.parametrize("same", [False, True])
def test_the_work_grows_with_the_headlines_of_one_size(same: bool) -> None:
    def work(size: int) -> object:
        lines = [
            line for n in range(size) for line in (Line(f"把饭做热{0 if same else n}号点", size=1.4), Line(TEXTS[0][0]))
        ]
        return starts(lines)

    assert max(growth(work, 60)) < 4.6
