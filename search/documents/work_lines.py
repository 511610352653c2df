"""The lines of work of a civil-affairs bureau, each with the words by which a speech is known to be on it.

A speech is on several lines: they are ways to browse and to narrow, not facts about the speech. As a query the words
stand in the box and can be changed there. The order is that of the ministry's own reports.
"""

from __future__ import annotations

from search import text

LINES = {
    "社会救助": ("社会救助", "低保", "特困", "临时救助", "低收入人口"),
    "养老服务": ("养老服务", "养老机构", "居家养老", "老年助餐"),
    "老龄工作": ("老龄", "银发经济", "敬老", "老年友好"),
    "儿童福利": ("儿童福利", "未成年人", "留守儿童", "困境儿童", "孤儿"),
    "残疾人福利": ("残疾人", "两项补贴", "精康融合"),
    "慈善和社会工作": ("慈善", "志愿服务", "社会工作", "社工"),
    "福利彩票": ("福利彩票", "福彩"),
    "社会组织": ("社会组织", "行业协会", "社会团体"),
    "婚姻和殡葬": ("婚姻登记", "婚俗", "殡葬", "公墓"),
    "区划地名": ("行政区划", "区划地名", "地名"),
    "基层治理": ("基层治理", "基层政权", "社区治理", "村民自治"),
    "党的建设": ("从严治党", "党风廉政", "党建"),
}


def query_for(line: str) -> str:
    """What finds, and marks, what was said on a line: 福利彩票 或 福彩."""
    return " 或 ".join(LINES[line])


def lines_of(words: str) -> tuple[str, ...]:
    """The lines that a text is on: it holds one of their words as it stands, folded."""
    folded = text.fold(words)
    return tuple(line for line, known in LINES.items() if any(word in folded for word in known))
