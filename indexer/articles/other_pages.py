"""Lists of other pages' titles under a text: known by what their lines have alike, days, and telling of deeds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.marks import complete
from search.text.patterns import lazy

# What stands under a text and is the text's own.
OWN = lazy(r"附件|附：|附表|抄送|主送|\d{1,2}[.、．]|.*\.(?:docx?|xlsx?|pdf|wps)$")
# What is left of a picture or of the mark of an item.
NO_WORD = lazy(r"[-—–─━═_=*~·•|｜丨/\\`+(){};'\", ]{1,40}")
# A longer line is a paragraph.
LONG = 80
_FEWEST = 3


def before_list(texts: Sequence[str], start: int, end: int) -> int:
    """Where a list of other pages' titles begins under the text: three lines or more that all end (…某某网) or begin
    ([组图]) with the same characters, straight above `end`."""
    filled = [i for i in range(start, end) if texts[i]]
    end = _before_stamps(texts, filled, end)
    end = _before_titles(texts, [i for i in filled if i < end], end)
    filled = [i for i in filled if i < end]
    for same in (slice(-3, None), slice(0, 2)):
        run: list[int] = []
        for i in reversed(filled):
            text = texts[i]
            title = 10 <= len(text) <= LONG and not complete(text) and not OWN.match(text)
            if not title or (run and texts[run[-1]][same] != text[same]):
                break
            run.append(i)
        if len(run) >= _FEWEST and not re.match(r"[一二三四五六七八九十\d（(第]", texts[run[0]]):
            return run[-1]
    return end


# When another page was put up: a day in figures, a few characters beside it.
_STAMP = lazy(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?P<clock>[ T]{0,2}\d{1,2}:\d\d(?::\d\d)?)?.{0,8}")
# What headlines of news have and the names in a list have not.
_OF_NEWS = lazy("[，！？：“”!?,:|｜]")


def _before_stamps(texts: Sequence[str], filled: Sequence[int], end: int) -> int:
    """Where a list of other pages begins that says when each was put up: three lines and more of a day and a time, or
    three headlines each with its day below. Days alone may stand in a list of the text's own."""
    stamps = [_STAMP.fullmatch(texts[i]) for i in filled]
    run = run_behind([bool(stamp and stamp["clock"]) for stamp in stamps])
    if run >= _FEWEST:
        return filled[len(filled) - run]
    behind = stamps[len(stamps) % 2 :]
    pairs = run_behind([not above and bool(stamp) for above, stamp in zip(behind[::2], behind[1::2], strict=True)])
    start = len(filled) - 2 * pairs
    news = sum(bool(_OF_NEWS.search(texts[i])) for i in filled[start::2])
    return filled[start] if pairs >= _FEWEST and news >= 2 else end


def run_behind(holds: Sequence[bool]) -> int:
    """How many at the end hold."""
    return next((at for at, one in enumerate(reversed(holds)) if not one), len(holds))


# A title of another page: a bullet before it or a day behind it, or a clause that tells of something done.
_DAY_BEHIND = lazy(
    r"(?:[\[（( \u3000](?:20\d\d[-/.年])?|(?<=[^\d-]{4})20\d\d[-/.])\d{1,2}[-/.月]\d{1,2}日?[\])）]?$", re.A
)
_TELLS = lazy(
    r"召开|举行|举办|开展|部署|推进|调研|启动|走访|慰问|检查|印发|发布|学习|落实|打造|助力|举措|成立|出席|会见"
)
_HASH = re.compile(r"[0-9a-f]{24,64}", re.I)


def _before_titles(texts: Sequence[str], filled: Sequence[int], end: int) -> int:
    """Where titles of other pages begin under the text: two lines with a day behind each, three that tell of deeds."""
    run: list[int] = []
    dated = 0
    for i in reversed(filled):
        text = texts[i]
        if run and NO_WORD.fullmatch(text):  # what is left of a picture or of the mark of an item
            continue
        day = bool(_DAY_BEHIND.search(text)) and len(text) >= 14
        deed = (
            10 <= len(text) <= 60
            and bool(_TELLS.search(text))
            and not re.search(r"[，。；：:！？]|关于|第.{1,3}[章条]", text)
        )
        if _HASH.fullmatch(text):
            end = i if not run else end
            continue
        if complete(text) or OWN.match(text) or re.match(r"[一二三四五六七八九十（(]", text) or not (day or deed):
            break
        run.append(i)
        dated += day
    return run[-1] if len(run) >= _FEWEST or (dated >= 2 and dated == len(run)) else end
