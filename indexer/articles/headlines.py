"""What can be a headline, and what shows that it is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.articles.cleaning import column_of
from indexer.articles.labels import is_page_facts, labels_only
from indexer.articles.lines import Line
from indexer.articles.marks import DATELINE, SALUTATION, complete, is_end_note, is_lead
from indexer.articles.names import POST, is_name, is_named_after_post
from indexer.articles.transcripts import asks, is_turn_alone
from search.text.patterns import lazy

TITLE_FORM = re.compile(
    r"(?:讲话|讲话稿|致辞|发言|报告|通知|通告|公告|意见|办法|条例|规定|方案|细则|决定|命令|公报|通报|批复|复函|函|纪要|倡议书|公开信|指引|简介|摘要|要点|总结|"
    r"材料|解读|答记者问|召开|举行|举办|印发|出台|启动|开幕|闭幕|部署|调研|会见|强调|批示|指示|贺信|计划|规划|记录|实录|名单|公示|汇报|请示|决议|议案|出席|会议|大会|座谈会|推进会|发布|[?？!！])[）)》”]?$"
)
TITLE_OPENS = lazy(r"[【《“]|\[[\u4e00-\u9fff]{2,6}\] ?(?=.{6})|在.{4,60}上的|关于")
_NOT_TITLE = re.compile(
    r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|《[^》]{2,12}[报刊]》[（(]|\[[^\]]*\]$"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日[，,上下晚至 ]|"
    r"日前[，,]|近日[，,]|(?:今天|昨日|昨天)(?!.{2,30}[！？!?]$)|会议|会上|同志们|各位|尊敬的"
    r"|一年来|近年来|根据|按照|为了|为贯彻|[（(]"
)
# 分　类：民政　社会事务, a label drawn apart; 热门标签：慈善|志愿者, 【发布日期：…】, what is known of a page
_OF_LABELS = "标签|分类|类别|类型|日期|频道|栏目|主题词|关键[词字]|热词|索引号|文号|有效性|体裁"
_LABELLED = re.compile(
    "[\u4e00-\u9fff](?:[ \u3000]{1,4}[\u4e00-\u9fff]){1,4}[ \u3000]{0,2}[：:]"
    rf"|[【\[]?[\u4e00-\u9fff]{{0,4}}(?:{_OF_LABELS})[ \u3000]{{0,2}}[：:]"
    r"|[【\[][ \u3000]?[\u4e00-\u9fff \u3000]{2,8}[】\]][：:]"
)
_SUBTITLE = re.compile(
    # -云溪县召开推进会-: between dashes it is a headline
    r"[—–―－-]{1,4}(?=\S)(?!.*[—–―－-]$)|[（(]?\d{4}年\d{1,2}月\d{1,2}日(?:[）)]?|在.{4,60}上)$|[（(].{2,60}[）)]$|[（(]\d{4}年\d{1,2}月(?:\d{1,2}日)?"
    r"|[^，。；：（）]{4,30}[（(]\d{4}年\d{1,2}月(?:\d{1,2}日)?[）)]$"
)
_NAME_LINE = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,2}$")
_POST_LINE = re.compile(
    rf".{{0,40}}{POST}[ \u3000]{{0,4}}([\u4e00-\u9fff](?:[ \u3000]{{0,3}}[\u4e00-\u9fff·]){{1,9}})$"
)


_CAPTION = re.compile(
    r"(?:^|.*[。\s（(])(?:[^，。；]{0,12}(?:记者|通讯员))?[^，。；]{0,20}[摄]$|.*(?:记者|通讯员|供图|图片|图为).{0,20}(?:摄|摄影|图)[）)]?$"
    r"|.*摄影报道$|[▲△■●◆]?[\u4e00-\u9fff]{2,6}(?:现场|现场图|合[影照]|剪影|掠影)。?$"
    r"|[（(][^（）()]{0,12}[ /／]?[\u4e00-\u9fff]{2,4}[ /／]?摄[）)]$"
    # 白露局长（右）看望老人青禾（中）
    r"|[^。；]{0,40}[（(](?:[前后]排)?(?:[左右][一二三四五六]?|中)[）)][^。；]{0,40}。?$|(?![\d一二三四五六七八九十（(第])[^，。；：]{2,30}合影$"
    # 老人在食堂用餐。白露 供图
    r"|.{2,100}[。，\s][^。，；]{0,14}供图[）)]?$"
    r"|<(?:image|img)[ >].*|data:image/.*|图为[^。]{0,80}。?$|[（(]?(?:图片来源|图源|供图|摄影)[：:].{0,30}$"
)


# Without one of these nothing is a caption; to look for them takes a sixth of the time.
_OF_CAPTIONS = re.compile(r"摄|图|影|现场|合照|<|data:|左|右|中）|中\)")


def is_caption(bare: str) -> bool:
    """What stands under a picture: …新华社记者 某某 摄, 图为…; a picture's own mark-up."""
    if len(bare) <= 160 and _OF_CAPTIONS.search(bare) and not tells_much(bare) and _CAPTION.match(bare):
        return True
    return bare.startswith(("<image>data:", "data:image/"))


# Two sentences of a picture have fewer characters; paragraphs of a report seldom have.
_LONG_CAPTION = 80


def tells_much(bare: str) -> bool:
    """Several sentences are text, though the last words name who took a picture; unless the text says them again."""
    return len(bare) > _LONG_CAPTION and bare.rstrip("。").count("。") > 1


def is_subtitle(bare: str) -> bool:
    return len(bare) <= 80 and bool(_SUBTITLE.match(bare)) and not complete(bare.rstrip("）)"))


def is_byline(bare: str) -> bool:
    """湖北省人民政府省长 李殿勋, 毛伟明: a post and a name, or a name alone."""
    return len(bare) <= 50 and bool(
        (_NAME_LINE.fullmatch(bare) and is_name(re.sub(r"\s", "", bare)))
        or (
            (" " in bare or "\u3000" in bare)
            and (named := _POST_LINE.match(bare))
            and is_named_after_post(re.sub(r"\s", "", named.group(1)))
        )
    )


_HELD = lazy(r"(?:召开|举行|举办|开幕|闭幕)$")
_CAME = lazy(r"(?:出席|参加|主持|讲话|致辞)(?:会议|仪式|活动)?$")


def tells_who_came(above: str, bare: str) -> bool:
    """全市助餐推进会召开 / 副市长某某出席并讲话: the second is its subtitle."""
    return bool(_HELD.search(above) and _CAME.search(bare)) and len(above) >= 8


_ADDRESS = lazy(r"(?<![A-Za-z])(?:https?://|www\.)|[A-Za-z0-9]\.(?:com|cn|org|net|gov)(?![A-Za-z])")


_STATED = lazy(r"[\u4e00-\u9fff]{2,6}[：:][^，。；]{2,60}")


def is_stated(bare: str) -> bool:
    """访谈嘉宾：…, 地点：…: who or where, by the form of its label."""
    return _STATED.fullmatch(bare) is not None


def has_address(bare: str) -> bool:
    """云溪网 www.….cn: a line with the address of a site."""
    return _ADDRESS.search(bare) is not None


# 主持词, 慰问信: the form of a paper may be all of its headline, shorter than others are
_FORM_ALONE = re.compile("[\u4e00-\u9fff]{2}[词稿信书]")
CALLED_OUT = re.compile("[^。；]{4,40}[！!？?]")  # 今天，志愿者们开了个会！


def is_labelled(bare: str) -> bool:
    """分　类：民政, 热门标签：慈善|志愿者: what is known of a page, by the form of its label."""
    return _LABELLED.match(bare) is not None


def could_be_headline(line: Line) -> bool:
    bare = line.bare
    # 90: the longest headline in the material, of three parts, has 78 characters
    return (
        (4 <= len(bare) <= 90 or _FORM_ALONE.fullmatch(bare) is not None)
        and not _NOT_TITLE.match(bare)
        and not is_labelled(bare)
        and "。" not in bare
        and (bare[-1] not in "，,、；;：:的了和与及" or bare.endswith(("过了", "来了", "成了")))
        and not is_end_note(bare)
        and not is_caption(bare)
        and not (is_lead(bare) and not CALLED_OUT.fullmatch(bare))
        and not is_subtitle(bare)
        and not is_page_facts(bare)
        and not labels_only(bare)
        and not is_turn_alone(bare)
        and not asks(bare)
        and not has_address(bare)
        and all(bare.count(a) == bare.count(b) for a, b in ("（）", "()", "《》", "“”", "【】"))
    )


class Signs(NamedTuple):
    """How a file shows what is a headline.

    column: the width of its lines where it is set in a column, measured by width. gaps: a blank line means something
    (in a column often every line is followed by one). gaps_part_articles: blank lines stand before headlines only.
    speech: somebody speaks, so that short lines are subheadings.
    """

    column: float | None
    width: Callable[[str], float]
    gaps: bool
    gaps_part_articles: bool
    speech: bool


def signs_of(lines: Sequence[Line]) -> Signs:
    set_in = column_of(lines)
    column = set_in.widest if set_in.full is not None else None
    gaps = [i for i, line in enumerate(lines) if line.gap and i]
    before_headlines = sum(could_be_headline(lines[i]) and not lines[i].is_heading for i in gaps)
    return Signs(
        column,
        set_in.width,
        # 0.4: paragraphs of three lines and more parted by blanks have a gap at every third line
        gaps=column is None or len(gaps) < 0.4 * len(lines),
        gaps_part_articles=bool(gaps) and before_headlines == len(gaps) and len(gaps) < 0.4 * len(lines),
        speech=any(SALUTATION.match(line.bare) for line in lines[:8]),
    )


def is_headline(lines: Sequence[Line], at: int, signs: Signs) -> bool:
    """A line that can be a headline and has one more sign of it: its form, its place, or what follows."""
    line = lines[at]
    if line.level:
        return True
    if not could_be_headline(line):
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None and _only_under_headlines(following.bare):
        return True
    if line.is_heading:
        return False
    formed = bool(TITLE_FORM.search(line.bare) or TITLE_OPENS.match(line.bare))
    if following is None:
        return formed
    set_off = (following.gap and signs.gaps) or (following.indented and _indent(line) != _indent(following))
    # 1.25: in a column any line may look like a headline; one that is wider than the column was not set in it
    if signs.column is not None and signs.width(line.bare) < 1.25 * signs.column:
        return set_off
    return formed or set_off or is_lead(following.bare)


def _only_under_headlines(bare: str) -> bool:
    """What follows nothing but a headline: a dateline, a salutation, a subtitle, page facts."""
    opens = DATELINE.match(bare) or SALUTATION.match(bare)
    return bool(opens) or is_subtitle(bare) or is_page_facts(bare)


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def has_headline(lines: Sequence[Line]) -> bool:
    kept = [line for line in lines[:4] if not is_page_facts(line.bare)]
    return bool(kept) and is_headline(kept, 0, signs_of(lines))
