"""Where a text was taken from, in the words of the page or of the text."""

from __future__ import annotations

import re

from indexer.articles.marks import DATELINE, SOURCE_NOTE
from indexer.articles.remembered import remembered
from indexer.facts.readable import Reading
from search.documents.document import Evidence

_SOURCE_LEAD = re.compile(r"^([^，。：；（）]{2,14}(?:官网|网站|网|报|社|公众号|客户端)消息)，")
_SOURCE_LABEL = re.compile(r"[（(](?:来源|稿源|资料来源|原载|摘自|转自|作者单位|供稿单位)[：:]?([^（）()]{2,30})[）)]")
# （省厅社会事务处供稿）
_SUPPLIED = re.compile(r"[（(]([^（）()，。：:\s]{2,30}?)供稿[）)]$")
_OWN = ("本报", "本刊", "本网", "本台", "本站", "本网站")  # which one is not said


def find_source(read: Reading) -> Evidence[str] | None:
    """Where the text comes from, in the words of the page or the text."""
    for label in ("信息来源", "本文来源", "文章来源", "稿件来源", "来源", "稿源"):
        if (value := read.page.get(label)) and value.removesuffix("原创") not in _OWN:
            return Evidence(value, f"{label}：{value}")
    if read.hints.source and read.hints.source.removesuffix("原创") not in _OWN:
        return Evidence(read.hints.source, read.hints.source)
    last = read.body[-1][-80:] if read.body else ""
    if found := SOURCE_NOTE.search(last) or _SOURCE_LABEL.search(last) or _SUPPLIED.search(last):
        return Evidence(found.group(1), found.group())
    if found := _SOURCE_LEAD.match(read.lead):
        return Evidence(found.group(1), found.group(1))
    if (found := DATELINE.match(read.lead)) and not found.group().startswith(_OWN):
        return Evidence(found.group().rstrip("：: 　，,（(0123456789"), found.group())
    return None


_REPORTER = re.compile(
    r"[（(]?(?:本报|本网)?(?:首席|全媒体)?(?:记者|通讯员)[^，。；（）()]{0,40}[）)][ \u3000]*[：:，,]?"
)


# “饭菜是热的。”3月5日，…: what somebody says stands before who tells of it
_SAYING = re.compile("“[^“”]{2,200}[。！？…]”")


# 某某日报6月12日讯（通讯员 某某）: a paper's own dateline, shown to be one by its day or its reporters
_WIRE = re.compile(
    r"[^，。：；（）“”\d\s]{2,20}"
    r"(?:\d{1,2}月\d{1,2}日[\u4e00-\u9fff]{0,6}?(?:讯|电|消息)"
    r"|(?:讯|电|消息)(?=[ \u3000]{0,4}(?:[（(][^（）()，。]{0,8}(?:记者|通讯员)|\d{1,2}月\d)))"
    r"[ \u3000]{0,4}(?:[（(][^（）()]{1,40}[）)])?[ \u3000：:，,]{0,4}"
)


_MARK = re.compile(r"^【(?:[^】]{1,12}】[ \u3000]*(?=\d)|(?:导语|正文|口播)】)")  # 【云溪网】 3月5日，…


@remembered
def opening(lead: str) -> str:
    """The lead without its dateline, its reporters or 某某网消息，, and what somebody says at its beginning."""
    text = _MARK.sub("", lead, count=1)
    if found := DATELINE.match(text):
        whole = not text[found.end() - 1].isdigit()
        text = text[found.end() :].lstrip("：: 　") if whole else text[found.end() - 1 :]
        text = re.sub(r"^[（(]?[）)]?[：: 　]*", "", text) if not _REPORTER.match(text) else text
    elif found := _SOURCE_LEAD.match(text) or _WIRE.match(text):
        text = text[found.end() :]
    text = _REPORTER.sub("", text, count=1) if _REPORTER.match(text) else text
    said = _SAYING.match(text)
    return text[said.end() :] if said and said.end() < len(text) else text
