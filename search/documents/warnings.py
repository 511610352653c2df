"""The kinds of warnings there are: the one table of their codes, which all other lists of codes are taken from.

A new kind is a row here and the check that gives it (indexer/facts/warnings.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of warning.

    name: its value in the facet 质量; empty where the text is not in doubt but a fact about it is, which pages say
    beside that fact (日期不详, 拟题). means: what it means for someone about to quote; what was seen in this text is
    the warning's own message. grave: whoever reads a quotation must know of it, so a citation carries it.
    settled_by: the fields that settle it when a person states them. Contradictions stay, for the text goes on saying
    both. said: what it is called where it has no name of its own.
    """

    code: str
    name: str
    means: str
    grave: bool = False
    settled_by: tuple[str, ...] = ()
    said: str = ""

    @property
    def line(self) -> str:
        """What the doubt is called where all of a text stand on one line."""
        return self.name or self.said


_TABLE = (
    Kind("secret", "涉密", "原文件标有密级。请按保密规定使用，不要复制到不准存放涉密文件的地方。", grave=True),
    Kind("internal", "内部资料", "原文件写明是内部资料。引用、转发之前，请先问清能不能公开。", grave=True),
    Kind(
        "recognised",
        "文字识别",
        "原件是扫描件，文字由程序识别而来，可能认错、漏字。引用前请核对原件。",
        grave=True,
    ),
    Kind(
        "year_contradiction",
        "年份存疑",
        "文中的年份互相矛盾，可能是旧稿改写。引用数字和提法之前，请核对是哪一年的。",
        grave=True,
    ),
    Kind(
        "year_inferred",
        "",
        "原文没有写年份，由上下文推出。需要准确日期时，请核对原件。",
        settled_by=("date",),
        said="年份推定",
    ),
    Kind(
        "date_unknown",
        "",
        "不知道准确的日期；按时间排序时，只知道年份的排在那一年，连年份也不知道的排在最后。",
        settled_by=("date",),
        said="日期不详",
    ),
    Kind(
        "region_inferred",
        "",
        "原文没有写明是哪个地方的，由文中的地名推出。",
        settled_by=("region",),
        said="地区推定",
    ),
    Kind(
        "region_contradiction",
        "地域存疑",
        "文中的地方互相矛盾，可能由几篇拼成。请勿据此说是某地的提法。",
        grave=True,
    ),
    Kind(
        "title_derived",
        "",
        "标题不是原文的，由正文代拟；引用时请注明拟题，或改用会议名称。",
        settled_by=("title",),
        said="拟题",
    ),
    Kind(
        "source_unknown",
        "",
        "不知道文稿从哪里来，正式引用前请找到可靠的出处。",
        settled_by=("source",),
        said="来源不详",
    ),
    Kind(
        "personal",
        "含个人信息",
        "原文里有身份证号或手机号，显示、复制、导出时中间几位以 * 代替。引用、转发之前，请先隐去。",
    ),
    Kind("truncated", "文末截断", "文稿没有完，后面的内容这里查不到。", grave=True),
    Kind("count_mismatch", "列项不符", "文中宣称的项数与列出的不一样，可能有删节。"),
    Kind(
        "suspected_typo",
        "疑似错字",
        "可能是原文的错字。显示和复制的都是原样，没有改动，引用时请斟酌。",
    ),
    Kind("unclosed_quote", "引号不全", "引号只有一半，看不出引的话到哪里为止。"),
    Kind("several_articles", "", "原文件里不止一篇，核对时请找对篇目。", said="文件里不止一篇"),
    Kind("near_duplicate", "另有相近版本", "另有内容相近的版本，文字可能略有出入。"),
    Kind("encoding_repaired", "原文件有残字", "原文件有残损的字，以�代替。", grave=True),
    Kind("correction_outdated", "校正待核对", "校正之后原文件又改过，请重新核对这项校正是否还成立。"),
)
KINDS = {kind.code: kind for kind in _TABLE}

# What the facet 质量 says of a text with a doubt, by the warning's code, and of one without any.
DOUBTS = {kind.code: kind.name for kind in _TABLE if kind.name}
NO_DOUBT = "无存疑"
MEANINGS = {kind.code: kind.means for kind in _TABLE}
# The names of the doubts that a citation carries, by code.
GRAVE = {kind.code: kind.name for kind in _TABLE if kind.grave}


def settled(fields: Collection[str]) -> frozenset[str]:
    """The codes of the warnings that are settled when these fields have been stated."""
    return frozenset(kind.code for kind in _TABLE if any(field in fields for field in kind.settled_by))
