"""Title, date, region, issuing body, meeting, speakers, source and genre of an article, each with its evidence.

Trust goes down this order: what a person corrected, what the page states beside its text, the text. What none of
them says stays absent; what is concluded says so and shows the words it was concluded from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.articles.articles import Article
from indexer.articles.lines import Line
from indexer.facts.dates import find_date
from indexer.facts.genre import find_genre, is_quotable
from indexer.facts.issuer import find_issuer, inferred_issuer, qualified
from indexer.facts.official import find_document_number
from indexer.facts.readable import Reading, reading
from indexer.facts.region import find_region, region_doubt
from indexer.facts.source import find_source, opening
from indexer.facts.speakers import find_speakers
from indexer.facts.turns import with_turns
from search.documents.document import Evidence, Metadata, PartialDate
from search.text.patterns import lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of an article, and what only its warnings need: the words that its year was concluded from, and
    those that put its region in doubt. Neither is kept with the document."""

    metadata: Metadata
    year_words: str = ""
    region_doubt: tuple[str, ...] = ()


def describe(article: Article, paragraphs: Sequence[Line]) -> Described:
    """Everything the article says of itself. paragraphs: its clean text."""
    read = reading(article, paragraphs)
    meeting = find_meeting(read)
    at_meeting = meeting is not None or _is_of_meeting(read)
    found = with_turns((*read.header, *read.body), find_speakers(read, at_meeting=at_meeting))
    speakers = tuple(
        replace(one, name=read.as_written(one.name), evidence=read.as_written(one.evidence)) for one in found
    )
    form = find_genre(read, meeting)
    genre = form.value if form else None
    doubt = region_doubt(read, genre)
    issuer = None if doubt else find_issuer(read)
    region, place, level = find_region(read, issuer, meeting, speakers)
    if issuer is None and not doubt:
        issuer = inferred_issuer(read, region, speakers)
    issuer = qualified(issuer, region, place.value if place else None)
    date, year_words = find_date(read, meeting, genre)
    metadata = Metadata(
        title=article.title or _derived_title(read, issuer, meeting, date),
        date=date,
        region=region,
        place=place,
        level=level,
        issuer=issuer,
        meeting=meeting,
        speakers=speakers,
        source=find_source(read),
        genre=form,
        quotable=is_quotable(read, genre),
        document_number=find_document_number(read),
    )
    return Described(metadata=metadata, year_words=year_words, region_doubt=doubt)


# --- meeting ---------------------------------------------------------------------------------------------------

_GATHERING = (
    r"(?:会议|大会|学习会|座谈会|推进会|调度会|现场会|部署会|动员会|视频会|培训会|工作会|发布会|交流会|研讨会|报告会|总结会|通报会"
    r"|党组会|全会|论坛|讲座|讲堂|仪式|培训班|活动|会|(?:中心组|集体|集中|专题)(?:理论)?学习)"
)
_AND_ANOTHER = "(?:暨[^，。；：、！？在]{2,30})?"  # 安全生产工作会议暨消防安全培训
_IN_TITLE = re.compile(
    r"在(.{4,60}?(?:会议|大会|会|论坛|仪式|班))(?:闭幕|开幕)?(?:上|期间)的(?:讲话|致辞|发言|报告|总结|主持词)"
)
_HELD = re.compile(
    rf"(?:召开|举行|举办|组织召开)(?:了)?([^，。；：、！？]{{2,70}}{_GATHERING}{_AND_ANOTHER})(?=[，。；：、！？（\s]|$|上|强调|部署|传达)"
)
_WAS_HELD = re.compile(
    rf"(?:^|[，。日午])([^，。；：、！？]{{4,50}}{_GATHERING}{_AND_ANOTHER})"
    r"(?:\d{1,2}日(?:[上下]午)?)?(?:在[^，。；：]{1,20})?"
    "(?:隆重|正式|顺利)?(?:召开|举行|开幕|闭幕|开班)(?!在即|前|之际|后|以来|期间|时)"
)
_OPENS = re.compile("召开|举行|开幕|闭幕|开班")
_AT = re.compile(r"在(.{4,60}?(?:会议|大会|会|论坛))上$")


def _was_held(text: str) -> re.Match[str] | None:
    """Its name may begin anywhere, so it is looked for where one of its verbs stands."""
    return _WAS_HELD.search(text) if _OPENS.search(text) else None


# 两次召开会议, 召开党组会: a meeting without a name
_MEETS = re.compile(
    r"(?:召开(?:了)?(?:党组|专题|局务)?会(?:议)?|(?:出席|参加)(?:了)?(?:会议|大会|[^，。；]{0,12}仪式))(?=[，。：]|并)"
    # 召开了“敬老月座谈会”
    rf"|(?:召开|举行|举办)(?:了)?“[^“”]{{2,40}}{_GATHERING}”"
    # 培训班在云溪圆满举办
    rf"|{_GATHERING}(?:在[^，。；：]{{1,24}}?)?(?:圆满|顺利|隆重|成功|正式)?(?:举办|开班|开营|开讲|启动|落幕)(?=[，。])"
)


def _is_of_meeting(read: Reading) -> bool:
    """Whether one of the first paragraphs tells that a meeting was held; the very first may be a rest of the page."""
    return _MEETS.search(read.lead[:300]) is not None or any(
        _HELD.search(one[:300]) or _was_held(one[:300]) for one in read.body[:3]
    )


def find_meeting(read: Reading) -> Evidence[str] | None:
    """The meeting spoken at or reported on: from the headline, else from the first paragraph."""
    for line in read.header:
        if found := _AT.search(line) or _IN_TITLE.search(line):
            return Evidence(found.group(1), line)
    for text, forms in (
        (read.title, (_IN_TITLE.search, _HELD.search)),
        (opening(read.lead)[:300], (_HELD.search, _was_held)),
        (read.title, (_was_held,)),
    ):
        for looked_for in forms:
            if found := looked_for(text):
                return Evidence(_WHO_HOLDS_IT.sub("", found.group(1)), found.group().strip("，。"))
    return None


_WHO_HOLDS_IT = re.compile(r"^由[^，。；]{2,40}?(?:[主承举合]办|组织|发起|指导)的(?=.{4})")


# --- title -----------------------------------------------------------------------------------------------------

_MAX_TITLE = 40


def _derived_title(
    read: Reading, issuer: Evidence[str] | None, meeting: Evidence[str] | None, date: Evidence[PartialDate] | None
) -> Evidence[str]:
    """A title for a text without one: body and meeting and day, else its first clause. Always marked as derived."""
    if meeting is not None:
        body = issuer.value if issuer and not meeting.value.startswith(issuer.value) and not read.is_news else ""
        day = _day_label(date.value) if date and date.value.day else ""
        return Evidence(f"{body}{meeting.value}{day}", meeting.text, "derived")
    if read.hints.title:
        return Evidence(read.hints.title, read.hints.title)
    sentence = re.split(r"[。！？]", opening(read.shown_lead))[0].lstrip("：: 　")
    clauses = [one for one in re.split(r"(?<=[，；])", sentence) if not _ONLY_WHEN.fullmatch(one)] or [sentence]
    title = clauses[0]
    for clause in clauses[1:]:
        if len(title) + len(clause) > _MAX_TITLE:
            break
        title += clause
    return Evidence(title.rstrip("，；：")[:_MAX_TITLE] or "（无标题）", sentence, "derived")


# 9月3日下午，: says when, and of nothing what
_ONLY_WHEN = lazy(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?:至(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?|凌晨|中午|夜)?[，；]?"
    r"|(?:日前|近日|今天|昨天|昨日|今日|连日来|近期)[，；]?"
)


def _day_label(date: PartialDate) -> str:
    return f"（{date.year}年{date.month}月{date.day}日）"


def without_date(described: Described) -> Described:
    """The same with the date given up, because the text contradicts it."""
    return replace(described, metadata=replace(described.metadata, date=None), year_words="")
