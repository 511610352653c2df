"""Rows of facts about a page that have no labels: 云溪日报 2024-03-05 09:10 阅读 12, known by their parts."""

from __future__ import annotations

import re
from functools import cache

from indexer.articles.label_names import CN, LABEL, LONGEST, NAMES, OTHER_DAYS, PUBLISHED, YMD
from indexer.articles.names import is_called
from indexer.articles.page_words import is_of_page
from indexer.articles.remembered import remembered
from search.text import province_aliases
from search.text.patterns import lazy

# The parts of a row of facts: 市民政局　www.….gov.cn　2024年03月05日　星期二　文章出处：本站　阅读（12）
_PARTS = re.compile(r"[\s\u3000|｜【】\[\]]+")
# 2024 年 03 月 05 日, 2024- 03- 05
_SPACED_DAY = lazy(r"(?<=\d) (?=[年月日])|(?<=[年月]) (?=\d)|(?<=\d-) (?=\d)")
_DAY_PART = re.compile(
    rf"(?:(?P<label>[\u4e00-\u9fff]{{2,6}})[：:]|(?P<put>发[布表]于|更新于))?"
    rf"(?P<day>{YMD}|{CN})(?:[T ]?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
)
_SOME_DAY = re.compile(r"20\d\d ?(?:[-/.]|年 ?\d{1,2} ?月)")
# A3版, 第02版, B1·县域: of a paper
_PAGE = r"第?[A-Z]?\d{1,2}(?:版(?:[·：:][\u4e00-\u9fff]{2,6})?|[·：:][\u4e00-\u9fff]{2,6})"
# What only a page has beside a day: a time of day, a counter, an address, a label of the table.
_OF_PAGES = lazy(
    r"\d{1,2}[：:]\d{2}(?:[：:]\d{2})?|"
    rf"{_PAGE}|"
    r"[文图][/／][摄图文]|"  # 记者 白露 文/摄
    r"(?:星期[一二三四五六日])?(?:[上下]一[期版篇]\d?){1,2}"
    r"|(?:阅读|浏览|点击|访问|评论)(?:次数|量|数)?[（(：:]?\d{1,9}[）)]?次?"
    rf"|{'|'.join(name for name in PUBLISHED.split() if len(name) > 2)}"
    rf"|(?:https?://)?[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{1,4}}/?|{LABEL}\S{{0,40}}",
    re.A,
)
_MEDIUM = r"[\u4e00-\u9fff]{2,14}(?:[报网台刊]|通讯社|客户端|在线)"
_PAPER = lazy(rf"{_MEDIUM}(?:[-—–·]{{1,2}}[《“]?{_MEDIUM}[》”]?)?")
_ACCOUNT = lazy(r"[\u4e00-\u9fff]{2,8}(?:发布|民政)")  # 云溪民政 2024-03-05: who put a message up
_BESIDE_THEM = lazy(
    r"发[表布]于|更新于|(?:本报|全媒体|首席|实习)?(?:记者|通讯员)|[A-Za-z][\w-]{2,20}|[\u4e00-\u9fff]{2,6}[：:][^，。；：:]{0,20}|[大中小TA]|[\d.]{1,9}万?\+?次?|(?:星期|周)[一二三四五六日天]|打印|收藏|关闭|分享|字号|字体"
    r"|(?:[A-Z]{2,6})?《[^《》]{2,16}》|[\u4e00-\u9fff]{0,14}(?:[厅局委部府室院处科会站所网报社台刊队]|中心|街道|民政|发布|新闻)"
)

# 2024年3月5日　放大 + 缩小 - 默认 o
_STRAY = lazy("[-+＋—·o]")

# 2024-05-16 09:10 云溪县融媒体中心 阅读 12: whose row it is
PUT_UP_BY = lazy(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,12}(?:中心|民政[局厅]?|人民政府|日报|晚报|新闻网?)(?![\u4e00-\u9fff])"
)


@cache
def _provinces() -> frozenset[str]:
    return frozenset(province_aliases().values())


@remembered
def day_of_row(read: str) -> str | None:
    """The day of a row of facts about the page, "" where a label of the table says what day; None for other lines.

    Every part of a row is of that kind, one is a day, and one only pages have."""
    if len(read) > LONGEST or not _SOME_DAY.search(read):
        return None
    parts = [part for part in _PARTS.split(_SPACED_DAY.sub("", read) if "年" in read or "- " in read else read) if part]
    days = [day for part in parts if (day := _DAY_PART.fullmatch(part))]
    others = [part for part in parts if not (_DAY_PART.fullmatch(part) or _STRAY.fullmatch(part))]
    of_pages = [bool(_OF_PAGES.fullmatch(part)) for part in others]
    # 云溪县民政局 2024-03-05 0: how often it was seen
    counted = (
        len(others) == 2 and others[1].isdecimal() and _BESIDE_THEM.fullmatch(others[0]) and read.endswith(others[1])
    )
    # 云溪日报 2024-03-05: a paper beside a day in figures; a body beside one signs
    paper = (
        len(others) == 1
        and (_PAPER.fullmatch(others[0]) or _ACCOUNT.fullmatch(others[0]))
        and re.fullmatch(YMD, days[0].group("day"))
        if days
        else None
    )
    if len(days) == 1 and parts[0] in ("原创", "Original"):
        return str(days[0].group("day"))  # 原创 白露 云溪民政 2024年3月5日 18:56 北京
    buttons = len(others) > 1 and is_of_page(" ".join(others))
    if len(days) != 1 or not (
        days[0].group("put")
        or any(of_pages)
        or buttons
        or paper
        or counted
        or (others and days[0].group("label") in NAMES)
    ):
        return None
    # 2024-03-05 09:10　云溪新闻客户端　某某: who wrote it
    paper_beside = any(_PAPER.fullmatch(part) for part in others)
    told_by = any(part.endswith(("记者", "通讯员")) for part in others)
    unknown = [
        part
        for part, page in zip(others, of_pages, strict=True)
        if not page
        and not _BESIDE_THEM.fullmatch(part)
        and not ((paper_beside or told_by) and (_PAPER.fullmatch(part) or (len(part) <= 4 and is_called(part))))
        and not is_of_page(part)
        and part not in _provinces()  # of the address from which it was put up
    ]
    # 助餐动态　2024-03-05　09:10　字号：大 中 小: the column's name before two parts that only pages have
    named = len(unknown) == 1 and re.fullmatch("[\u4e00-\u9fff]{2,6}", unknown[0])
    paged = any(re.fullmatch(_PAGE, part) for part in others)  # 2024.03.05 周二 A3版 要闻
    column = named and (paged or (unknown == parts[:1] and sum(of_pages) > 1))
    if (
        unknown
        and not column
        and not is_of_page(" ".join(part for part, page in zip(others, of_pages, strict=True) if not page))
    ):
        return None
    label = days[0].group("label") or ""
    own = label not in NAMES and not re.match(OTHER_DAYS, label)
    return str(days[0].group("day")) if own else ""
