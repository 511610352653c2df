"""Old names in a draft with today's: 五保户 → 特困人员. The pairs are the lexicon's."""

from __future__ import annotations

import re
from functools import cache

from search import text
from search.documents.document import Span
from search.quotations.values import Renamed

# Of the pairs that synonyms.tsv calls old_name, the side that is not said today.
_OLD_NAMES = (
    "低收入家庭 五保 五保对象 五保户 五保供养 五保供养对象 农村五保供养服务机构 支出型困难家庭 支出型贫困家庭 收容遣送 "
    "收容站 托老所 老年痴呆 老年性痴呆 临终关怀 孤儿院 单身证明 火葬场 民办非企业单位 民非 民间组织 非法民间组织 "
    "社区民间组织 残废 精神病人 精神病患者 精神病人福利院 严重精神病人 重性精神病 福利工厂 退伍军人 复员军人 "
    "转业军人 退伍兵 灾民 灾民救助 卫计委 社会救济 扶贫办"
)
_OLD = frozenset(_OLD_NAMES.split())


@cache
def todays() -> dict[str, tuple[str, str]]:
    """Old name -> today's, the fullest, and since when where the lexicon says it."""
    found: dict[str, tuple[str, str]] = {}
    for term, synonym, _, kind, note in text.rows("synonyms.tsv"):
        if kind == "old_name" and (term in _OLD) != (synonym in _OLD):
            old, new = (term, synonym) if term in _OLD else (synonym, term)
            if len(new) > len(found.get(old, ("", ""))[0]):
                found[old] = new, "" if note == "-" else note
    return found


@cache
def _pattern() -> re.Pattern[str]:
    """Old and new names, the longest first: 支出型困难家庭 inside 刚性支出困难家庭 is none."""
    names = {*todays(), *(new for new, _ in todays().values())}
    return re.compile("|".join(map(re.escape, sorted(map(text.fold, names), key=lambda one: (-len(one), one)))))


def renamed(draft: str, span: Span) -> tuple[Renamed, ...]:
    """The old names in a stretch of a draft, in its order."""
    begin, end = span
    found = []
    for name in _pattern().finditer(text.fold(draft[begin:end])):
        if old := todays().get(name.group()):
            found.append(Renamed(name.group(), *old, begin + name.start(), begin + name.end()))
    return tuple(found)
