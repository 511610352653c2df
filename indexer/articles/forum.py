"""A forum's page above its first post: boards, who posts, how often it was seen; only headline and day stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.articles.characters import readable
from indexer.articles.furniture import is_row_of_page
from indexer.articles.page_words import is_of_page
from indexer.articles.tail import shared
from indexer.extract import Block
from search.text.patterns import lazy

_BLANK = "\u200b\ufeff \t\u3000\xa0"
# 发表于 2024-5-16 10:16:25 | 只看该作者 | 倒序浏览: the row that a post begins with
_ROW = lazy(
    r"(?=.*\d{4}[-/]\d{1,2}[-/]\d{1,2}).{0,120}(?:只看(?:该作者|楼主|此人|大图)|倒序浏览|显示全部楼层|阅读模式).{0,80}"
    # 青禾 | 发表于 2024-5-16 14:20:51 | 查看: 771 | 回复: 2
    r"|[^，。；]{0,40}发[表布]于[ \u3000]{0,3}\d{4}-\d{1,2}-\d{1,2}[^，。；]{0,30}(?:查看|回复)[：:][^，。；]{0,40}"
)
_DAY = lazy(r"(?:发[表布]于[ \u3000]{0,3})?\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ \u3000]{1,3}\d{1,2}:\d\d(?::\d\d)?)?")
_LOCKED = lazy("[帖贴]子?已?[被经]?(?:锁定|关闭|置顶)|本[帖贴].{2,30}编辑")
# [民生] 云溪县助餐推进会召开: the board's label
_LABEL = lazy(r"^(?:主[题題][：:]|[\[【][\u4e00-\u9fff]{2,6}[\]】][ \u3000]*(?=.{8}))")
# What stands behind or below the headline of a thread.
_COPIED = re.compile(r"[\[【]复制链接[\]】]")
_COPIED_BEHIND = re.compile(rf"[ \u3000]+{_COPIED.pattern}$")
_WITHIN = 60
_PROSE = 40
_SHORTEST = 8
_LONG = 100
_SAYS = 0.5
_FEWEST = 3


def without_head(blocks: Sequence[Block], left_out: list[tuple[str, str]]) -> Sequence[Block]:
    """The blocks without what stands above the first post, where no prose does; of the lines there the one that the
    post says most of is its headline."""
    row = next((at for at, block in enumerate(blocks[:_WITHIN]) if _is_row(block.text)), len(blocks))
    below = next((at for at in range(row + 1, len(blocks)) if blocks[at].text.strip(_BLANK)), None)
    if below is None:
        return blocks
    texts = [block.text.strip(_BLANK) for block in blocks[: below + 1]]
    if any(len(text) >= _PROSE and "。" in text for text in texts[:row]):
        return blocks
    said = readable("".join(block.text for block in blocks[row + 1 :][:20]))[:2000]
    says = {at: shared(readable(text), said) for at, text in enumerate(texts[:row]) if len(text) >= _SHORTEST}
    copied = next((at for at in range(1, row) if _COPIED.fullmatch(texts[at])), 0)
    labelled = (at for at in range(row) if _LABEL.match(texts[at]) or _COPIED_BEHIND.search(texts[at]))
    named = next((at for at in labelled if not _COPIED.match(texts[at])), row)
    thread = next((at for at in range(copied - 1, -1, -1) if texts[at]), named)
    headline = thread if thread in says else max(says, key=says.__getitem__, default=row)
    kept = [headline] if headline == thread or says.get(headline, 0) >= _SAYS else []
    # two lines below it may be the headline's own
    between = [at for at in range(headline + 1, row) if texts[at]]
    kept += between if kept and len(between) < _FEWEST and headline != named else []
    locked = _LOCKED.fullmatch(texts[below]) is not None
    gone = [at for at in range(below + locked) if texts[at] and at not in kept]
    left_out.extend(("论坛", texts[at]) for at in gone)
    day = _DAY.search(texts[row])
    posted = [replace(blocks[row], text=day.group())] if day else []
    # what can be copied as a link, or is said to be of a board, is the headline for certain
    title = [replace(blocks[at], text=_LABEL.sub("", texts[at]), level=int(at == thread)) for at in kept]
    first = _first_post(blocks[below + locked :], left_out)
    return [*title, *(Block("") for _ in title[:1]), *posted, *first]


# 青禾 发表于 2024-5-17 08:44:57 沙发
_REPLY = lazy(
    r"(?:[^，。；：]{1,20}[ \u3000])?发[表布]于[ \u3000]{0,3}\d{4}-\d{1,2}-\d{1,2}[ \u3000]\d{1,2}:\d\d(?::\d\d)?"
    r"(?:[ \u3000|｜]{1,4}[^，。；]{1,40})?"
)
_FLOOR = lazy(r"(?:(?:只看(?:该作者|楼主)|倒序浏览|电梯直达|楼主|沙发|板凳|地板|\d{1,3}[楼#])[ \u3000|｜]*){1,5}")


def _first_post(blocks: Sequence[Block], left_out: list[tuple[str, str]]) -> Sequence[Block]:
    """The blocks up to where somebody answers, without what can be done with the first post."""
    texts = [block.text.strip(_BLANK) for block in blocks]
    begin = next((at for at, text in enumerate(texts) if text), 0)
    begin += bool(texts and _FLOOR.fullmatch(texts[begin]))
    # a long text may go on in further posts
    told = max((at for at, text in enumerate(texts) if len(text) >= _LONG and "。" in text), default=begin)
    end = next((at for at in range(max(begin, told) + 1, len(texts)) if _REPLY.fullmatch(texts[at])), len(texts))
    if end < len(texts) and texts[end].startswith("发"):  # who answers stands above
        end = max(begin + 1, max((at for at in range(end) if texts[at]), default=end))
    while end > begin + 1 and (not texts[end - 1] or is_of_page(texts[end - 1]) or is_row_of_page(texts[end - 1])):
        end -= 1
    left_out.extend(("论坛", text) for text in (*texts[:begin], *texts[end:]) if text)
    return blocks[begin:end]


def _is_row(text: str) -> bool:
    return (
        len(text) <= 250
        and any(one in text for one in ("只看", "倒序", "楼层", "阅读模式", "查看", "回复"))
        and _ROW.fullmatch(text.strip(_BLANK)) is not None
    )
