"""Lines → paragraphs without loss: hard wraps joined, page furniture taken out by name, nothing rewritten.

What changes a character is listed here and nowhere else: half-width , ; : ? ! ( ) beside Chinese become full-width
(one for one), zero-width characters and the blanks beside Chinese characters go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indexer.marks import PAUSES, complete, ends_sentence, is_end_note, is_heading, marker, opens_paragraph

# --- characters ------------------------------------------------------------------------------------------------

_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·"
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_BLANKS = re.compile(rf"(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])")
_HALF = re.compile(rf"(?<=[{_CHINESE}])[,;:?!]|[,;:?!](?=[{_CHINESE}])")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BRACKET = re.compile(r"[()]")


def tidy(text: str) -> str:
    """text as it is shown and quoted; the only changes are those the module names."""
    shown = _ZERO_WIDTH.sub("", text).replace("\xa0", " ").strip()
    shown = re.sub(r"\s+", " ", _BLANKS.sub("", shown))
    return _fold_brackets(_HALF.sub(lambda m: m.group().translate(_FULL), shown))


def tidy_title(text: str) -> str:
    """A headline: as tidy, but a blank between two Chinese characters stays, because it parts the headline's lines."""
    parts = re.split(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", _ZERO_WIDTH.sub("", text).strip())
    return " ".join(tidied for part in parts if (tidied := tidy(part)))


def _fold_brackets(text: str) -> str:
    """Round brackets in pairs: both become full-width when either stands beside a Chinese character."""
    if "(" not in text and ")" not in text:
        return text
    folded = list(text)
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        if text[at] == "(":
            opened.append(at)
        pair = (at,) if text[at] == "(" or not opened else (opened.pop(), at)
        if text[at] == ")" and any(_beside_chinese(text, i) for i in pair):
            for i in pair:
                folded[i] = folded[i].translate(_FULL)
    for at in opened:
        if _beside_chinese(text, at):
            folded[at] = "（"
    return "".join(folded)


def _beside_chinese(text: str, at: int) -> bool:
    return any(is_chinese(c) for c in (text[at - 1 : at], text[at + 1 : at + 2]) if c)


_IS_CHINESE = re.compile(f"[{_CHINESE}]")


def is_chinese(character: str) -> bool:
    return bool(_IS_CHINESE.match(character))


def cells(text: str) -> float:
    """Width in columns of a Chinese page: a full-width character 1, an ASCII one ½."""
    return sum(0.5 if ord(c) < 0x2000 else 1 for c in text)


# --- lines -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. gap: a blank line stood before it. alone: a paragraph by itself (heading, byline)."""

    text: str
    level: int = 0
    gap: bool = False
    alone: bool = False

    @property
    def bare(self) -> str:
        return self.text.strip()

    @property
    def indented(self) -> bool:
        return self.text.startswith(("\u3000", "  ", "\t", "\xa0\xa0"))


def exploded(line: str) -> list[str]:
    """A long line that holds the blanks of former line ends (one every 30–45 characters), at those blanks.

    Only when seven of ten pieces have the same width within 15 %: then the blanks are wraps, not the author's.
    """
    pieces = re.split(r"(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])", line) if len(line) >= 200 else [line]
    if len(pieces) < 6:
        return [line]
    widths = [cells(piece) for piece in pieces]
    usual = median(widths)
    alike = sum(0.85 * usual <= width <= 1.15 * usual for width in widths)
    return [piece for piece in pieces if piece] if alike >= 0.7 * len(pieces) and 8 <= usual <= 60 else [line]


# --- furniture -------------------------------------------------------------------------------------------------

_BUTTON_WORDS = """
    下载 打印 全屏 收藏 加大 还原 减小 字号 字体 大 中 小 分享 分享到 首页 返回 返回顶部 返回首页 关闭 关闭窗口 打印本页
    打印本文 打印此页 关闭此页 购物车 我的足迹 我的收藏 我的文档 登录 注册 会员中心 上传文档 立即下载 免费下载 下载文档
    点击下载 在线阅读 加入收藏 收藏本站 设为首页 举报 评论 点赞 复制链接 扫一扫 微信 微博 新浪微博 QQ空间 朋友圈 繁体
    无障碍 网站地图 联系我们 查看原文 阅读全文 展开全文 目录 上一页 下一页 背景色 A- A+ 默认 超大 搜索 查看更多 更多
    +关注 关注 纠错 语音播报 听新闻 相关报道 相关阅读 相关链接 相关附件 相关新闻 相关文档 推荐阅读 延伸阅读 热门文章
    热点新闻 猜你喜欢 保护视力色 视力保护色
"""
_BUTTONS = frozenset(_BUTTON_WORDS.split())
_BUTTON_PARTS = re.compile(r"[\s|｜【】\[\]（）()·>»：:、，,/]+")
_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]{0,6}(?:第\s{0,3})?(?:\d{1,4}|[一二三四五六七八九十]{1,4})(?:\s{0,3}页)?"
    r"(?:[\s,，/／]{0,3}共?\s{0,3}\d{1,4}\s{0,3}页?)?[-—–－·•~\s]{0,6}"
)
_LABELS = (
    "信息来源|文章来源|稿件来源|来源|发布时间|发布日期|更新时间|发布机构|发布单位|发布者|发布人|成文日期|生成日期|时间|日期|阅读|阅读次数|阅读量|浏览次数|"
    "浏览量|浏览|点击数|点击量|点击|访问量|作者|供稿|字体|字号|字体大小|保护视力色|视力保护色|索引号|发文字号|文号|主题分类|发文机关|有效性|分享到|打印|责任编辑|责编|编辑|审核|"
    "文章作者|信息提供|撰稿|稿源|录入|栏目|所属栏目|信息分类|标签|关键词|主题词"
)
FACT = re.compile(
    rf"(?:^|(?<=[\s　【（(\[|｜]))({_LABELS})[ 　]{{0,4}}[：:][ 　]{{0,4}}"
    r"([^\s　：:|｜】\]]{0,40}(?: \d{1,2}:\d{2}(?::\d{2})?)?)"
)
_META = re.compile(rf"[\s　【\[（(|｜]{{0,8}}(?:{_LABELS})[ 　]{{0,4}}[：:]")
_CLICKS = re.compile(r"(?:阅读|浏览|点击|访问)(?:次数|量|数)?[ 　]{0,4}[：:]?[ 　]{0,4}\d{0,9}次?")
_FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("翻页", re.compile(r"(?:上一篇|下一篇|上一条|下一条)[ 　]{0,4}[：:].{0,120}")),
    (
        "编辑",
        re.compile(r"[（(【\[]?(?:责任编辑|责编|编辑|校对|审核|排版|编审|初审|复审|终审)[ 　]{0,4}[：:|｜丨/].{0,60}"),
    ),
    ("位置", re.compile(r"(?:您现在的位置|您的位置|您当前的位置|当前位置|所在位置|现在位置)[ 　]{0,4}[：:是].{0,120}")),
    (
        "版权",
        re.compile(
            r"(?:版权所有|Copyright|©|主办单位|承办单位|技术支持|网站标识码|.{0,20}ICP备|.{0,6}公网安备).{0,200}", re.I
        ),
    ),
    ("分发", re.compile(r"(?:报送|分送|抄送|主送|抄报|发送范围|签发|印发)[ 　]{0,4}[：:].{0,120}")),
    (
        "密级",
        re.compile(
            r"[（(【]?(?:内部资料|内部文件|请勿外传|注意保存|不予公开"
            r"|内部资料[ 　，,]{0,3}(?:请勿外传|注意保存|不得外传))[）)】]?"
        ),
    ),
    ("下载", re.compile(r".{0,12}(?:VIP|会员|积分|文库|下载券|金币).{0,12}(?:下载|阅读|开通|特权).{0,20}", re.I)),
    ("下载", re.compile(r".{0,8}(?:文档|全文|资料|本文).{0,6}(?:下载|预览).{0,20}(?:元|次|页|币|点|格式|券)")),
    ("提示", re.compile(r"(?:扫一扫|扫描二维码|长按识别|微信扫码|分享到|请点击|点击查看).{0,40}")),
    (
        "提示",
        re.compile(r"(?:您是第|共有|已有).{0,6}\d{1,12}.{0,6}(?:位访客|人阅读|次阅读|人浏览|条评论|次浏览|次下载)"),
    ),
)
# 400: nothing of this kind is longer; a longer line that begins so is text
_MAX_FURNITURE = 400


def furniture(line: str) -> str:
    """The name of the kind of page furniture a whole line is, or an empty string for text."""
    bare = line.strip()
    if not bare or len(bare) > _MAX_FURNITURE:
        return ""
    parts = [part for part in _BUTTON_PARTS.split(bare) if part]
    if all(part in _BUTTONS or part.rstrip("：:") in _BUTTONS for part in parts):
        return "按钮"
    if _PAGE_NUMBER.fullmatch(bare) and any(c.isdigit() or c in "-—–－第" for c in bare):
        return "页码"
    return next((name for name, pattern in _FURNITURE if pattern.fullmatch(bare)), "按钮" if _all_buttons(bare) else "")


def _all_buttons(bare: str) -> bool:
    """加入Vip免费下载 立即下载: every part is a button or an offer to download."""
    offer = re.compile(r"(?:加入|开通|成为)?(?:vip|会员)?.{0,4}(?:免费|立即|极速|优惠)?(?:下载|开通|阅读)", re.I)
    parts = bare.split()
    return (
        len(bare) <= 40
        and len(parts) > 0
        and all(p in _BUTTONS or (len(p) <= 12 and offer.fullmatch(p)) for p in parts)
    )


def is_page_facts(line: str) -> bool:
    """来源：… 时间：… 阅读：… — a line that states facts about the page and holds nothing else."""
    bare = line.strip()
    if len(bare) > 160 or not _META.match(bare):
        return False
    rest = _CLICKS.sub("", FACT.sub("", bare))
    # what is left over beside labels, values and buttons: sizes of type, a counter
    return len(re.sub(r"[\s　|｜【】\[\]（）()大中小]", "", rest)) <= 6


# --- wraps -----------------------------------------------------------------------------------------------------


class Layout(NamedTuple):
    """How the lines of an article were laid out.

    full: width in cells from which on a line filled its column, None where there is no column.
    indents / blanks: an indent / a blank line marks a paragraph. broken: some lines end inside a sentence.
    """

    full: float | None
    indents: bool
    blanks: bool
    broken: bool


# Openers strong enough to end a heading that fills its line: the body begins with a date, an item, an office.
_STRONG_OPENER = re.compile(
    r"(?:\d{4}年|当前|近年来|今年|去年|习近平|各级|各地|我们|[一二三四五六七八九十]{1,3}(?:是|要))"
)


def layout(lines: Sequence[Line]) -> Layout:
    body = [line for line in lines if not line.alone]
    open_ended = [cells(line.bare) for line in body if not ends_sentence(line.bare) and not is_heading(line.bare)]
    full = _column(open_ended, len(body))
    pairs = list(pairwise(body))
    after_sentence = [b for a, b in pairs if complete(a.bare)]
    indented = sum(line.indented for line in body)
    indents = indented >= 2 and sum(b.indented for b in after_sentence) >= 0.6 * len(after_sentence)
    before_gap = [a for a, b in pairs if b.gap]
    finished = sum(ends_sentence(a.bare) or is_heading(a.bare) for a in before_gap)
    blanks = bool(before_gap) and finished >= 0.8 * len(before_gap)
    # 60 cells: no heading is so long, so a longer line without an end mark was broken inside a sentence
    broken = full is not None or any(width > 60 for width in open_ended)
    return Layout(full, indents, blanks, broken)


def _column(widths: list[float], total: int) -> float | None:
    """The width from which on a line counts as full: the narrowest tenth of the lines that end inside a sentence."""
    if len(widths) < 3 or len(widths) < 0.4 * total:
        return None
    ordered = sorted(widths)
    tenth, usual, most = (ordered[int(q * (len(ordered) - 1))] for q in (0.1, 0.5, 0.9))
    return tenth if tenth >= 0.6 * usual and most <= 1.4 * usual else None


def unwrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """One Line a paragraph, its text tidied. Characters other than blanks are those of the lines, in order."""
    how = layout(lines)
    paragraphs: list[Line] = []
    parts: list[str] = []
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        parts.append(line.bare)
        if following is None or _ends_paragraph(line, following, how):
            text = tidy(joined(parts))
            if text:
                paragraphs.append(replace(line, text=text))
            parts = []
    return tuple(paragraphs)


def tidied(lines: Sequence[Line]) -> tuple[Line, ...]:
    """One Line a paragraph where the format already gives paragraphs."""
    texts = ((line, tidy(line.bare)) for line in lines)
    return tuple(replace(line, text=text) for line, text in texts if text)


def joined(parts: Iterable[str]) -> str:
    """Lines run on; a blank only between two Latin letters, because a wrapped number or Chinese has none."""
    text = ""
    pieces: list[str] = []
    for part in parts:
        if pieces and text[-1:].isascii() and text[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha():
            pieces.append(" ")
        pieces.append(part)
        text = part
    return "".join(pieces)


def _ends_paragraph(line: Line, following: Line, how: Layout) -> bool:
    if line.alone or following.alone:
        return True
    if is_end_note(following.bare) and complete(line.bare) and following.bare[0] in "（(":
        return False  # （据湖北省民政厅） belongs to the sentence before it, also on a line of its own
    if is_heading(line.bare) and not following.indented:
        return _heading_ends(line, following, how)
    if not ends_sentence(line.bare):
        return _open_line_ends(line, following, how)
    if following.text.lstrip()[:1] in "，。、；：”’）》":
        return False
    if how.indents:
        return following.indented
    if how.blanks:
        return following.gap or (how.full is None and len(line.bare) > 0)
    if how.full is None:
        return True
    return cells(line.bare) < how.full or opens_paragraph(following.bare)


def _heading_ends(line: Line, following: Line, how: Layout) -> bool:
    """一、… without an end mark. Where it fills its column it may go on, unless the next line begins a text."""
    if how.full is None or cells(line.bare) < how.full:
        return True
    return bool(_STRONG_OPENER.match(following.bare)) or marker(following.bare) is not None


def _open_line_ends(line: Line, following: Line, how: Layout) -> bool:
    """A line without an end mark goes on, unless layout says that a paragraph begins or it is a heading by itself."""
    if how.indents:
        return following.indented
    if how.blanks and following.gap:
        return True
    if how.full is not None:
        return False
    # A subheading without a number, in a text none of whose lines is broken. 40: see marks.is_heading.
    return not how.broken and len(line.bare) <= 40 and line.bare[-1] not in "，,、的了和与及" + PAUSES
