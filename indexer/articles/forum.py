"""A forum's page above its first post: boards, who posts, how often it was seen; only headline and day stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.articles.characters import readable
from indexer.articles.tail import shared
from indexer.extract import Block

_BLANK = "\u200b\ufeff \t\u3000\xa0"
# 发表于 2024-5-16 10:16:25 | 只看该作者 | 倒序浏览: the row that a post begins with
_ROW = re.compile(r"(?=.*\d{4}[-/]\d{1,2}[-/]\d{1,2}).{0,120}(?:只看(?:该作者|楼主|此人|大图)|倒序浏览).{0,80}")
_DAY = re.compile(r"(?:发[表布]于[ \u3000]{0,3})?\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ \u3000]{1,3}\d{1,2}:\d\d(?::\d\d)?)?")
_LOCKED = re.compile("[帖贴]子?已?[被经]?(?:锁定|关闭|置顶)|本[帖贴].{2,30}编辑")
_LABEL = re.compile("^主[题題][：:]")
_WITHIN = 60
_PROSE = 40
_SHORTEST = 8
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
    headline = max(says, key=says.__getitem__, default=row)
    kept = [headline] if says.get(headline, 0) >= _SAYS else []
    # two lines below it may be the headline's own
    between = [at for at in range(headline + 1, row) if texts[at]]
    kept += between if kept and len(between) < _FEWEST else []
    locked = _LOCKED.fullmatch(texts[below]) is not None
    gone = [at for at in range(below + locked) if texts[at] and at not in kept]
    left_out.extend(("论坛", texts[at]) for at in gone)
    day = _DAY.search(texts[row])
    posted = [replace(blocks[row], text=day.group())] if day else []
    title = [replace(blocks[at], text=_LABEL.sub("", texts[at])) for at in kept]
    return [*title, *posted, *blocks[below + locked :]]


def _is_row(text: str) -> bool:
    return len(text) <= 250 and ("只看" in text or "倒序" in text) and _ROW.fullmatch(text.strip(_BLANK)) is not None
