"""What can only be text, so that the front of an article ends above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.around_headlines import is_column_in_brackets
from indexer.articles.characters import tidy
from indexer.articles.headlines import CALLED_OUT, is_byline, is_caption, is_subtitle
from indexer.articles.labels import is_page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import ADDRESS, DATELINE, SALUTATION, complete, is_lead
from indexer.articles.official import is_official_line
from indexer.articles.page_words import is_of_page, is_publishers_note
from indexer.articles.transcripts import is_role, is_turn_alone, turn
from search.text.patterns import lazy

_SHORTEST_LEAD = 20
# 原标题：…; 名称： | …, a cell of a table
ORIGINAL_LABEL = lazy(
    r"(?:原标题|原题|文章标题|标题|[名題题][ \u3000]{0,4}[称稱名](?=[：:][ \u3000]{0,3}[|｜]))"
    r"[ \u3000]{0,3}[：:][ \u3000]{0,3}(?:[|｜][ \u3000]{0,3})?|信息名称[ \u3000]{1,4}"
)


def is_broken(line: Line, following: Sequence[Line]) -> bool:
    """Whether an indented line is the first of a paragraph that was broken into lines: the next is set to the margin
    and ends a sentence, which no headline goes on with."""
    return (
        line.indented
        and "，" in line.bare
        and any(not (below.indented or below.gap or below.level) and "。" in below.bare for below in following)
    )


def is_prose(line: Line) -> bool:
    """A salutation, an address, a report's lead, a sentence, an item: nothing that stands above a text."""
    bare = tidy(line.bare)
    if is_page_facts(line.bare) or is_caption(bare) or is_official_line(bare) or is_publishers_note(line.bare):
        return False
    # 今日云溪-数字报 begins as a lead does, and is too short for one
    lead = is_lead(bare) and (len(bare) >= _SHORTEST_LEAD or bool(re.search("[，。,]", bare)))
    lead = lead and not CALLED_OUT.fullmatch(bare)
    if SALUTATION.match(bare) or DATELINE.match(bare) or lead or (ADDRESS.match(bare) and len(bare) > 6):
        return not (is_subtitle(bare) or is_of_page(bare))  # 滚动资讯：
    # 甲：要把热饭送到 may be a headline; who asks, or who stands alone on the line, begins to speak.
    speaks = is_turn_alone(bare) or is_role(turn(bare))
    if speaks and not is_byline(line.bare) and not ORIGINAL_LABEL.match(bare) and not is_column_in_brackets(bare):
        return True
    ended = complete(bare) and not bare.endswith(("！", "!", "？", "?", "…", "”"))
    return line.is_heading or "。" in bare[:-1] or (ended and len(bare) >= 8) or bare.endswith(("，", "；"))
