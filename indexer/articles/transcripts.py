"""Transcripts: who speaks stands before what is said, 【甲】, 甲：, 记者：. Nothing in them opens another article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.articles.names import POST, is_called, is_name, is_word
from indexer.articles.remembered import remembered
from search.text.patterns import lazy

_ROLE = r"(?:主持人|记者|[\u4e00-\u9fff]{2,14}记者|提问|问|答|网友|嘉宾|发言人|主播|听众|观众|群众|代表|委员)\d?"
_BRACKETS = re.compile(r"[【\[]([\u4e00-\u9fff· \u3000]{1,16})[】\]]")
_COLON = re.compile(r"([\u4e00-\u9fff·]{1,16})[ \u3000]?(?:[（(][^（）()]{1,40}[）)])?[：:]")
# 市民政局局长 甲：, [县民政局副局长 乙]：, 主持人 丙：, 云溪大学学生 丁：
_PART = rf"(?:{POST}|主持人|嘉宾|观察员|(?:学生|村民|居民|志愿者|家属|社工|学员)(?=[ \u3000]))"
_POSTED = lazy(
    rf"[【\[]?([\u4e00-\u9fff、（）“”]{{0,40}}?{_PART})[ \u3000]{{0,2}}"
    r"([\u4e00-\u9fff·]{2,8})[】\]]?[：:]"
)
# 云溪日报记者, 《云溪报》记者: who asks, alone on a line and without a sign behind it
_ASKS = lazy(r"(?:[\u4e00-\u9fff]{0,10}《[^》]{2,12}》[\u4e00-\u9fff]{0,4}|[\u4e00-\u9fff]{1,14}[报社网台视])记者")
_FEWEST = 3  # turns


@remembered
def turn(line: str) -> str:
    """Who a line says that speaks from here on; empty where it does not look so."""
    if not _may_begin(line):
        return ""
    found = _BRACKETS.match(line) or _COLON.match(line)
    who = re.sub(r"\s", "", found.group(1)) if found else ""
    if who.endswith("答") and is_name(who[:-1]):
        return who[:-1]  # 某某某答：
    if who and (is_role(who) or is_name(who)):
        return who
    posted = _POSTED.match(line) if _ends_in_name(line) else None
    return posted.group(2) if posted and is_name(posted.group(2)) else ""


def _may_begin(line: str) -> bool:
    """Whether a bracket or a colon stands where it may say who speaks."""
    head = line[:60]
    return "：" in head or ":" in head or line[:1] in "【["


def _ends_in_name(line: str) -> bool:
    """Whether what stands before the first colon may end in a name, which costs less to see than a post before it."""
    head = re.split("[：:]", line[:60], maxsplit=1)[0].rstrip("】] 　")
    return "·" in head or any(is_name(head[-length:]) for length in (2, 3, 4))


def turn_post(line: str) -> str:
    """The post, or the part, that stands before the name of who speaks: 局长 of 局长 甲：; empty without one."""
    posted = _POSTED.match(line) if turn(line) else None
    return posted.group(1) if posted and posted.group(2) == turn(line) else ""


def is_role(who: str) -> bool:
    """主持人, 晚报记者, 问: who says it by his part, without a name."""
    return re.fullmatch(_ROLE, who) is not None


def asks(line: str) -> bool:
    """Whether a line says by his paper who asks, and no more: 云溪日报记者. Under a headline he may have written it."""
    return line.endswith("记者") and _ASKS.fullmatch(line) is not None


def is_turn_alone(line: str) -> bool:
    """【甲】, 记者：: nothing but who speaks. A headline may begin so (甲：要抓好落实), but it says more."""
    return bool(turn(line)) and any(pattern.fullmatch(line) for pattern in (_BRACKETS, _COLON, _POSTED))


def turns(lines: Sequence[str]) -> frozenset[int]:
    """Which lines of a transcript begin a turn; none where the text is none.

    A transcript has three turns of two speakers or more, and one who asks or leads, or speakers who speak again: 要求：
    and 责任人： stand before lines of a plan, too. What only looks like a name (时间：) speaks once.
    """
    may_begin = [at for at, line in enumerate(lines) if _may_begin(line) or line.endswith("记者")]
    if len(may_begin) < _FEWEST:  # as of most texts
        return frozenset()
    found = {at: who for at in may_begin if (who := turn(lines[at]) or ("记者" if asks(lines[at]) else ""))}
    if len(found) < _FEWEST:
        return frozenset()
    often = Counter(found.values())
    found = {at: who for at, who in found.items() if often[who] > 1 or is_role(who) or _is_person(who)}
    times = Counter(found.values())
    leads = any(is_role(who) or turn_post(lines[at]) == "主持人" for at, who in found.items())
    again = sum(count > 1 for count in times.values())
    if len(found) < _FEWEST or len(times) < 2 or not (leads or again > 1):
        return frozenset()
    return frozenset(at for at, who in found.items() if times[who] > 1 or re.fullmatch(_ROLE, who) or leads)


def _is_person(who: str) -> bool:
    """Who speaks only once needs a name that is no word: 时间：, 单位： and 方向： begin as surnames do."""
    return is_called(who) and not is_word(who)
