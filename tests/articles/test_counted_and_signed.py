"""Collections that count their articles (篇一 … 篇二), bulletins whose news is signed in brackets, and what heads
nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer.articles import contents
from indexer.articles.articles import Article, split
from indexer.articles.collected import counted
from indexer.articles.lines import Line
from indexer.articles.marks import complete, ends_sentence, remark
from indexer.articles.official import is_printed
from indexer.articles.passages import passages
from indexer.readers import read

FIRST = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
SECOND = "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。"
THIRD = "灶台边的价目牌换成了大字，老人自己就能看明白。"


def articles(*lines: str, name: str = "a.txt") -> list[tuple[str, list[str]]]:
    """(headline, its lines) of each article of a file."""
    found: tuple[Article, ...] = split(read(Path(name), "\n".join(lines).encode()))
    return [(one.title.value if one.title else "", [line.bare for line in one.lines]) for one in found]


# --- articles that are counted ---------------------------------------------------------------------------------


def page(*headlines: str) -> str:
    """A page of model speeches: one greets, says FIRST and closes with a wish; the others likewise."""
    bodies = zip(headlines, (FIRST, SECOND, THIRD), ("祝大家安康！", "最后，祝活动圆满！", "谢谢大家！"), strict=False)
    told = "".join(
        f"<p><b>{headline}</b></p><p>各位来宾：</p><p>{body}</p><p>{wish}</p>" for headline, body, wish in bodies
    )
    return (
        "<meta charset=utf-8><title>重阳节致辞（精选3篇）</title><h1>重阳节致辞（精选3篇）</h1>"
        f"<p>时间：2022-10-03 阅读：312次</p>{told}<p>【重阳节致辞】相关文章：</p><p>中秋节致辞09-08</p>"
    )


@pytest.mark.parametrize(
    ("headlines", "titles"),
    [
        (
            ("重阳节致辞 篇1", "重阳节致辞 篇2", "重阳节致辞 篇3"),
            ("重阳节致辞 篇1", "重阳节致辞 篇2", "重阳节致辞 篇3"),
        ),
        (("篇一：在敬老节上的致辞", "篇二：在联欢会上的致辞"), ("在敬老节上的致辞", "在联欢会上的致辞")),
        (("【第1篇】老有所养的致辞", "【第2篇】老有所乐的致辞"), ("老有所养的致辞", "老有所乐的致辞")),
    ],
)
def test_articles_that_are_counted_keep_their_first_and_their_last_words(
    headlines: tuple[str, ...], titles: tuple[str, ...]
) -> None:
    bodies = [
        ["各位来宾：", FIRST, "祝大家安康！"],
        ["各位来宾：", SECOND, "最后，祝活动圆满！"],
        ["各位来宾：", THIRD, "谢谢大家！"],
    ]
    assert articles(page(*headlines), name="a.html") == [*zip(titles, bodies, strict=False)]


def test_a_table_of_contents_that_counts_them_is_none_of_them() -> None:
    heads = ["第一篇：在敬老节上的致辞", "第二篇：在联欢会上的致辞"]
    found = articles(
        "重阳节致辞选", *heads, heads[0], "各位来宾：", FIRST, SECOND, heads[1], "各位来宾：", SECOND, THIRD
    )
    assert found == [
        ("在敬老节上的致辞", ["各位来宾：", FIRST, SECOND]),
        ("在联欢会上的致辞", ["各位来宾：", SECOND, THIRD]),
    ]


@pytest.mark.parametrize(
    "line", ["一篇文章管三年", "全文1200字", "第二篇章由此翻开", "他写了第一篇关于助餐的报道，登在县报上"]
)
def test_other_lines_count_nothing(line: str) -> None:
    assert counted(line) is None


def test_one_that_is_counted_alone_is_no_collection() -> None:
    assert [headline for headline, _ in articles("在敬老节上的致辞 篇1", "各位来宾：", FIRST, SECOND)] == [
        "在敬老节上的致辞 篇1"
    ]


def test_the_wish_that_closes_a_speech_is_not_the_headline_of_the_next() -> None:
    lines = [
        "在敬老节上的致辞",
        "各位来宾：",
        FIRST,
        "祝大家健康长寿！谢谢！",
        "在联欢会上的致辞",
        "各位朋友：",
        SECOND,
        THIRD,
    ]
    assert articles("\n\n".join(lines)) == [
        ("在敬老节上的致辞", ["各位来宾：", FIRST, "祝大家健康长寿！谢谢！"]),
        ("在联欢会上的致辞", ["各位朋友：", SECOND, THIRD]),
    ]


def test_looking_for_a_count_grows_with_the_line() -> None:
    def work(n: int) -> object:
        return [counted("篇一" * n), counted("文" * n), counted("第一篇" + "：" * n)]

    twice, four = growth(work, 10)
    assert twice < 2.5 and four < 5.5


# --- news that is signed in brackets ---------------------------------------------------------------------------

ISSUE = [
    "工作简报",
    "第12期（总第348期）",
    "云溪市民政局办公室 编　　2021年7月9日",
    "本期要目",
    "★松台区推进“家门口”助餐",
    "★石桥县开展账目公开“回头看”",
    "松台区推进“家门口”助餐",
    f"{FIRST}（松台区民政局）",
    "石桥县开展账目公开“回头看”",
    f"{SECOND}{THIRD}（石桥县民政局 白露）",
    "报：市委、市政府",
    "发：各县（市、区）民政局",
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_news_of_a_bulletin_that_is_signed_in_brackets_is_told_apart(between: str) -> None:
    (first, lines), *others = articles(between.join(ISSUE))
    assert (first, lines[-1:]) == ("松台区推进“家门口”助餐", [f"{FIRST}（松台区民政局）"])
    assert others == [("石桥县开展账目公开“回头看”", [f"{SECOND}{THIRD}（石桥县民政局 白露）"])]


@pytest.mark.parametrize("below", ["把账目贴出来", "账目公开怎么做才能让老人都看得明白"])
@pytest.mark.parametrize("said", ["（掌声）", "（不含石桥县）", "（见附件）"])
def test_what_else_stands_in_brackets_ends_no_article(said: str, below: str) -> None:
    assert articles(
        "在全市助餐工作会议上的讲话", "", "同志们：", "", f"{FIRST}{said}", "", below, "", SECOND, "", THIRD
    ) == [("在全市助餐工作会议上的讲话", ["同志们：", f"{FIRST}{said}", below, SECOND, THIRD])]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("都写得清清楚楚。（石桥县民政局）", "（石桥县民政局）"),
        ("“都写得清清楚楚。”（白露）", "（白露）"),
        ("都写得清清楚楚（石桥县民政局）", ""),
        ("都写得清清楚楚。", ""),
        ("附件：名单（石桥县民政局）", ""),
    ],
)
def test_a_remark_behind_the_last_sentence_leaves_it_complete(line: str, words: str) -> None:
    assert remark(line) == words
    assert not words or (complete(line) and ends_sentence(line))


def test_a_table_of_contents_of_an_issue_is_known_by_its_title_whatever_stands_before_its_entries() -> None:
    assert contents.places(ISSUE) == frozenset((3, 4, 5))


@pytest.mark.parametrize("line", ["报：市委、市政府", "送：市直有关单位。", "发：各县（市、区）民政局"])
def test_to_whom_an_issue_goes_is_no_text_of_it(line: str) -> None:
    assert is_printed(line)


@pytest.mark.parametrize(
    "line",
    ["报：市委要求抓好落实。各地要照办。", "发展养老：从助餐做起", "送餐：每天两次；落雪改一次", "送：每天两次饭菜"],
)
def test_a_sentence_is_no_address(line: str) -> None:
    assert not is_printed(line)


# --- what heads nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "□本报记者　巴依斯古楞　通讯员　斯琴高娃",
        "云民发〔2021〕35号",
        "[访谈图片]",
    ],
)
def test_a_line_that_heads_nothing_is_no_step_of_the_outline(line: str) -> None:
    found = passages([Line(line), Line(FIRST), Line("怎样把账算清楚"), Line(SECOND)])
    assert [(one.text, one.outline, one.heading) for one in found] == [
        (line, (), False),
        (FIRST, (), False),
        ("怎样把账算清楚", (), True),
        (SECOND, ("怎样把账算清楚",), False),
    ]


def test_a_body_above_its_day_signs_and_above_a_text_heads_it() -> None:
    found = passages([Line("云溪市民政局"), Line("2021年7月30日"), Line(FIRST), Line("石桥县民政局"), Line(SECOND)])
    assert [(one.text, one.outline) for one in found if one.heading or one.outline] == [
        ("石桥县民政局", ()),
        (SECOND, ("石桥县民政局",)),
    ]
