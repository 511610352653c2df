"""A page's own lines among those before the prose, by form and neighbours: captions, trails, rules, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.around_headlines import is_column_day, is_decorated
from indexer.articles.characters import has_chinese
from indexer.articles.furniture import CRUMB, OF_SITES, is_row_of_page, tells_of_picture
from indexer.articles.headlines import is_caption
from indexer.articles.labels import is_empty_label, is_page_facts, labels_only
from indexer.articles.official import is_body
from indexer.articles.page_words import is_of_page, is_publishers_note

_BRACKETS = re.compile(r"[\s【】\[\]（）()|｜]{1,6}")
# 某某网 > 新闻 > 时政; 云溪养老网助餐动态 → 助餐动态
_TRAIL = re.compile(
    r"[\u4e00-\u9fff]{2,16}[ \u3000]?[>›»＞](?:[ \u3000]?[\u4e00-\u9fff]{2,16})?"
    r"|[^>›»＞，。；：:]{0,16}(?:[>›»＞][^>›»＞，。；：:]{0,24}){2,6}|[^→，。；：:]{2,30}(?:→[^→，。；：:]{2,24}){1,6}"
    r"|[\u4e00-\u9fff]{2,4}(?: / [\u4e00-\u9fff]{2,4}){1,4}"  # 资讯 / 培训
)
# 云溪慈善 | 善行 | 领导讲话; a row of a table has others beside it
_COLUMNS = re.compile("[\u4e00-\u9fff]{2,6}(?: ?[|｜] ?[\u4e00-\u9fff]{2,6}){2,5}")
# 云溪县民政局 - 党的建设
_COLUMN_OF = re.compile(r"([\u4e00-\u9fff]{4,16}) ?[-–—] ?[\u4e00-\u9fff]{2,6}")
# 原创 云溪民政 云溪民政, above the day of a message
_ACCOUNT = re.compile(r"(?:原创|Original)(?:[ \u3000]+[^\s，。；：]{2,16}){1,3}", re.I)
# 简介云溪市启动助餐服务，三十家食堂……: a summary that a site cut off
_CUT_OFF = re.compile(r"(?:内容)?(?:简介|摘要|提要|导读|核心提示)[：: \u3000]?[^：:].{8,200}(?:…|\.\.\.)")
_LATIN = re.compile(r"[•·*\s-]{0,4}[A-Za-z][A-Za-z.]{1,15}")  # • weixin; loading..


def beside_facts(lines: Sequence[str], at: int, *, above: bool) -> bool:
    """A row of labels that no table has is the page's below a line of its facts, where the headline is still to come or
    more facts follow; a number and an empty label are beside one."""
    before, behind = (0 <= i < len(lines) and is_page_facts(lines[i]) for i in (at - 1, at + 1))
    if lines[at].isdecimal() or (len(lines[at]) <= 6 and is_empty_label(lines[at])):
        return before or behind
    return before and (above or behind) and labels_only(lines[at])


def kind_of_line(lines: Sequence[str], at: int) -> str:
    """The name of what a line of a page is by its form and its neighbours; "" for what may be a text's."""
    bare = lines[at]
    if is_caption(bare) or (at and is_caption(lines[at - 1]) and tells_of_picture(bare)):
        return "图片说明"
    if _BRACKETS.fullmatch(bare) or _ACCOUNT.fullmatch(bare):
        return "页面信息"
    if _CUT_OFF.fullmatch(bare):
        return "提示"
    if is_decorated(bare):
        return "提示"
    beside = (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "")
    # 眉山新闻网 / > / 新闻: a breadcrumb over several lines
    crumb = (
        CRUMB.fullmatch(bare)
        or _TRAIL.fullmatch(bare)
        or ((column := _COLUMN_OF.fullmatch(bare)) and is_body(column.group(1)))
        or (_COLUMNS.fullmatch(bare) and not any("|" in one or "｜" in one for one in beside))
        or (len(bare) <= 12 and any(one and CRUMB.fullmatch(one) for one in beside))
    )
    if crumb:
        return "位置"
    if is_column_day(bare):
        return "页面信息"
    if len(bare) <= 80 and OF_SITES.search(bare) and re.search(r"\d{4}", bare):
        return "版权"
    if is_of_page(bare) or is_row_of_page(bare) or (_LATIN.fullmatch(bare) and any(map(has_chinese, lines))):
        return "按钮"
    return "提示" if is_publishers_note(bare) else ""
