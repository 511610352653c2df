"""The marks of the genre: how sentences end, how items and headings begin, how a report opens.

Only recognisers, all linear in the length of what they are given; no state, no text is changed here.
"""

from __future__ import annotations

import re

from search.text import sentence_rules
from search.text.item_marks import ARABIC, BRACKET, CHAPTER, NUMERAL, PART, ROMAN, marker
from search.text.patterns import lazy
from search.text.sentence_rules import CLOSERS

ENDS = "。！？!?…"
PAUSES = "；：;:"


def sentence_ends(text: str) -> tuple[int, ...]:
    """Offsets behind each sentence; the last is len(text) even where the last sentence has no end mark.

    An end mark inside a book title or a bracket (《怎么办？》) goes on; so does one before 的 or a comma (“好！”的).
    """
    ends = [m.end() for m in sentence_rules.CUT.finditer(text) if not _goes_on(text, m)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return tuple(ends)


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    after = text[mark.end() : mark.end() + 1]
    closed = len(mark.group()) > 1 and mark.group()[-1] in CLOSERS
    return bool(after) and closed and after in "，、；：的等和与及这之是为”’"


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence or a clause before a list does (closing quotes and brackets aside)."""
    bare = line.rstrip().rstrip(CLOSERS)
    whole = line.rstrip()
    return bool(bare) and (
        bare[-1] in ENDS + PAUSES or (whole[-1:] in ("）", ")") and (is_end_note(whole) or bool(remark(whole))))
    )


def complete(line: str) -> bool:
    """Whether the line ends with a full stop, question or exclamation mark or dots; a remark may stand behind it."""
    bare = line.rstrip().rstrip(CLOSERS)
    return bool(bare) and (bare[-1] in ENDS or bool(remark(line)))


_REMARK = re.compile(r"(?<=[。！？!?…])[”’]?(?P<remark>[（(][^（）()。]{2,40}[）)])$")


def remark(line: str) -> str:
    """（第三师民政局）: what stands in brackets behind the last sentence of a paragraph; "" where nothing does."""
    whole = line.rstrip()
    found = _REMARK.search(whole[-50:]) if whole[-1:] in ("）", ")") else None
    return found["remark"] if found else ""


# Who reports, and a verb of saying: 会议指出, 会上强调, 《意见》明确, 某某强调. The verb is followed by what was said.
_VERBS = "指出|强调|要求|明确|认为|提出|决定|部署|号召"
MEETING_SAYS = re.compile(
    rf"((?:会议|大会|全会|座谈会|讲话|批示|指示|《(?:意见|通知|方案|规划|办法|条例)》)"
    rf"(?:还|并|也|同时|最后|进一步)?(?:{_VERBS})|(?!.{{0,6}}(?:总书记|主席))[\u4e00-\u9fff·]{{2,4}}(?:指出|强调)(?=[，：]))"
)
_PEOPLE = lazy(
    r"(?:[厅局部委省市区县](?:党组|党委|领导|机关)|各(?:市|州|县|区|省|处室|地)[^。]{0,60}(?:参会|参加|列席|负责))"
)
PARAGRAPH_OPENER = lazy(
    rf"(?:会议(?:还|并|也)?(?:{_VERBS}|以|对|由)|会上|会前|会后|同志们|各位代表|最后，|下面，|下一步，|此外，"
    rf"|{NUMERAL}、|[（(]{NUMERAL}[）)])"
)
# Words that close a run of items: the sentence speaks of all of them again, not of the last.
CLOSES_RUN = lazy(
    r"(?:取得(?:的)?(?:这些|上述|以上)|这些成绩|以上(?:工作|成绩|各项|任务)|上述|总之|在此，|借此机会|同志们[，！])"
)
MUST_OPENER = re.compile(r"(?:要(?!求|点|素|件|不是|是)|必须|坚决|坚持(?!的))")


def opens_paragraph(line: str) -> bool:
    """Words that begin a paragraph of a report or speech, whatever the width of the line before."""
    return bool(PARAGRAPH_OPENER.match(line) or _PEOPLE.match(line))


def is_heading(text: str) -> bool:
    """A numbered heading that stands alone: marked, short, without an end mark and without a full stop inside.

    60: the longest heading in 16 provincial reports has 45 characters; numbered sentences without a full stop and
    longer than that are lines broken inside a sentence.
    """
    found = marker(text)
    return (
        found is not None
        and found.level in (PART, CHAPTER, ROMAN, BRACKET, ARABIC)
        and len(text) <= 60
        and text.rstrip()[-1] not in "。；;，,、：:"
        and "。" not in text
    )


# --- how articles open and close -------------------------------------------------------------------------------

_DAY = r"(?:\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日)"
_MEDIUM_TELLS = (
    "(?:本报|本网|本刊|新华社|中新社|人民网|新华网|央视网|[^，。：；（）]{2,12}网)"
    r"[^，。：；]{0,12}?(?:讯|电|消息)[ 　（(：:，,\d]"
)
_LEAD = re.compile(
    rf"(?:{_MEDIUM_TELLS}"
    rf"|记者(?:{_DAY}|\d{{1,2}}日|近日|日前|[昨今][日天])?从[^，。：；]{{2,20}}(?:获悉|了解到)[，：]|[^，。：；（）]{{2,16}}(?:消息|讯)[：:，,（(]"
    rf"|(?:当地时间|日前|近日|连日来|今天|昨日|昨天|今日)[，,（(、]?|{_DAY}[，,上下晚至]|{_DAY}[^。]{{0,20}}，)"
)
_OF_MEDIUM = re.compile(_MEDIUM_TELLS)
# The lead of an agency or station: nothing else in the genre opens so.
DATELINE = re.compile(
    r"(?:(?:本报|本网|本刊|新华社|中新社)[^，。：；]{0,16}?"
    # 新华社北京3月5日电 民政部…: where paragraphs are tidied the blank is gone
    r"(?:(?:讯|电|消息)(?:[ 　（(：:，,\d]|(?=[“昨今近]|日前|连日|记者|通讯员|[一二三四五六七八九十]{1,2}月))"
    r"|月\d{1,2}日[讯电])"
    r"|[^，。：；（）\s]{2,12}(?:消息|讯)[ 　]*(?:（[^（）]{1,20}）|\([^()]{1,20}\))?[ 　]*[：:]"
    # 云上某某报道：（全媒体记者 某某）
    r"|[^，。：；（）\s]{2,12}报道[ 　]*[：:]?[ 　]*[（(][^（）()，。]{0,30}(?:记者|通讯员)[^（）()，。]{0,30}[）)]"
    r"|（?记者[ 　][^，。：；]{1,12}[）：])"
)
SALUTATION = re.compile(
    r"(?:尊敬的|亲爱的)?(?:同志们|各位[^，。]{1,12}|女士们|先生们|朋友们|大家好)[^。]{0,40}[：:！!]$"
    r"|(?:尊敬的|亲爱的)[^，。：:！]{2,20}[：:]$"
)
# 各市（州）民政局，厅机关各处室： — whom a notice is sent to
ADDRESS = re.compile(r"(?:各|[^，。；：]{2,20}(?:人民政府|委员会|[厅局委办部]))[^。；]{0,150}[：:]$")
_END_NOTE = re.compile(
    r"[（(【\[](?:据|来源|供稿|摘自|原载|转自|资料来源|记者|通讯员|作者|撰稿"
    r"|(?:文字|图片)(?=[ 　：:/／丨|])|编辑|责编|责任编辑|完)[^（）()【】]{0,60}[）)】\]]$"
)
SOURCE_NOTE = re.compile(r"[（(](据[^（）()，。]{2,30}?)[）)]$")


def is_dateline(line: str) -> bool:
    """The first words of a report that name the medium: 新华社北京3月5日电, 云溪网讯（通讯员 某某）."""
    return bool(DATELINE.match(line) or _OF_MEDIUM.match(line))


def is_lead(line: str) -> bool:
    """The first words of a report: a dateline, 日前，, 2月18日上午，…"""
    return bool(DATELINE.match(line) or _LEAD.match(line))


def is_end_note(line: str) -> bool:
    """A line that closes an article: （据湖北省民政厅）, （记者 …）."""
    return len(line) < 2000 and bool(_END_NOTE.search(line.rstrip()[-80:]))


_IN_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]{2,60}[）)】\]]")


def is_in_brackets(line: str) -> bool:
    """A line that is one remark: （省厅社会事务处供稿）, （此件公开发布）."""
    return len(line) <= 64 and _IN_BRACKETS.fullmatch(line.strip()) is not None


_DATE_LINE = re.compile(
    r"[（(]?(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九0oOоОοΟ]{3})\s?年\s?[\d〇一二三四五六七八九十]{1,2}\s?月\s?[\d〇一二三四五六七八九十]{1,3}\s?日[）)]?"
)


def is_date_line(line: str) -> bool:
    """A line that is a date and nothing else: 2021年3月10日, （二〇二一年三月十日）."""
    return len(line) <= 24 and _DATE_LINE.fullmatch(line.strip()) is not None
