"""The speakers of a transcript, from what stands before their words: 【甲】, 甲：, 主持人（某局局长 甲）：."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.articles.names import POST, is_name
from indexer.articles.transcripts import is_role, turn, turn_post, turns
from indexer.facts.people import Names
from indexer.facts.places import is_short
from search.documents.document import Speaker
from search.text.patterns import lazy

_MOST = 2_000  # paragraphs
_READ = 8_000  # characters in which the posts of those who speak are looked for
# 主持人（县府办主任 甲）：
_IN_BRACKETS = lazy(rf"[^（(：:]{{1,16}}[（(]([^（）()]{{0,38}}{POST})[ \u3000]?([\u4e00-\u9fff·]{{2,8}})[）)]")
# 甲　县民政局副局长, in the list of who takes part
# 发布人：县民政局副局长　甲
_LABELLED = re.compile(
    rf"(?:[^：:，。]{{2,8}}[：:])?[\s\u3000]{{0,6}}([\u4e00-\u9fff、（）]{{2,40}}{POST})[ \u3000]{{1,4}}"
    r"([\u4e00-\u9fff·]{2,8})"
)
# 主持人：甲（县民政局副局长）
_BESIDE = re.compile(
    rf"[^：:，。]{{2,8}}[：:][\s\u3000]{{0,6}}([\u4e00-\u9fff·]{{2,8}})[（(]([\u4e00-\u9fff、]{{2,40}}{POST})[）)]"
)
_LISTED = re.compile(rf"([\u4e00-\u9fff·]{{2,8}})[\s\u3000：:，,]{{1,3}}([\u4e00-\u9fff、（）]{{2,40}}{POST})")


def with_turns(paragraphs: Sequence[str], named: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Those who take turns, with the posts that other words of the text give them, and who is told to have spoken
    before the first turn or begins a paragraph that is none; named where nobody takes turns."""
    posts = {one.name: one.post for one in named}
    turned = turn_speakers(paragraphs)
    if not turned:
        return tuple(named)
    first = min(turns(paragraphs[:_MOST]))
    above = "\n".join(paragraphs[:first])
    between = [line for line in paragraphs[first:_MOST] if not turn(line)]
    others = [one for one in named if one.evidence in above or any(line.startswith(one.evidence) for line in between)]
    taking = {one.name for one in turned}
    return (
        *(one for one in others if one.name not in taking),
        *(replace(one, post=one.post or posts.get(one.name)) for one in turned),
    )


def turn_speakers(paragraphs: Sequence[str]) -> tuple[Speaker, ...]:
    """Each named speaker of a transcript once, in the order in which they begin; none of other texts."""
    shown = paragraphs[:_MOST]
    begins = sorted(turns(shown))
    posts = Names("\n".join(shown)[:_READ]).posts | dict(listed(shown)) if begins else {}
    found: dict[str, Speaker] = {}
    for at in begins:
        if speaker := _speaker(shown[at], posts):
            found.setdefault(speaker.name, speaker)
    return tuple(found.values())


def listed(paragraphs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and post of everybody whom a line of a list names, 云溪镇镇长　某某."""
    for paragraph in paragraphs:
        if len(paragraph) <= 60 and (found := _LISTED.fullmatch(paragraph)) and is_name(found.group(1)):
            yield found.group(1), found.group(2)
        elif len(paragraph) <= 60 and (found := _LABELLED.fullmatch(paragraph)) and is_name(found.group(2)):
            yield found.group(2), found.group(1)
        elif len(paragraph) <= 60 and (found := _BESIDE.fullmatch(paragraph)) and is_name(found.group(1)):
            yield found.group(1), found.group(2)


def _speaker(line: str, posts: dict[str, str]) -> Speaker | None:
    who = turn(line)
    post = turn_post(line)
    role = "主持" if "主持人" in (who[:3], post) else "发言"
    named = _IN_BRACKETS.match(line)
    if named and is_name(named.group(2)):
        return Speaker(named.group(2), named.group(1), role, named.group())
    if is_role(who) or not is_name(who) or is_short(who):
        return None  # 山东：
    own = post if re.search(rf"{POST}$", post) else None
    return Speaker(who, own or posts.get(who), role, f"{post}{who}")
