"""Lines of facts about a page (来源：… 发布时间：…), read token by token: labels run together, empty, or unknown.

All is matched on the folded line, so 來源 and 来源 are one label; values are taken from the line as it stands.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.articles.characters import readable
from indexer.articles.fact_rows import PUT_UP_BY, day_of_row
from indexer.articles.label_names import (
    BEGINS,
    CN,
    LABEL,
    LONGEST,
    NAMES,
    NOT_ALONE,
    OTHER_DAYS,
    PUBLISHED,
    SOURCES,
    YMD,
)
from indexer.articles.names import is_called
from indexer.articles.remembered import remembered
from search.text.patterns import lazy

_TIME = r"(?:[ \u3000T]{1,3}\d{1,2} ?[:：时] ?\d{2}(?: ?[:：] ?\d{2}|分)?)?"
_DMY = r"\d{1,2}[./-]\d{1,2}[./-]20\d\d"
# 发布于:2024-03-05: a label that no table has shows itself by its value, a figure date
_DATED = rf"[ \u3000]{{0,4}}(?:{YMD}|{CN}[ \u3000]{{1,3}}\d{{1,2}}[:：])"
_TOKEN = re.compile(
    rf"{BEGINS}(?:(?!时间|日期)|(?<!{OTHER_DAYS})){LABEL}"
    rf"|(?:^|(?<=[\s\u3000|｜】\]]))[\u4e00-\u9fff]{{2,6}}[ \u3000]{{0,2}}[：:](?={_DATED})"
)
_VALUE = re.compile(
    rf"[ \u3000\xa0]{{0,4}}(?:[|｜][ \u3000]{{0,3}}(?![\u4e00-\u9fff]{{1,6}}[：:]))?(?:(?:{YMD}|{CN}){_TIME}"
    r"|[\u4e00-\u9fff]{1,10}[〔\[【（](?:19|20)\d\d[〕\]】）]\d{1,5}号|https?[：:]//[!-~]{1,200}"
    r"|[^\s\u3000：:|｜】\]，。；]{0,40}(?: \d{1,2}:\d{2}(?::\d{2})?)?)"
)
# A list that a page shows as one: • 来源：…
BULLETS = "•·●▪■◆"
_BARE_DATE = re.compile(
    rf"[\s\u3000【\[（({BULLETS}]{{0,6}}((?:{YMD}|{_DMY}){_TIME}(?::\d\d)?"
    rf"|{CN}[ \u3000]{{0,3}}\d{{1,2}}[:：时]\d{{2}}(?:[:：]\d{{2}}|分)?"
    rf"|{CN}(?=[ \u3000]{{1,6}}{LABEL}))[ \u3000]*[】\]）)]?"
    rf"(?=[\s\u3000|｜]|$|{LABEL}|[\u4e00-\u9fff]{{0,2}}\d{{1,9}}次)"
)
_SEEN = "阅读|浏览|点击|访问"
_CLICKS = re.compile(
    rf"[\u4e00-\u9fff]{{0,2}}(?<!\d)\d{{1,9}}次(?:{_SEEN}|查看)"
    rf"|(?:{_SEEN})(?:次数|量|数)?[ \u3000]{{0,4}}[：:]?[ \u3000]{{0,4}}\d{{0,9}}次?"
)
_DATE = re.compile(rf"(?<!\d)(?:{YMD}|{CN})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_MADE_BY = frozenset(["作者", "文章作者", "记者", "通讯员", "编辑", "责编", "责任编辑", "摄影"])
_AROUND = re.compile(
    r"(?:记者|通讯员|作者|编辑)[ \u3000]{0,2}[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])"
    rf"|[{BULLETS}"
    r"\s\u3000|｜【】\[\]（）()大中小]|打印|关闭|分享|收藏|[增减][大小]字体|扫一扫|QQ(?:空间|好友)?|微信|(?:新浪|腾讯)?微博|朋友圈|我要纠错"
)
# 点击量：<script src=….js></script>次: what counts is not run in a text
_COUNTS = re.compile(r"<script\b[^<>]{0,200}>(?:</script>)?", re.I)
# [索引号] D3-1 [发文日期] 2024-03-05: labels in brackets
# [ 来 源 ]：云溪镇人民政府
_LABEL_IN_BRACKETS = re.compile(
    r"[\[【［][ \u3000]{0,2}([\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,5})[ \u3000]{0,2}[\]】］][：:]"
)
_IN_BRACKETS = re.compile(r"[\[【［][ \u3000]?([\u4e00-\u9fff]{2,6})[ \u3000]?[\]】］]")


def _with_colons(line: str) -> str:
    """A line with two labels and more in brackets, one of them of the table, as one with colons, of the same length."""
    if alone := _LABEL_IN_BRACKETS.match(line):
        return re.sub(r"[\[\]【】［］]", " ", alone.group()) + line[alone.end() :]
    labels = _IN_BRACKETS.findall(line)
    known = len(labels) > 1 and any(label in NAMES for label in map(readable, labels))
    return _IN_BRACKETS.sub(lambda label: f" {label.group()[1:-1]}：", line) if known else line


# 来源：云溪网 编辑：白露 2024-03-05 09:37: when, without a label
_WITH_CLOCK = lazy(rf"(?<!\d)(?:{YMD}|{CN})(?=[ \u3000]\d{{1,2}}:\d{{2}})")
# What is left of a page's script or markup before its facts: '); } 来源：厅办公室
_SCRIPT = re.compile(rf"^[{re.escape(string.punctuation)} ]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Facts:
    """values by label, without empty ones; open is the last label where its value is missing, else empty; start is
    where the facts begin in the line, rest what is neither label nor value nor button."""

    values: Mapping[str, str]
    labels: tuple[str, ...]
    open: str
    start: int
    rest: str


# 【发布日期：2024-03-05】 【阅读：】: a row of facts in brackets
_ROW_OF_BRACKETS = re.compile(r"(?:[【\[][^【】\[\]]{1,60}[】\]][ \u3000]{0,4}){2,10}")


def _unbracketed(line: str) -> str:
    """Such a row without its brackets, of the same length."""
    return re.sub(r"[【】\[\]]", " ", line) if "：" in line and _ROW_OF_BRACKETS.fullmatch(line.strip()) else line


# No label is without a colon or a bracket, no day without its century; seven lines of a text in ten have none of them.
_STATES = re.compile(r"：|:|\[|【|［|20")


@remembered
def facts_in(line: str) -> Facts:
    """The labels and values of a line in their order, and what is left of it."""
    if not _STATES.search(readable(line)):
        return Facts({}, (), "", len(line), line)
    line = _unbracketed(_with_colons(line))
    read = readable(line)
    values: dict[str, str] = {}
    labels: list[str] = []
    rest: list[str] = []
    bare = _BARE_DATE.match(read)
    at = bare.end() if bare else 0
    if bare:
        values["日期"] = _year_first(bare.group(1))
    start, opened = (0 if bare else len(line)), ""
    # No label without a colon; most lines of a text have none.
    found = list(_TOKEN.finditer(read, at)) if "：" in read or ":" in read else []
    for i, token in enumerate(found):
        name = re.sub(r"[：:\s]", "", token.group())
        if not labels and not bare:
            start = token.start()
        limit = found[i + 1].start() if i + 1 < len(found) else len(line)
        value = _VALUE.match(read, token.end(), limit)
        end = value.end() if value else token.end()
        stated = _unclosed(line[token.end() : end].strip(" 　\xa0|｜"))
        rest.append(line[at : token.start()])
        labels.append(name)
        opened = "" if stated else name
        if stated:
            values.setdefault(name, stated)
        at = end
    rest.append(line[at:])
    if labels and not values.keys() & {*PUBLISHED.split()} and (put := _WITH_CLOCK.search("".join(rest))):
        values["日期"] = put.group()
    if day := day_of_row(read):
        values.setdefault("日期", day)
        if not values.keys() & {*SOURCES.split()} and (who := PUT_UP_BY.search(read)):
            values["来源"] = line[who.start() : who.end()]
    return Facts(values, tuple(labels), opened if not line[at:].strip() else "", start, "".join(rest))


def page_facts(line: str) -> Mapping[str, str]:
    """The facts such a line states by their labels; a date without a label is 日期."""
    return facts_in(line).values


@remembered
def is_page_facts(line: str) -> bool:
    """来源：… 时间：… 阅读：… or 2024-03-05 10:22 来源：… — a line of facts about the page, without text."""
    if len(line) > 2 * LONGEST or not _STATES.search(readable(line)):
        return False
    bare = _COUNTS.sub("", _SCRIPT.sub("", _unbracketed(_with_colons(line)).strip()))
    if not 3 <= len(bare) <= LONGEST:
        return False
    if day_of_row(readable(bare)) is not None or _labelled(readable(bare)):
        return True
    if not (_BARE_DATE.match(bare) or "：" in bare or ":" in bare):
        return False
    if _KEYWORDS.fullmatch(readable(bare)) or _FROM_ADDRESS.fullmatch(bare):
        return True
    facts = facts_in(bare)
    if not facts.labels and not facts.values:
        return False
    before = bare[: facts.start].strip(f"【[（(|｜ 　{BULLETS}")
    # 文 号 | 成文日期：…: the first cell has no value
    if facts.labels and "日期" not in facts.values and before and not is_label(re.sub(r"\s", "", before)):
        return False
    if facts.labels and set(facts.labels) <= NOT_ALONE and not _dated(facts):
        return False
    # what is left over beside labels, values and buttons: sizes of type, a counter
    rest = _CLOCK.sub("", _DATE.sub("", _CLICKS.sub("", readable(facts.rest))))
    left = _AROUND.sub("", rest)
    if _MADE_BY.intersection(facts.labels):  # 作者：白露 青禾 编辑：卓一帆
        left = "".join(part for part in left.split() if not is_called(part))
    # 增加行距 加入收藏 刷新网页: a day, a label and more buttons than a table has
    buttons = rest.split()
    row = (
        len(facts.labels) > 1
        and _dated(facts)
        and len(buttons) > 2
        and all(re.fullmatch("[\u4e00-\u9fff]{2,4}", one) for one in buttons)
    )
    return len(left) <= 6 or row


_FROM_ADDRESS = re.compile(rf"(?:{SOURCES.replace(' ', '|')})[：:] ?https?://[\x21-\x7e]{{4,200}}")
# 关键词：助餐 低保
_KEYWORDS = re.compile(
    r"(?:关键[词字]|标签|主题词|(?:相关)?热词(?:搜索)?)[ \u3000]?[：:](?:[ \u3000]{1,3}[\u4e00-\u9fff]{2,8}){2,12}"
)
# 查看:55| 评论:0| 公开目录:社会救助 — a label, known or not, and a value that is one word; between the pairs, and in a
# table between label and value, a blank or a stroke.
_EDGE = rf"[\s\u3000|｜{BULLETS}]"
_WORD = r"[^\s\u3000：:|｜。；]"
_NO_LABEL = r"(?![\u4e00-\u9fff]{1,6}[ \u3000]{0,2}[：:])"
_PAIR_LABEL = r"[\u4e00-\u9fff](?:[ \u3000]{0,4}[\u4e00-\u9fff]){0,5}[ \u3000]{0,2}"
_PAIR = (
    rf"({_PAIR_LABEL})[：:]"
    rf"(?:[\s|｜]{{0,3}}(?:(?:{YMD}|{CN}){_TIME}|{_NO_LABEL}{_WORD}{{1,40}}(?:[ \u3000]{_WORD}{{1,6}}(?=[|｜]|$))?))?"
)
_BEFORE_PAIRS = re.compile(rf"{_EDGE}{{0,6}}(?:(?:\d\d){{0,2}}\d\d-\d{{1,2}}-\d{{1,2}}{_TIME}{_EDGE}{{1,4}})?")
_PAIR_AND_EDGE = re.compile(rf"{_PAIR}(?:{_EDGE}{{1,6}}|$)")


def _labelled(read: str) -> bool:
    """A row of two labels and more, one of them such as only pages have (three characters and more of the table), or
    two of the table, or one beside a day."""
    labels = _labels(read) if len(read) <= LONGEST else []
    known = [label for label in labels if is_label(label)]
    if len(labels) < 2 or not known:
        return False
    return len(known) > 1 or len(known[0]) > 2 or (len(labels) > 2 and _DATE.search(read) is not None)


def is_empty_label(line: str) -> bool:
    """日期：, a label of the table and nothing behind it."""
    bare = readable(line.strip())
    return bare[-1:] in ("：", ":") and bare[:-1].strip() in NAMES


def labels_only(line: str) -> bool:
    """A row of two labels and more, known or not, and nothing but short values: 信息类别：动态 废止日期： 主题词："""
    read = readable(line.strip())
    return len(read) <= LONGEST and (len(_labels(read)) > 1 or _empty_cells(read))


def _empty_cells(read: str) -> bool:
    """体 裁 | 生效日期 | 废止日期 |: cells with names of labels, two of which say what day, and no value."""
    cells = [re.sub(r"\s", "", cell) for cell in re.split("[|｜]", read)] if "|" in read or "｜" in read else []
    return sum(cell.endswith("日期") for cell in cells) > 1 and all(
        re.fullmatch("[\u4e00-\u9fff]{0,6}", c) for c in cells
    )


def _labels(read: str) -> list[str]:
    """The labels of a row that is nothing but pairs; none of another line. Pair after pair, none of them taken back."""
    begins = _BEFORE_PAIRS.match(read)
    at, labels = begins.end() if begins else 0, list[str]()
    while at < len(read):
        pair = _PAIR_AND_EDGE.match(read, at)
        if pair is None:
            return []
        labels.append(re.sub(r"\s", "", pair.group(1)))
        at = pair.end()
    return labels


def facts_before(line: str) -> int:
    """Where the text begins behind a row of facts on its line: 2024-03-05 来源：云溪网 阅读：12 3月5日，云溪…; 0 where
    it is no such line."""
    read = readable(line[: 2 * LONGEST])
    begins = _BEFORE_PAIRS.match(read)
    at, labels = begins.end() if begins else 0, list[str]()
    while pair := _PAIR_AND_EDGE.match(read, at):
        labels.append(re.sub(r"\s", "", pair.group(1)))
        at = pair.end()
    told = len(labels) > 1 and any(map(is_label, labels)) and "，" in line[at : at + 60]
    return at if told and len(line) - at >= _SHORTEST_TEXT else 0


_SHORTEST_TEXT = 40


def is_label(name: str) -> bool:
    """Whether the table has it and it heads no lines of text as well."""
    return name in NAMES and name not in NOT_ALONE


_TAKES_VALUE = frozenset(f"{SOURCES} {PUBLISHED} 作者 责任编辑 责编 编辑 校对 审核 供稿 浏览次数".split())


def value_follows(facts: str, following: str) -> bool:
    """Whether a line of facts ends with an empty label (责任编辑：) whose value the next line is."""
    short = len(following) <= 20 and not re.search("[，。！？：:]", following)
    return short and facts_in(facts).open in _TAKES_VALUE


def _dated(facts: Facts) -> bool:
    """时间：2024-03-05 is a page's; 时间：3月5日上午 is a notice's own."""
    return any(re.match(rf"{YMD}|{CN}", value) for value in facts.values.values())


def _year_first(date: str) -> str:
    """05.03.2024 → 2024.03.05, the order that dates are read in, without the time of day."""
    day = date.split()[0].split("T")[0]
    parts = re.split(r"[./-]", day)
    return ".".join(reversed(parts)) if len(parts) == 3 and len(parts[2]) == 4 else day


def _unclosed(value: str) -> str:
    """Without the bracket that closes the line, （来源：甲市民政局）; one that was opened in the value stays."""
    return value if re.search("[（(]", value) else value.rstrip("）)")
