"""Lines under a text that say who made the page: who wrote, took pictures, edited; 编导：白露, （报道：白露）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.characters import readable
from indexer.articles.furniture import furniture
from indexer.articles.names import is_called
from search.text.patterns import lazy

# （报道：白露）
_BY = re.compile(
    r"[（(【\[](?!摄|图|供图)[\u4e00-\u9fff]{2,6}[：:/／丨|]{1,2} ?(?P<who>[\u4e00-\u9fff·]{2,4})[）)】\]]"
)
# 监 制丨白露, 校 对丨白露 青禾: who made a broadcast, a piece of work to a line
_CREDITS = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,4}[ \u3000]{0,2}丨[^。；：]{2,60}")
# ■整理编辑：白露
_WORKED = re.compile(
    r"[■●◆▲• \u3000]{0,3}[\u4e00-\u9fff]{0,10}(?:编辑|摄影师?|校对|监制|采写|撰文|制图|记者)[ \u3000]?[：:][ \u3000]?"
    r"(?P<who>[\u4e00-\u9fff·]{2,4})"
)
# 云溪县民政局助餐科 白露供稿
_SENT_IN = re.compile(
    r"(?:[\u4e00-\u9fff]{2,20}[ \u3000]{1,3})?(?P<who>[\u4e00-\u9fff·]{2,4})[ \u3000]{0,2}"
    r"(?:供稿|撰稿|报道|摄影报道|文/图)"
)
_LONGEST = 90


def is_one(text: str) -> bool:
    """Whether a line says so by itself."""
    if len(text) > _LONGEST or text.endswith("。"):
        return False
    by = _BY.fullmatch(text) or _WORKED.fullmatch(readable(text)) or _SENT_IN.fullmatch(readable(text))
    return bool((by and is_called(by["who"])) or _CREDITS.fullmatch(text))


# 编导：白露: a piece of work and who did it
_WORK = lazy(
    r"[\u4e00-\u9fff]{2,6}[ \u3000]?[：:丨|/／][ \u3000]?"
    r"(?P<who>[\u4e00-\u9fff·]{2,4}(?:[ \u3000、，][\u4e00-\u9fff·]{2,4}){0,4})"
)
_EDITS = lazy("[编編校審审]")  # without one of these nobody edits
# Who takes part in what the text tells of.
_TAKES_PART = lazy("主持|记录|出席|列席|参[加会]|缺席|请假|联系|发言|讲话|成员|领导")


def _made(work: re.Match[str]) -> bool:
    """Whether persons are named behind a label, or whoever behind one that only makers of pages have (图片：连绵)."""
    label = re.split("[：:丨|/／]", work.group(), maxsplit=1)[0].strip()
    return label in _MAKERS or any(map(is_called, re.split("[ \u3000、，]", work["who"])))


_MAKERS = frozenset(
    ["图片", "文字", "图文", "摄影", "摄像", "供图", "供稿", "撰稿", "撰文", "采写", "来源", "排版", "制图"]
)


def begin(texts: Sequence[str], start: int) -> int:
    """Where a run of lines begins under the text that say who did what for the page (编导：…, 摄像：…), the last of
    which says who edited it; len(texts) where there is none."""
    edited = next(
        (i for i in range(start, len(texts)) if _EDITS.search(texts[i]) and furniture(texts[i]) == "编辑"), None
    )
    first = None
    for i in range((edited or 0) - 1, start - 1, -1):
        work = _WORK.fullmatch(readable(texts[i])) if texts[i] else None
        if texts[i] and not (work and not _TAKES_PART.match(texts[i]) and _made(work)):
            break
        first = i if texts[i] else first
    return len(texts) if first is None else first
