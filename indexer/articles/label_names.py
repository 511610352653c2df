"""The labels that pages put before what they say of themselves, by what their values are for; and a label in a line."""

from __future__ import annotations

# The labels, by what their values are for. Facts are read by these names (indexer/facts); the rest is furniture.
SOURCES = "信息来源 本文来源 文章来源 稿件来源 新闻来源 图文来源 内容来源 消息来源 来源 稿源"
PUBLISHED = "发布时间 发布日期 发表时间 发稿时间 发布于 更新时间 更新日期 最后更新 时间 日期 生成日期"
SIGNED = "成文日期 成文时间 签发日期"
SITE = "网站名称"
ISSUERS = "发文机关 发文机构 发布机构 发布单位 发布者 信息提供"
_OTHERS = """
    更新时间戳 发布人 阅读次数 阅读量 阅读数 阅读 浏览次数 浏览量 浏览数 浏览 点击次数 点击数 点击量 点击
    访问量 访问次数 作者 文章作者 信息作者 供稿 供稿人 字体大小 字体 字号 保护视力色 视力保护色 索引号 发文字号 文号
    主题分类 有效性 分享到 分享 打印 责任编辑 责编 编辑 审核 审核人 审稿 校对 撰稿 录入
    录入人 栏目 所属栏目 信息分类 标签 关键词 关键字 主题词 初审 复审 终审 公开方式 公开属性 编审 监制 摄影
    查看 回复 围观 记者 通讯员 文字 图片 上报单位 报送单位 供稿单位 撰稿单位 投稿单位 信息报送
    本文字数 文章字数
"""
# By themselves these head lines of text as well (时间：3月5日上午; 记者：请问…).
NOT_ALONE = frozenset(["记者", "通讯员", "文字", "图片", "摄影", "监制", "时间", "日期", "分享", "打印", "审核"])
_LONGEST_FIRST = sorted(" ".join((SOURCES, PUBLISHED, SIGNED, SITE, ISSUERS, _OTHERS)).split(), key=len, reverse=True)
# 来　源：, 索 引 号：: a label of two or three characters may be drawn apart; 时　间： heads lines of notices
_DRAWN = [
    r"[ \u3000\xa0]{0,4}".join(name) if len(name) < 4 and name not in NOT_ALONE else name for name in _LONGEST_FIRST
]
NAMES = frozenset(_LONGEST_FIRST)
# What cannot begin a label is told by a single look; it is looked for at every character.
BEGINS = f"(?=[{''.join(sorted({name[0] for name in NAMES}))}])"
LABEL = rf"{BEGINS}(?:{'|'.join(_DRAWN)})[ \u3000\xa0]{{0,4}}[：:]{{1,2}}\t?"
# 2024- 03- 05, 2024 - 03 - 05 as well
YMD = r"20\d\d ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}"
CN = r"20\d\d年\d{1,2}月\d{1,2}日"
# 生效日期, 活动时间: another day than that of the page
OTHER_DAYS = "生效|施行|实施|失效|截止|有效|会议|活动|报名"
LONGEST = 200  # characters of a line of facts
