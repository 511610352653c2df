"""What belongs to a page and not to its text: buttons, page numbers, navigation, the line of facts about the page.

Whole lines only, each known by the name of its kind; what is left out is named where it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.characters import readable
from indexer.articles.kinds import kind_by_form
from indexer.articles.labels import is_page_facts
from indexer.articles.names import POST, is_called
from indexer.articles.official import is_body
from indexer.articles.page_words import is_of_page
from indexer.articles.secrecy import is_internal
from search.text.patterns import lazy

RULE = "分隔线"
_BUTTON_WORDS = """
    下载 打印 全屏 收藏 加大 还原 减小 字号 字体 大 中 小 分享 分享到 首页 返回 返回顶部 返回首页 关闭 关闭窗口 打印本页
    打印本文 打印此页 关闭此页 购物车 我的足迹 我的收藏 我的文档 登录 注册 会员中心 上传文档 立即下载 免费下载 下载文档
    点击下载 在线阅读 加入收藏 收藏本站 设为首页 举报 评论 点赞 复制链接 扫一扫 微信 微博 新浪微博 QQ空间 朋友圈 繁体
    无障碍 网站地图 联系我们 查看原文 阅读全文 展开全文 目录 上一页 下一页 背景色 A- A+ 默认 超大 搜索 查看更多 更多
    +关注 关注 纠错 语音播报 听新闻 相关报道 相关阅读 相关链接 相关附件 相关新闻 相关文档 推荐阅读 延伸阅读 热门文章
    热点新闻 猜你喜欢 保护视力色 视力保护色 增大字体 减小字体 打赏 喜欢
"""
_BUTTONS = frozenset(_BUTTON_WORDS.split())
CRUMB = re.compile(r"[>›»＞→]{1,3}")
_BUTTON_PARTS = re.compile(r"[^\s|｜【】\[\]（）()·>»：:、，,/—]+")
_DASH = r"[-—–－·•~][-—–－·•~\s]{0,6}"
# A number alone may be a figure of a table; pages.py tells those that count pages.
_PAGE_NUMBER = re.compile(
    rf"(?:{_DASH})?(?:第\s{{0,3}})?(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})\s{{0,3}}页"
    rf"(?:[\s,，/／]{{0,3}}共?\s{{0,3}}(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})\s{{0,3}}页)?(?:\s{{0,3}}{_DASH})?"
    r"|\d{1,4}\s{0,3}[/／]\s{0,3}\d{1,4}\s{0,3}页"
    rf"|{_DASH}(?:\d{{1,4}}(?:\s{{0,3}}[/／]\s{{0,3}}\d{{1,4}})?|[一二三四五六七八九十]{{1,3}})\s{{0,3}}{_DASH}"
)
_SAYS_WHO = lazy(r"[^，。；：！？\s的]{2,24}(?:致辞|讲话|发言|揭牌|授牌|合影|现场)")


def tells_of_picture(bare: str) -> bool:
    """局长某某讲话: straight under a picture or another's caption it is one, too."""
    return _SAYS_WHO.fullmatch(bare) is not None


_PERSON = lazy(rf"{POST}[ \u3000]?(?P<who>[\u4e00-\u9fff]{{2,3}})(?=.{{2,}})")


def shown_in(bare: str) -> tuple[str, ...]:
    """Of whom a short line without marks tells something, 云溪县民政局局长白露介绍助餐做法: the names it may be, since
    where one ends is not seen; none for another line."""
    if len(bare) > 40 or re.search("[，。；：！？,;:!?…]", bare):
        return ()
    found = _PERSON.search(bare)
    names = (found["who"], found["who"][:2]) if found else ()
    return tuple(name for name in names if is_called(name, posted=True))


_SITE_FOOT = re.compile(
    r"(?:(?:主办|承办|协办|管理|维护|运行管理|管理维护|开发维护|运维)(?:单位)?|技术支持(?:电话)?|网站支持|地址|邮编|邮政编码"
    r"|(?:联系|办公|服务|值班)?电话|传真|邮箱|电子邮箱)[ 　]{0,4}[：:][^，。；]{1,80}"
)
# What only sites say of themselves; with the words of pages between.
OF_SITES = re.compile(
    r"网站标识码|ICP ?备|公网?安备|公安备案|(?:违法|不良)和?(?:违法|不良)?信息举报|中文域名|IPV6|分辨率|版权所有", re.I
)


def site_foot(lines: Sequence[str]) -> frozenset[int]:
    """Which lines name a site's owner and address: those beside a line of copyright or another that only a site has,
    blank lines and buttons between them or not. Without one they may name who holds a meeting, and where it is."""
    if not any(map(_SITE_FOOT.fullmatch, lines)):
        return frozenset()
    found: set[int] = set()
    group: list[int] = []
    certain = False
    for at, line in enumerate((*lines, "。")):
        if not line:
            continue
        sites = furniture(line) == "版权" or (len(line) <= 120 and "。" not in line and bool(OF_SITES.search(line)))
        if sites or _SITE_FOOT.fullmatch(line) or (group and is_of_page(line)):
            group.append(at)
            certain = certain or sites
        else:
            found.update(group if certain else ())
            group, certain = [], False
    return frozenset(found)


# 400: nothing of this kind is longer; a longer line that begins so is text
_MAX_FURNITURE = 400


# What a page sets around its words: - 上一篇：…, 丨 网站地图 丨; and a button before them: 【我要纠错】责任编辑：某某
_AROUND = "|｜丨¦>»›-–—■●◆▲ \u3000\xa0"
_BUTTON_BEFORE = re.compile(r"[【\[]([^【】\[\]]{1,12})[】\]][ \u3000]{0,4}(?=.)")


def furniture(line: str) -> str:
    """The name of the kind of page furniture a whole line is, strokes around it aside, or an empty string for text."""
    bare = line.strip()
    if not bare or len(bare) > _MAX_FURNITURE:
        return ""
    bare = readable(bare)
    if CRUMB.fullmatch(bare):
        return ""  # front.py knows the crumbs beside it
    words = bare.strip(_AROUND)
    before = _BUTTON_BEFORE.match(words)
    if before and is_of_page(before.group(1)):
        words = words[before.end() :]
    name = _kind(bare) or (_kind(words) if words and words != bare else "")
    # 2024-03-05 作者：小编 来源：网络整理: front.py knows the facts of the page
    stated = name == "提示" or (name == "编辑" and re.search(r"20\d\d\D\d{1,2}\D\d{1,2}\D{1,3}\d{1,2}:\d\d", bare))
    return "" if stated and is_page_facts(bare) else name


# =====, * * *: between two texts, or above the foot of a page
_RULE = re.compile("[─━═—–_＿=*＊~～+-]{3,200}|(?:[*＊·－—-][ \u3000]{1,3}){2,40}[*＊·－—-]")


_OF_RULES = frozenset("─━═—–_＿=*＊~～+-·－")


def _kind(bare: str) -> str:
    if bare[0] in _OF_RULES and _RULE.fullmatch(bare):
        return RULE
    if all(part[0] in _BUTTONS for part in _BUTTON_PARTS.finditer(bare)):
        return "按钮"
    if _PAGE_NUMBER.fullmatch(bare):
        return "页码"
    if is_internal(bare):
        return "密级"
    # 2024年3月5日 星期二 放大 上一篇 下一篇: front.py knows the day of a paper
    if _TURNS.search(bare[-12:]) and not re.search(r"[，。；]|20\d\d年\d{1,2}月\d{1,2}日", bare):
        return "翻页"
    bare = _DRAWN.sub("", bare) if bare[0] in "（([【" else bare
    if bare[-1] == ">" and _MARKUP.fullmatch(bare):
        return "网页代码"
    if bare[0] == "…" and _UNFINISHED.fullmatch(bare):
        return "提示"
    named = kind_by_form(bare)
    return named or ("按钮" if _all_buttons(bare) or _is_row_of_brackets(bare) else "导航" if _is_menu(bare) else "")


_MARKUP = lazy(r"(?:[•·*\s]{0,4}|\d{1,2}\. )(?:</?[a-zA-Z][^<>]{0,120}>\s{0,4}){1,12}")
_UNFINISHED = re.compile(r"……[（(].{0,30}(?:未完|省略|全文共).{1,160}")
# （审 核：白露）: a label drawn apart
_DRAWN = re.compile("(?<=[（(【\\[][\u4e00-\u9fff])[ \u3000]{1,4}(?=[\u4e00-\u9fff][：:])")
# 导航：要闻 / 时政 / 乡镇
_SLASHED = re.compile(
    r"导航[：:][ \u3000]{0,2}[\u4e00-\u9fff]{2,8}(?:[ \u3000]{0,2}[/／|｜·][ \u3000]{0,2}[\u4e00-\u9fff]{2,8}){1,16}"
)
# 第02版：要闻 上一版3 4下一版: a row that ends so
_TURNS = re.compile(r"(?:[ \u3000][上下]|\d下)一?[版期篇条页][\d \u3000]{0,6}$")


def _all_buttons(bare: str) -> bool:
    """加入Vip免费下载 立即下载, 【打印正文】: several words of pages with blanks between them, or one in brackets."""
    return (bare[0] in "【[" or len(bare.lstrip("•· ").split()) > 1) and is_of_page(bare)


_BRACKETED = lazy(r"[【\[][ 　]?([^【】\[\]，。；\d]{2,10})[ 　]?[】\]][ 　]{0,4}")


def _is_row_of_brackets(bare: str) -> bool:
    """【 双击自动滚屏 】 【 字体：小 大 】 【 打印此文 】: three entries and more, one of which only a page has."""
    entries = _BRACKETED.findall(bare) if bare[0] in "【[" and bare[-1] in "】]" else []
    return len(entries) > 2 and not _BRACKETED.sub("", bare) and any(map(_only_of_pages, entries))


_STROKE = re.compile("[|｜丨]")
_ENTRY = lazy(r"[\u4e00-\u9fff]{2,8}")
_MANY = 6


def _is_menu(bare: str) -> bool:
    """法律声明 | 关于我们 | 网站地图: three entries and more between strokes, one of which only a page has, or six
    and more of four characters."""
    if _SLASHED.fullmatch(bare):
        return True
    if len(bare) > 160 or not _STROKE.search(bare):
        return False
    entries = [re.sub(r"\s", "", entry) for entry in _STROKE.split(bare.strip("|｜丨 "))]
    if len(entries) >= _MANY and sum(len(entry) == 4 for entry in entries) >= 0.8 * len(entries):
        return all(map(_ENTRY.fullmatch, entries))  # no table has columns with names all of one length
    return len(entries) > 2 and all(map(_ENTRY.fullmatch, entries)) and any(map(_only_of_pages, entries))


def _only_of_pages(entry: str) -> bool:
    return entry == "首页" or (len(entry) > 2 and (entry in _BUTTONS or is_of_page(entry)))


_ROW_ENTRY = lazy(r"\d{0,6}[\u4e00-\u9fff]{2,8}\d{0,6}|\d{1,6}|\d{1,2}[-:]\d{1,2}|/")
_FEWEST_ALIKE = 4


def is_row_of_page(bare: str) -> bool:
    """我来说两句 打印文章 发送给好友: three short entries and more, one of which is a button; or four that all end
    with the same four characters (松台镇信息公开 青禾镇信息公开), but no bodies, to whom a paper goes."""
    parts = bare.split()
    if len(parts) >= _FEWEST_ALIKE and len({part[-4:] for part in parts}) == 1 and len(set(parts)) == len(parts):
        return not any(map(is_body, parts))
    return len(parts) > 2 and all(map(_ROW_ENTRY.fullmatch, parts)) and any(map(is_of_page, parts))
