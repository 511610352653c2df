"""The lines of work of a civil-affairs bureau, each as the question that finds what was said on it.

A speech is on several lines, so that they are asked for and not a fact of the document; the question stands in the box
and can be changed there. The order is that of the ministry's own reports.
"""

from __future__ import annotations

LINES: tuple[tuple[str, str], ...] = (
    ("社会救助", "社会救助 或 低保 或 特困 或 临时救助 或 低收入人口"),
    ("养老服务", "养老服务 或 养老机构 或 居家养老 或 老年助餐"),
    ("老龄工作", "老龄 或 银发经济 或 敬老 或 老年友好"),
    ("儿童福利", "儿童福利 或 未成年人 或 留守儿童 或 困境儿童 或 孤儿"),
    ("残疾人福利", "残疾人 或 两项补贴 或 精康融合"),
    ("慈善和社会工作", "慈善 或 志愿服务 或 社会工作 或 社工"),
    ("福利彩票", "福利彩票 或 福彩"),
    ("社会组织", "社会组织 或 行业协会 或 社会团体"),
    ("婚姻和殡葬", "婚姻登记 或 婚俗 或 殡葬 或 公墓"),
    ("区划地名", "行政区划 或 区划地名 或 地名"),
    ("基层治理", "基层治理 或 基层政权 或 社区治理 或 村民自治"),
    ("党的建设", "从严治党 或 党风廉政 或 党建"),
)
