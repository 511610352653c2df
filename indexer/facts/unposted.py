"""Persons that stand before a verb of speaking without a post: by the place in the sentence where a subject stands, and
by names that could be nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.articles.names import is_called, is_word
from indexer.facts.endings import courtesy_end, goes_on, names_what_follows, parts_before
from indexer.facts.people import Person
from indexer.facts.places import is_short, leading
from indexer.facts.speaking import SPEAKS
from indexer.facts.sure import PEOPLE, is_sure
from search.text import known, surname_set, surnames
from search.text.patterns import lazy

_ORGAN = r"[\u4e00-\u9fff](?:[局厅部委办院处科室股校站所馆]|中心|街道|社区|政府|公司|协会|联合会|政协|人大|工会)"


@cache
def _opening() -> re.Pattern[str]:
    """What a name may stand behind: where the sentence begins, a meeting or a time is left behind, an organ ends."""
    begins = "".join(surnames("frequent", "other"))
    return re.compile(
        r"(?:(?:[会议式班坛动间]上|[座会]谈[会中时]?|随后|最后|首先|其间|期间|现场|会[前中后])，?|[，：由]|(?<![\u4e00-\u9fff])[如而]"
        # 自强模范|某某某, 退伍老兵|某某某: behind a word for a person
        r"|[者员手星兵士友人民生师]"
        rf"|来自[^，。；]{{2,20}}的|(?P<organ>{_ORGAN}的?|[\u4e00-\u9fff]{{2}}[镇乡村县市区园院会队店厂]的)|(?P<people>{PEOPLE}))(?=[{begins}])"
    )


_ORGAN_BETWEEN = lazy(rf"[\u4e00-\u9fff]{{1,14}}?{_ORGAN}")
_JOINT = ("、", "和", "与", "及")
_MOST = 10


def unposted(text: str, start: int, stop: int) -> Iterator[tuple[Person, ...]]:
    """Every name, or names joined by 、, that text[start:stop] or a clause of it opens with and that could be nothing
    else; behind an organ or a word for people, too. A verb has to follow the last of them."""
    yield from _group(text, start, stop, None, shown=False)
    for opening in _opening().finditer(text, start, stop):
        people = opening.group("people") is not None
        post = _words(text, start, opening.end()) if people else None
        yield from _group(text, opening.end(), stop, post, shown=people or opening.group("organ") is not None)


_ITEM = re.compile("[\u4e00-\u9fff]{2,4}(?=、)")


def _listed(text: str, at: int, stop: int) -> bool:
    """Whether a list begins at `at` whose members could all be names, and one of them (章明、范立新、…) or two of three
    characters that no dictionary has (徐念念、陈先锋、…) nothing else."""
    sure, likely = False, 0
    while item := _ITEM.match(text, at, stop):
        name = item.group()
        if not is_called(name) or is_word(name) or leading(name):
            return False
        sure = sure or (len(name) > 2 and is_sure(name, shown=False))
        likely += len(name) == 3 and not known(name) and is_sure(name, shown=True)
        at = item.end() + 1
    return sure or likely > 1 or _name_end(text, at, stop, shown=False) > at


def _group(text: str, at: int, stop: int, post: str | None, *, shown: bool) -> Iterator[tuple[Person, ...]]:
    """shown: whether an organ or a word for people stands before, so that 同志 behind shows a name of two, too."""
    found: list[Person] = []
    listed = _ITEM.match(text, at, stop) is not None and _listed(text, at, stop)
    while len(found) < _MOST:
        end = _name_end(text, at, stop, shown=shown or listed or bool(found), short=listed)
        if end == at and found and (organ := _ORGAN_BETWEEN.match(text, at, stop)):
            at = organ.end()
            end = _name_end(text, at, stop, shown=True)
        if end == at:
            return
        found.append(Person(text[at:end], post, at, end))
        yield tuple(found)
        end = courtesy_end(text, end)
        if not text.startswith(_JOINT, end):
            return
        at = end + 1


def _name_end(text: str, at: int, stop: int, *, shown: bool, short: bool = False) -> int:
    """Where a name ends that begins at `at`, and `at` where none does. short: whether two characters will do."""
    before = shown
    shown = shown or courtesy_end(text, at + 3) > at + 3
    if text[at : at + 1] not in surname_set("frequent", *(("other",) if shown else ())):
        return at
    if before and at and is_word(text[at - 1 : at + 1]):
        return at  # 办|公室
    if courtesy_end(text, at + 2) > at + 2:
        return at + 2 if _ends(text, at, at + 2, stop, shown=True) else at
    if _ends(text, at, at + 3, stop, shown=shown):
        return at + 3
    short = short or _speaks_at_once(text, at, stop)
    return (
        at + 2 if short and _ends(text, at, at + 2, stop, shown=True) and not names_what_follows(text, at + 2) else at
    )


# 、李某 of who is named together with another
_FELLOW = lazy(r"[、和与及][\u4e00-\u9fff]{2,3}")
_MOST_FELLOWS = 5


def _speaks_at_once(text: str, at: int, stop: int) -> bool:
    """Whether two characters that no dictionary and no map has stand where one stands who speaks: 由|王某|主持, and
    with who is joined to them 王某、李某|作交流发言."""
    if known(text[at : at + 2]) or (behind := _fellows_end(text, at + 2, stop)) is None:
        return False
    named = (text[at : at + 2], *re.split("[、和与及]", text[at + 2 : behind])[1:])
    return not any(known(one) or is_short(one) for one in named)


def _fellows_end(text: str, at: int, stop: int, most: int = _MOST_FELLOWS) -> int | None:
    """Where a word for speaking begins, behind as few fellows as may be and each as long as may be; None where none
    does. As one pattern with SPEAKS in it this took 30 ms to be made, for what one text in ten asks about."""
    if SPEAKS.match(text, at, stop):
        return at
    fellow = _FELLOW.match(text, at, stop) if most else None
    ends = range(fellow.end(), at + 2, -1) if fellow else ()
    return next((end for one in ends if (end := _fellows_end(text, one, stop, most - 1)) is not None), None)


def _ends(text: str, at: int, end: int, stop: int, *, shown: bool) -> bool:
    """Whether text[at:end] is a name with a word or an end behind it: not 家属代|表, 养老示|范区, 某某对|大会."""
    if end > stop or is_word(text[end - 1 : end + 1]) or (goes_on(text, end - 1) and parts_before(text, end)):
        return False
    return (goes_on(text, end) or courtesy_end(text, end) > end) and is_sure(text[at:end], shown=shown)


_PAUSE = "，。；：！？、\n"


def _words(text: str, start: int, end: int) -> str:
    """县领导, 云溪社区居民: the words up to a word for people."""
    return text[max(start, *(text.rfind(mark, start, end) + 1 for mark in _PAUSE)) : end]
