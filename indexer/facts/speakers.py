"""Who spoke: bylines under a headline, attendance clauses in a report. Who is only named is no speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.articles.names import POST, is_name, is_named_after_post
from indexer.facts.genre import is_speech
from indexer.facts.readable import Reading
from search.documents.document import Speaker
from search.text import known, surnames

# What makes a person a speaker. Attending alone (出席会议) does not; the verb that speaks must be there.
_SPOKE = (
    r"(?:(?:到会|出席|主持|参加|列席)(?:会议|大会|座谈会|推进会|仪式|开幕式|活动|集体学习|学习|学习会|论坛|培训班)?(?:并|，并)?(?:作|做|发表|致)?(?:了)?(?:重要|总结|动员|表态|主旨)?(?:讲话|致辞|报告|发言|强调|提出要求|作指导)"
    r"|主持(?:召开)?(?:会议|大会|集体学习|学习|座谈会|仪式)?(?:并(?:讲话|总结|发言|作总结讲话))?(?=[，。；、]|$)"
    r"|(?:作|做|作了|做了|代表[^，。；]{2,30}?(?:作|做))(?:题为[^，。；]{2,60}的)?(?:了)?(?:民政|政府)?(?:工作|主题|主旨|动员|总结|专题|情况|重要)?(?:报告|讲话|发言|部署|辅导|总结)"
    r"|以(?:《[^》]{1,60}》|[^，。；]{2,40})为题[^，。；]{0,6}?(?:讲|作|授)[^，。；]{0,12}(?:课|报告|讲话|宣讲)|讲(?:了)?(?:专题)?党课"
    r"|(?:致|发表)(?:了)?(?:重要|主旨|开幕|闭幕|欢迎|新年)?(?:讲话|致辞|辞|演讲|贺词)|讲话(?=[，。；]|$)|宣读[^，。；]{2,40}"
    r"|传达(?:了)?[^，。；]{2,40}精神|通报(?:了)?[^，。；]{2,40}情况)"
)
_POST_END = re.compile(POST)
_SPOKE_HERE = re.compile(rf"(?:同志)?(?:分别)?({_SPOKE})")
_POST_START = re.compile(r"[，。；：！？]")
_SPEAKER_LABEL = re.compile(r"(?:讲话人|主讲人|报告人|发言人|致辞人|演讲人|宣讲人)[ \u3000]{0,4}[：:]\s{0,4}(.{2,40})$")
_BYLINE = re.compile(rf"^[—–－-]{{0,4}}[（(]?(.{{0,40}}?{POST})[ \u3000]{{0,4}}([\u4e00-\u9fff·]{{2,12}})[）)]?$")
_BARE_NAME = re.compile(r"^[（(]?([\u4e00-\u9fff·]{2,12})[）)]?$")


def find_speakers(read: Reading) -> tuple[Speaker, ...]:
    """Who spoke: the byline of a speech; the attendance clauses of a report. Who is only named is no speaker."""
    byline = tuple(_byline_speakers(read))
    if byline or is_speech(read):
        return byline
    reported = (s for paragraph in read.body[:6] for s in (*_attending(paragraph), *_interviewed(paragraph)))
    return tuple({speaker.name: speaker for speaker in reversed(list(reported))}.values())[::-1]


def _byline_speakers(read: Reading) -> Iterator[Speaker]:
    """湖北省某市民政局局长　某某某, 讲话人：某某某, or a name alone, under the headline."""
    role = "作政府工作报告" if "政府工作报告" in read.title else "讲话"
    for line in read.header:
        label = _SPEAKER_LABEL.search(line)
        words = label.group(1) if label else line
        if (named := _BYLINE.match(words)) and is_named_after_post(named.group(2)):
            yield Speaker(named.group(2), named.group(1), role, line)
        elif (named := _BARE_NAME.match(words)) and is_name(named.group(1)):
            yield Speaker(named.group(1), None, role, line)


def _attending(paragraph: str) -> Iterator[Speaker]:
    """Post, name and a verb of speaking in a row: 厅党组书记、厅长某某主持集体学习并讲话."""
    for post_end in _POST_END.finditer(paragraph):
        at = post_end.end()
        for end in (*_name_ends(paragraph, at),):
            spoke = _SPOKE_HERE.match(paragraph, end)
            if spoke and is_name(name := paragraph[at:end]) and not _is_wording(name):
                before = re.split(_POST_START, paragraph[max(0, at - 60) : at])[-1]
                post = _NOT_POST.sub("", before)
                yield Speaker(name, post, spoke.group(1), f"{post}{name}{spoke.group(1)}")
                break


def _is_wording(name: str) -> bool:
    """全程, 应邀, 向大会, 于会上: a word after a post that begins as a surname does is no name.

    A rare surname and a word of the dictionary; with a frequent one the dictionary's words are mostly names
    themselves (王平; of those that begin with 王李张刘陈杨 97 of 100 are).
    """
    rare = name[0] not in surnames("frequent")
    placed = name[0] in _PREPOSITIONS
    return (rare and (known(name) or (placed and known(name[1:])))) or (placed and name.endswith("上"))


_PREPOSITIONS = frozenset("向于从在对就由和与")
_NOT_POST = re.compile(r"^(?:会上|会议由|随后|最后|其间|期间|会前|会后|由)")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}")


def _name_ends(text: str, at: int) -> Iterator[int]:
    """Where a name that begins at `at` may end: a dotted name whole, else after 2, 3 or 4 characters."""
    if dotted := _DOTTED.match(text, at):
        yield from range(dotted.end(), max(at + 2, dotted.end() - 8), -1)
    yield from range(at + 2, min(at + 4, len(text)) + 1)


_INTERVIEWED = re.compile(
    rf"(?:采访了?|专访了?)([^，。；：]{{0,30}}?{POST})([\u4e00-\u9fff]{{2,3}})(?=[，。；、]|就|谈|介绍|解读)"
)


def _interviewed(paragraph: str) -> Iterator[Speaker]:
    """记者采访了某市民政局副局长某某: who answers questions speaks."""
    for found in _INTERVIEWED.finditer(paragraph):
        if is_name(found.group(2)):
            yield Speaker(found.group(2), found.group(1), "答记者问", found.group())
