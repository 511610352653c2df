"""The doubts about a text, by their codes: what each is called and means."""

from __future__ import annotations

# Warnings that are doubts about the text, by their codes, as values of the facet 质量; the others concern facts, and
# pages say them where they say the fact (日期不详, 拟题).
DOUBTS = {
    "year_contradiction": "年份存疑",
    "region_contradiction": "地域存疑",
    "truncated": "文末截断",
    "count_mismatch": "列项不符",
    "suspected_typo": "疑似错字",
    "unclosed_quote": "引号不全",
    "near_duplicate": "另有相近版本",
    "encoding_repaired": "原文件有残字",
    "correction_outdated": "校正待核对",
}
NO_DOUBT = "无存疑"


# What each code of a warning means for someone about to quote; the warning's own message says what was seen.
MEANINGS = {
    "year_contradiction": "文中的年份互相矛盾，可能是旧稿改写。引用数字和提法之前，请核对是哪一年的。",
    "year_inferred": "原文没有写年份，由上下文推出。需要准确日期时，请核对原件。",
    "date_unknown": "不知道准确的日期；按时间排序时，只知道年份的排在那一年，连年份也不知道的排在最后。",
    "region_inferred": "原文没有写明是哪个地方的，由文中的地名推出。",
    "region_contradiction": "文中的地方互相矛盾，可能由几篇拼成。请勿据此说是某地的提法。",
    "title_derived": "标题不是原文的，由正文代拟；引用时请注明拟题，或改用会议名称。",
    "source_unknown": "不知道文稿从哪里来，正式引用前请找到可靠的出处。",
    "truncated": "文稿没有完，后面的内容这里查不到。",
    "count_mismatch": "文中宣称的项数与列出的不一样，可能有删节。",
    "suspected_typo": "可能是原文的错字。显示和复制的都是原样，没有改动，引用时请斟酌。",
    "unclosed_quote": "引号只有一半，看不出引的话到哪里为止。",
    "several_articles": "原文件里不止一篇，核对时请找对篇目。",
    "near_duplicate": "另有内容相近的版本，文字可能略有出入。",
    "encoding_repaired": "原文件有残损的字，以�代替。",
    "correction_outdated": "校正之后原文件又改过，请重新核对这项校正是否还成立。",
}
