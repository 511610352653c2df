"""Lines that credit a medium or a person without a colon: 来源　云溪日报, □记者 白露."""

from __future__ import annotations

import re

from indexer.articles.characters import readable
from indexer.articles.label_names import SOURCES
from indexer.articles.names import is_called
from search.text.patterns import lazy

# 来源　云溪日报, 编辑 某某: a label and its value with a blank for the colon, as under a text in a reader for phones
_CREDIT = re.compile(
    rf"({SOURCES.replace(' ', '|')}|作者|责任编辑|责编|编辑|校对|审核|编审|记者|通讯员|摄影|供稿)"
    r"[ \u3000\xa0|｜丨/／]{1,4}([\u4e00-\u9fff·]{2,12}(?:[ \u3000、][\u4e00-\u9fff·]{2,4}){0,4})"
)


# □记者 白露, 云溪日报全媒体记者白露 通讯员青禾, 本报记者白露报道
_REPORTER = lazy(
    r"[^\w\s]?[ \u3000]?[\u4e00-\u9fff]{0,8}?(?P<work>记[ \u3000]?者|通讯员)[ \u3000：:]{0,3}"
    r"(?P<who>[\u4e00-\u9fff·]{2,7}?)"  # 巴依斯古楞
    r"(?P<others>(?:[ \u3000、]{1,3}(?:(?:见习|实习)?(?:记者|通讯员)[ \u3000]?)?[\u4e00-\u9fff·]{2,7}){0,4})"
    r"(?:[ \u3000]?(?:报道|文/图|文/摄|图文))?"
)


def credit(line: str) -> str:
    """Such a line with a colon, as a line of page facts has it (来源：云溪日报); "" for other lines."""
    found = _CREDIT.fullmatch(readable(line).strip())
    return f"{found.group(1)}：{found.group(2)}" if found else reporter(line)


def reporter(line: str) -> str:
    """A line that says who reports, with a colon: 记者：白露; "" for other lines."""
    read = readable(line).strip()
    found = _REPORTER.fullmatch(read) if len(read) <= 40 and ("者" in read or "通讯员" in read) else None
    return f"{found['work']}：{found['who']}" if found and is_called(found["who"], posted=True) else ""
