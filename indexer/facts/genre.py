"""The form of a text: speech, report of a meeting, notice, law … by its headline, else by who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.marks import SALUTATION, is_lead
from indexer.articles.transcripts import turns
from indexer.facts.readable import Reading, around
from indexer.facts.source import opening
from search.documents.document import Evidence
from search.documents.labels import QUOTABLE
from search.text.patterns import lazy

# 2019年工作总结及2020年工作打算: a paper of a body, that nobody speaks
_SUMMARY_AND_PLAN = re.compile(
    r"工作(?:总结|情况|回顾)[及和与暨、][^，。；]{2,24}(?:打算|计划|安排|要点|思路|谋划|重点)[）)]?$"
)
# The first that fits the headline. Forms of official documents after 党政机关公文处理工作条例 (2012), then speeches.
_GENRES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("政府工作报告", re.compile(r"政府工作报告")),
    ("讲话稿", re.compile(r"(?:^|的[^，。；]{0,4})讲话[）)]?$|讲话(?:稿|提纲|要点)[）)]?$|上的讲话")),
    (
        "致辞",
        re.compile(
            r"(?:^|的[^，。；]{0,4})致辞[）)]?$|(?:致辞稿|[贺祝][词辞]|献词|(?<!致)[开闭]幕[词辞])[）)]?$|上的致辞"
        ),
    ),
    ("经验交流", re.compile(r"(?:经验|经验交流|交流|典型|经验做法)(?:发言)?材料[）)]?$|经验交流$")),
    ("政策解读", re.compile(r"(?:解读|答记者问|一图读懂)[）)]?$|政策解读|^[^，。]{0,4}(?:一图(?:读|看)懂|图解)")),
    ("发言稿", re.compile(r"(?:^|的[^，。；]{0,4})发言[）)]?$|(?:发言(?:稿|材料|提纲)|主持词)[）)]?$|上的发言")),
    (
        "工作报告",
        re.compile(r"(?:工作报告|述[职责学法][述职责学法廉德]{0,6}报告|情况报告|工作总结|(?:工作|情况)的?汇报)[）)]?$"),
    ),
    ("工作报告", _SUMMARY_AND_PLAN),
    # a law carries the name of the state (慈善法 in a headline that does not is told of); 做法, 执法, 普法 are no laws
    (
        "法规",
        re.compile(
            r"实施《[^》]{4,40}》(?:的)?(?:办法|若干规定)$"
            r"|(?:条例|规定|实施细则|^中华人民共和国[^，。；]{1,40}法)(?:（[^（）]{2,20}）)?$"
        ),
    ),
    ("命令", re.compile(r"(?:政府|委员会|部|厅|局)令[）)]?$|的?命令[）)]?$")),
    *((form, re.compile(rf"{form}书?[）)]?$")) for form in ("决议", "决定", "通告", "公报", "通报")),
    ("公告", re.compile(r"(?:公告|公示)[）)]?$")),
    ("通知", re.compile(r"的?通知[）)]?$")),
    ("意见", re.compile(r"意见[）)]?$")),
    ("请示", re.compile(r"的?请示[）)]?$")),
    ("批复", re.compile(r"的?批复[）)]?$")),
    ("议案", re.compile(r"的?议案[）)]?$")),
    ("纪要", re.compile(r"纪要[）)]?$")),
    ("方案", re.compile(r"(?:方案|规划|计划|要点|办法|细则)[）)]?$")),
    ("函", re.compile(r"(?:函|答复)[）)]?$")),
    ("报告", re.compile(r"^(?!.*(?:调研|研究|分析))[^，。]{4,40}的报告[）)]?$")),
    ("指引", re.compile(r"(?:指引|指南|须知|流程|问答|\d{1,2}问|简介|详解)[）)]?$|常见问题")),
)
# 低保怎么办, 证件丢了吗？: the headline of a guide, and of many a report
_ASKS = (("指引", re.compile(r"如何|怎么|[？?]$|吗[？?]")),)
# …的讲话 names a speech. Without 的 the same word may be a verb that tells of one (厅长出席会议并讲话, 发表重要讲话,
# 到会致辞), so the text has to speak as a speech does.
_SPOKEN = (
    ("讲话稿", re.compile(r"讲话[）)]?$")),
    ("致辞", re.compile(r"致辞[）)]?$")),
    ("发言稿", re.compile(r"发言[）)]?$")),
)
# The forms of official papers, the first 15 those of the regulation of 2012: they are signed.
_PAPERS = "决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 法规 方案 指引"
PAPERS = frozenset(_PAPERS.split())
_FIRST_PERSON = re.compile(r"我(?:就|代表|讲|完全|谨|再|想|认为|强调|们)")
_HEAD = 12  # paragraphs
_REPORTS = re.compile(r"会议(?:指出|强调|要求|明确|认为|还|传达|以|由)")


def find_genre(read: Reading, meeting: Evidence[str] | None) -> Evidence[str] | None:
    """The form of the text: by its headline or red head, else by who speaks in it, which is a conclusion; None where
    neither shows. The words are those that show it."""
    talk = _talk(read)
    if talk is not None:
        return talk
    reported = _REPORTS.search(read.text[:5000]) if meeting is not None else None
    # a subtitle says the form where the headline is a motto: 织密“五张网”——某市经验交流材料
    forms = (read.title, *(line for line in read.header if line.startswith(("—", "―", "－", "–", "-"))))
    minutes = next((Evidence("纪要", line) for line in read.official if line.endswith("纪要")), None)
    named = minutes or _named(forms, _GENRES)
    if named and named.value == "法规" and is_lead(read.lead) and _ABOUT_A_LAW.search(read.title):
        named = None
    if named and not (named.value in QUOTABLE and (reported or read.is_news)):
        return named
    if reported and meeting is not None and not read.is_news:
        words = around(read.text, reported.start(), reported.end())
        return Evidence("学习会报道" if "学习" in meeting.value else "会议报道", words, "inferred")
    if is_speech(read):
        return _named(forms, _SPOKEN) or Evidence("讲话稿", next(iter(read.body), "")[:40], "inferred")
    begins = around(read.lead, 0, min(8, len(read.lead)))
    if read.is_news:
        return Evidence("新闻报道", begins, "inferred")
    told = is_lead(read.lead) or is_lead(opening(read.lead)) or _TOLD_ON.match(read.lead) or _told_later(read)
    if meeting is not None and not _addressed(read) and not told and (held := _held(read)):
        return Evidence("会议报道", held, "inferred")
    if told and not _FROM.match(read.lead) and not _addressed(read):
        holds = meeting is not None or _HOLDS.search(read.lead[:300])
        return Evidence("会议报道" if holds else "新闻报道", begins, "inferred")
    if asking := _named((read.title,), _ASKS):
        return asking
    said = [one for one in read.body[:_HEAD] if _REPORTS.match(one)]
    if len(said) > 1 and not _addressed(read):
        return Evidence(
            "会议报道", said[0][:40], "inferred"
        )  # 会议强调，… 会议要求，…: of a meeting that nothing names
    return None


# 新闻发布会, 在线访谈: where who speaks by turns is asked
_TALKS = (("发布会实录", re.compile("发布会")), ("访谈实录", re.compile("访谈|专访|做客|访谈嘉宾")))
_WRITTEN_DOWN = 3  # turns; fewer are what a report quotes


def _talk(read: Reading) -> Evidence[str] | None:
    """A press conference or an interview of which every turn is written down; a report of one has none."""
    above = "\n".join((read.title, *read.header, *read.body[:_HEAD]))
    named = next(((genre, found) for genre, form in _TALKS if (found := form.search(above))), None)
    if named is None or len(turns(read.body[:400])) < _WRITTEN_DOWN:
        return None
    genre, found = named
    return Evidence(genre, around(above, found.start(), found.end()), "inferred")


# 讲堂开讲养老服务条例, and on a day: a law is what it tells of
_ABOUT_A_LAW = lazy("开讲|学习|宣[讲传]|解读|培训|竞赛|贯彻")


# 讲话（摘要）, 报告（节选）: what of it is printed
_PART_OF = re.compile(r"[（(](?:摘要|节选|摘登|摘编|全文|要点|根据录音整理|书面|[一二三四五六七八九十])[）)]$")


def _named(forms: Sequence[str], kinds: Sequence[tuple[str, re.Pattern[str]]]) -> Evidence[str] | None:
    """The first kind that one of the lines names itself by."""
    bare = [(text, _PART_OF.sub("", text)) for text in forms]
    return next((Evidence(genre, text) for text, name in bare for genre, form in kinds if form.search(name)), None)


_HOLDS = lazy(
    r"(?:召开|举行|举办)[^。；]{2,60}(?:会议?|论坛|仪式)(?=[，。]|$)|(?:会议?|论坛|仪式)(?:在[^，。；]{2,16})?(?:召开|举行|举办)"
)
# 为弘扬敬老传统，10月23日，某县民政局…: the day and who did something stand behind what for
_LATER = lazy(
    r"(?:为|在|随着|围绕)[^，。；]{2,40}，(?:[^，。；]{2,40}，)?(?:\d{1,2}月\d{1,2}日(?:至(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?)?|近日|日前)[，,](?!我)"
)


# 7月9日上午，某市人民政府召开…会议: a later sentence of the lead that opens with the day and who held what
_HELD_THEN = lazy(
    r"[。，](?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}[日号](?:上午|下午|晚上?)?[，,]?(?!我[们局市县区省])[^，。；]{2,30}(?:召开|举行|举办)"
)
_HOLDS_TITLE = lazy(
    r"^[^，。；：]{2,30}?(?:召开|举行|举办)[^，。；]{2,60}(?:会议?|论坛|仪式|班|活动)(?:$|[ 　—])"
    r"|^[^，。；：]{2,40}(?:会议?|论坛|仪式)(?:在[^，。；：]{2,10})?(?:隆重|胜利|圆满|顺利|成功)?(?:召开|举行|举办|[开闭]幕)$"
)


def _held(read: Reading) -> str:
    """The words by which a text tells of a meeting that somebody held: its headline, or later its lead; else ""."""
    if found := _HOLDS_TITLE.match(read.title):
        return found.group()
    found = _HELD_THEN.search(read.lead[:400])
    return found.group().lstrip("。，") if found else ""


def _told_later(read: Reading) -> bool:
    return _LATER.match(read.lead) is not None and not re.search("我[们局市县区省]|特此|如下", read.lead)


def _addressed(read: Reading) -> bool:
    """Whether the text opens with whom it is sent to: 全市各社会组织："""
    opens = (*read.header[-1:], *read.body[:1])
    return any(len(line) <= 60 and line.endswith("：") and not is_lead(line) for line in opens)


_FROM = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日起")
# 2024年3月5日上午，某市民政局…: somebody else tells of it
# 3月5日某市民政局召开…: without a year and a comma who held what has to follow
_TOLD_ON = lazy(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:上午|下午|晚上?)?[，,]?(?!起|我[们局市县区省就]|以来)"
    r"|\d{1,2}月\d{1,2}[日号][，,]?(?!起|以来)(?!我[们局市县区省就])[^，。；：]{2,24}(?:召开|举行|举办|组织|开展)"
)


# Own words show themselves: who speaks greets, or says I or we; a body says 我们, 我市, 全市.
_OWN_WORDS = lazy(r"我(?![国党军])|(?<!会议)[，。]要|同志们|全[省市县区]")
_IN_A_MEETING = lazy(r"在.{2,60}[上中](?:的)?(?:讲话|致辞|发言|报告)")
_BY_FORM = lazy(r"的[^，。；]{0,4}(?:讲话|致辞|发言)[）)]?$|政府工作报告")


def is_quotable(read: Reading, genre: str | None) -> bool:
    """Whether the words are one person's or one body's own: only where something shows it, never by the form alone."""
    if genre not in QUOTABLE or turns(read.body[:400]) or _tells_of_it(read):
        return False
    titled = any(_IN_A_MEETING.search(text) or _BY_FORM.search(text) for text in (read.title, *read.header))
    if titled or is_speech(read):
        return True
    return not _SUMMARY_AND_PLAN.search(read.title) and any(
        _OWN_WORDS.search(paragraph) for paragraph in read.body[:40]
    )


_WHOSE = lazy(r"([\u4e00-\u9fff·]{2,12}?)(?:同志)?在[^，。；]{2,60}[上中]的(?:讲话|致辞|发言|报告)")


def _tells_of_it(read: Reading) -> bool:
    """Notes on a speech (读《…讲话》): who speaks after the headline does not say 某某在讲话中指出 of himself."""
    found = _WHOSE.search(read.title)
    if found is None or is_speech(read):
        return False
    who = re.escape(found.group(1)[-3:])
    return (
        re.search(rf"{who}(?:同志)?(?:在[^，。；]{{0,20}}讲话中)?(?:指出|强调|要求|认为)", read.text[:5000]) is not None
    )


def is_speech(read: Reading) -> bool:
    """A speech: it greets its hearers or says I at its beginning, and has no dateline."""
    if read.is_news:
        return False  # as six rules ask of each page
    greets = any(SALUTATION.match(p) or _GREETS.match(p) for p in read.body[:3])
    says_i = _FIRST_PERSON.search("".join(read.body[:8]))
    titled = says_i and any(form.search(read.title) for _, form in _SPOKEN)
    return bool((greets or titled) and not _LETTER.search(read.title))


_LETTER = re.compile("(?:信|倡议书)[）)]?$")
# a greeting with the first sentence behind it: 同志们，今天…
_GREETS = re.compile(
    r"(?:尊敬的|亲爱的)?(?:同志们|各位(?:代表|领导|来宾|同志|朋友|委员)|女士们|朋友们|大家好)[，,：:！!]"
)
