"""What belongs to a page and not to its text: buttons, page numbers, navigation, the line of facts about the page.

Whole lines only, each known by the name of its kind; what is left out is named where it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.characters import readable
from indexer.articles.labels import is_page_facts
from indexer.articles.names import POST, is_called
from indexer.articles.official import is_body
from indexer.articles.page_words import is_of_page
from indexer.articles.secrecy import is_internal

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
    rf"|{_DASH}(?:\d{{1,4}}(?:\s{{0,3}}[/／]\s{{0,3}}\d{{1,4}})?|[一二三四五六七八九十]{{1,3}})\s{{0,3}}{_DASH}"
)
_FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    # what is left of a table that laid out a page: ---|---
    ("分隔线", re.compile(r":?-{3,40}:?(?:[ |]{1,3}:?-{3,40}:?){1,40}[ |]{0,3}")),
    ("翻页", re.compile(r"页[ 　]{0,2}[：:][ 　]{0,2}(?:\[\d{1,3}\][ 　]{0,2}){1,20}")),
    ("翻页", re.compile(r"[上下前后]一(?:[篇条页]|个)(?:文章|信息|新闻|内容)?[ 　]{0,4}[：:].{0,120}")),
    # → 上一条 端午粽香飘满院, 下一篇4　薏仁米丰收: a blank stands for the colon
    ("翻页", re.compile(r"[^\w\s，。；：！？“”（）《》]{0,3}[ 　]?[上下]一[篇条]\d?[ 　]{1,3}[^。]{2,100}")),
    # what an account of WeChat says of itself
    ("站名栏目", re.compile(r"微信号[ 　：:]{1,3}[A-Za-z][\w-]{3,30}|功能介绍[ 　]{1,3}.{2,120}", re.A)),
    # it says of itself what it is
    (
        "广告",
        re.compile(
            r"广告位(?:招租|招商|出租)[^，。；]{0,60}"
            r"|(?:[【\[（(][ 　]?广告[ 　]?[】\]）)]|[□■◆▲●]?[ 　]?广告[ 　]{0,2}[|｜丨：:]"
            r"|[□■◆▲●][ 　]?广告[ 　]).{0,80}"
        ),
    ),
    ("论坛", re.compile(r"(?:\[复制链接\][ 　]{0,3})?电梯直达(?:[ 　]{0,3}\d{1,4}#)?")),
    ("论坛", re.compile(r"[^。]{0,4}本[帖贴](?:子)?最后由.{2,60}编辑")),
    ("推荐", re.compile(r"[▼▶●·]?[ 　]?(?:推荐|延伸|相关|扩展|更多)阅读[ 　]?[：:][^。；《]{2,60}")),
    ("按钮", re.compile(r"0{1,2}:00(?::00)?[ 　]?/[ 　]?\d{1,2}:\d{2}(?::\d{2})?")),
    ("标签", re.compile(r"收录于(?:合集|话题)[^，。；：\d]{0,20}(?:\d{1,4}[ 　]?个)?")),
    # #助餐服务 5 个, #助餐#: what an account files a message under
    (
        "标签",
        re.compile(
            r"#[^\s#，。；：]{2,20}(?:#|[ 　]{0,2}\d{1,4}[ 　]?个)"
            r"|(?:#[^\s#，。；：]{2,12}[ 　]{0,3}){2,8}"
        ),
    ),
    (
        "编辑",
        re.compile(
            r"[（(【\[]?(?:责任编辑|责编|编辑|校对|审核|排版|编审|初审|复审|终审)[ 　]{0,4}[：:|｜丨/]"
            # beside 来源 or a date it is one of the facts of the page
            r"[ 　]{0,4}(?![^，。；]{0,60}(?:来源|时间|日期)[：:])[^，。；\s][^，。；]{0,60}"
        ),
    ),
    # （某某广播电视台 编辑：某某 三审：某某）
    (
        "编辑",
        re.compile(
            r"[（(【\[][^（）()，。；]{0,30}?(?:编辑|责编|[一二三初复终]审|审核|签发|校对)[ 　]{0,4}[：:]"
            r"[^（）()，。；]{1,40}[）)】\]]|[（(【\[](?:责任编辑|责编)[ 　]{0,4}[\u4e00-\u9fff]{2,4}[）)】\]]"
        ),
    ),
    # 一校（审）：某某, 责编校对：某某 某某: names behind a label that is made of such work alone
    (
        "编辑",
        re.compile(
            r"(?=[^：:]{0,10}[编校审])[一二三四初复终责主任值班编校审核对稿辑签发监制排版人员图文]{2,8}"
            r"(?:[（(][编校审核签发]{1,2}[）)])?[ 　]{0,2}[：:][ 　]{0,2}"
            r"[\u4e00-\u9fff·]{2,4}(?:[ 　、，][\u4e00-\u9fff·]{2,4}){0,3}"
        ),
    ),
    # a site's own words above a text that it offers
    ("提示", re.compile(r"[^。]{0,30}(?:小编|本站)[^。]{0,100}(?:整理|收集|分享|带来|推荐)[^。]{0,100}。?")),
    (
        "提示",
        re.compile(
            r"欢迎(?:[您你])?(?:来到|访问|光临|进入|登录)[^，。；]{2,24}(?:网|网站|论坛|平台|门户)"
            r"(?:[^\u4e00-\u9fff]{0,30}|[！!]?[ 　]{1,4}[^，。；：]{2,30})"
        ),
    ),
    ("按钮", re.compile(r"[•·]?[ 　]{0,3}\d{1,3}(?:px|pt)", re.I)),
    (
        "导航",
        re.compile(
            r"(?:网站)?首页(?:[ 　|｜]{1,6}(?:[\u4e00-\u9fff]{2,6}(?:\d[A-Za-z]?)?|[\d-]{7,14})){1,20}[ 　|｜]{0,6}",
            re.A,
        ),
    ),
    (
        "版面",
        re.compile(
            r"国内统一(?:连续出版物)?刊?号[：:][^。]{0,60}"
            r"|第?[A-Z]?\d{1,3}版(?:[ 　]{0,3}[：:][^，。；]{0,40}|[ 　]{1,3}[\u4e00-\u9fff]{2,8})"
        ),
    ),
    ("位置", re.compile(r"[>›»＞ 　]{0,6}(?:当前|所在|所属)栏目[ 　]{0,2}[：:][^，。；：:\d]{1,30}")),
    # B1版编辑 白露 美编 青禾 校对 卓一
    (
        "编辑",
        re.compile(
            r"(?:第?[A-Z]?\d{1,3}版[ 　]{0,2})?(?:(?:责任|值班|执行)?编辑|责编|美编|校对|版式|组版|审读|监审|值班主任)"
            r"[ 　]{1,3}[\u4e00-\u9fff]{2,4}"
            r"(?:[ 　]{1,4}(?:(?:责任|值班|执行)?编辑|责编|美编|校对|版式|组版|审读|监审|值班主任)"
            r"[ 　]{1,3}[\u4e00-\u9fff]{2,4}){1,5}"
        ),
    ),
    ("位置", re.compile(r"[^，。；：:]{0,12}首页[ 　]{0,3}(?:>|›|»|＞|/|→|-).{1,100}")),
    (
        "文档",
        re.compile(r"(?:上传人|上传者|文档编号|文档ID|贡献者|文档格式|页数|格式|大小)[ 　]{0,3}[：:][^，。；]{0,120}"),
    ),
    (
        "位置",
        re.compile(
            r"[\d. ]{0,4}(?:位置[：:])?(?!的)(?:您|你|现在|目前|当前|所在|的){1,6}位置[ 　]{0,4}[：:是].{0,120}"
        ),
    ),
    (
        "版权",
        re.compile(
            r"(?:版权所有|Copyright|©|网站标识码[ 　]{0,4}[：:]"
            # alone, these name who holds a meeting or a contest
            r"|(?:主办|承办)单位[ 　]{0,4}[：:][^，。；]{2,60}(?:技术支持|网站标识码|网站维护|维护单位)"
            r"|.{0,20}ICP备|.{0,6}公网安备|.{0,40}公网安备[ 　]{0,2}\d{8}).{0,200}",
            re.I,
        ),
    ),
    # 抄送 heads a list of bodies with a full stop behind it; the others may begin a sentence as well.
    ("分发", re.compile(r"(?:分送|抄送|主送|抄报|发送范围)[ 　]{0,4}[：:].{0,120}")),
    ("分发", re.compile(r"(?:报送|签发|印发)[ 　]{0,4}[：:][^，。；]{0,120}")),
    ("下载", re.compile(r".{0,12}(?:VIP|会员|积分|文库|下载券|金币).{0,16}(?:下载|阅读|查看|开通|特权).{0,20}", re.I)),
    # ¥ 8.00 立即下载 加入收藏; ★★★★☆ 4.2分
    (
        "下载",
        re.compile(
            # not the price or the stars of what a text tells of: ￥100 助餐补贴, ★★★★★ 云溪福利院
            r"(?=.*(?:下载|收藏|购买|举报|\d分))"
            r"(?:[¥￥][ 　]?\d{1,4}(?:\.\d{1,2})?元?(?:[ 　]{1,4}[\u4e00-\u9fff]{2,8}){1,5}"
            r"|(?:评[分级][：: 　]{0,3})?[★☆]{3,5}[ 　]{1,4}[^，。；]{0,40})"
        ),
    ),
    (
        "下载",
        re.compile(
            r"[^。]{0,40}(?:文档|全文|资料|本文)[^。]{0,24}"
            r"(?:预览[完已结版]|下载后(?:即?可)?(?:阅读|查看|编辑|复制)|免费预览|如果?喜欢就下载)[^。]{0,60}"
        ),
    ),
    ("下载", re.compile(r".{0,8}(?:文档|全文|资料|本文).{0,6}(?:下载|预览).{0,20}(?:元|次|页|币|点|格式|券)")),
    (
        "图片说明",
        # of 80 characters or one sentence: a paragraph may end with the name of who took its picture
        re.compile(
            r"(?:.{0,60}|[^。]{0,160}(?:。[^。]{0,20})?)(?:记者|通讯员)[ \u3000]{0,2}[\u4e00-\u9fff]{2,4}"
            r"(?:[ \u3000]{0,2}摄影?|摄影报道)"
        ),
    ),
    # what a page shows where a picture was
    (
        "图片",
        re.compile(
            r"图片|[（(【\[](?:(?:相关)?资料|配|题|网络|示意|效果|新闻|现场)?(?:图片?|[视視][频頻])[）)】\]]|!\[[^\[\]]{0,80}\]\([^()]{0,300}\)"
        ),
    ),
    (
        "图片",
        re.compile(
            r"<(?:image|img)[ >].{0,380}|data:image/.{0,380}|[^，。；：]{1,80}\.(?:jpe?g|png|gif|bmp|webp)"
            r"|(?:微信图片|微信截图|QQ截图|QQ图片|IMG|DSC|mmexport)[_ ]?\d{4,20}(?:[_ ]\d{1,6})?",
            re.I,
        ),
    ),
    # 《云溪县助餐办法.docx》由会员分享，可在线阅读
    (
        "下载",
        re.compile(
            r"《[^《》]{2,80}\.(?:docx?|pdf|wps|pptx?|xlsx?|txt)》[^。]{0,40}(?:分享|上传|下载|阅读|搜索)[^。]{0,60}。?",
            re.I,
        ),
    ),
    # what a script left of itself
    (
        "网页代码",
        re.compile(
            r"(?=[^\u4e00-\u9fff]{0,400}[;{}])(?:(?:var|let|const|function|if|for|return)\b|window\.|document\.|\$\(|\}|//)[^\u4e00-\u9fff]{2,398}"
        ),
    ),
    (
        "提示",
        re.compile(r"[—–\-=~*·•\s]{1,8}(?:END|End|The End)[—–\-=~*·•\s]{0,8}|END|\d[\d.]{0,5}万?(?:粉丝|人关注|获赞)"),
    ),
    (
        "按钮",
        re.compile(
            r"(?:听新闻|听全文|收听本文|语音播报|朗读)[\d:：/分秒 \u3000]{0,16}"
            r"|(?:[^，。；：]{0,8}[ \u3000]{1,3})?打开(?:APP|客户端)"
            r"(?:[ \u3000]{0,3}(?:看|查看|阅读|体验)[^，。；：]{0,10}|[ \u3000]{1,3}[^，。；：\s]{2,8})?"
            r"|(?:点击播放)?[ \u3000]{0,3}GIF[ \d.]{0,6}[MK]?|点击播放",
            re.I,
        ),
    ),
    ("按钮", re.compile(r"(?:赞|踩|顶|点赞|在看|收藏|转发|评论)[ \u3000（(]{0,2}\d{1,7}[）)]?")),
    # what a server or a script left of itself
    (
        "按钮",
        re.compile(
            r"(?:\[an error occurred while processing (?:this|the) directive\]\s*)+"
            r"|链接已复制|\d\d-\d\d[ 　]{1,4}\d\d:\d\d"
            # the visitor's day, the old calendar's and the weather
            r"|今天是[：: 　]{0,2}20\d\d年\d{1,2}月\d{1,2}日?[ 　]{0,3}星期[一二三四五六日天]"
            r"(?:[ 　]{1,4}[^\s，。；：]{1,6}){0,3}"
            r"|(?:[\u4e00-\u9fff]{4,20}[ 　]{1,4})?今天是[：: ]{0,2}[\d年月日星期一二三四五六 　]{0,30}"
        ),
    ),
    ("提示", re.compile(r"(?:扫一扫|扫描二维码|长按识别|微信扫码|分享到|请点击|点击查看).{0,40}")),
    # one hint over two lines
    (
        "提示",
        re.compile(r".{0,8}微信里?点[“\"]?发现[”\"]?，扫一下.{0,40}|二维码便?可?将[^，。；]{2,10}分享[至到]朋友圈。?"),
    ),
    (
        "提示",
        re.compile(r"(?:请)?点击(?:进入|查看|下载)[ 　]{0,2}[>»：:]{1,3}[^，。；]{0,40}"),
    ),
    (
        "提示",
        re.compile(
            r"[^，。；]{0,4}(?:点击|戳)[^，。；]{0,10}(?:关注我们|关注|订阅|阅读原文[^，。；]{0,10})[！!~↑↓]{0,3}"
        ),
    ),
    (
        "提示",
        re.compile(r"(?:您是第|共有|已有).{0,6}\d{1,12}.{0,6}(?:位访客|人阅读|次阅读|人浏览|条评论|次浏览|次下载)"),
    ),
)
_SAYS_WHO = re.compile(r"[^，。；：！？\s的]{2,24}(?:致辞|讲话|发言|揭牌|授牌|合影|现场)")


def tells_of_picture(bare: str) -> bool:
    """局长某某讲话: straight under a picture or another's caption it is one, too."""
    return _SAYS_WHO.fullmatch(bare) is not None


_PERSON = re.compile(rf"{POST}[ \u3000]?(?P<who>[\u4e00-\u9fff]{{2,3}})(?=.{{2,}})")


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


def _kind(bare: str) -> str:
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
    named = next((name for name, pattern in _FURNITURE if pattern.fullmatch(bare)), "")
    return named or ("按钮" if _all_buttons(bare) or _is_row_of_brackets(bare) else "导航" if _is_menu(bare) else "")


_MARKUP = re.compile(r"(?:[•·*\s]{0,4}|\d{1,2}\. )(?:</?[a-zA-Z][^<>]{0,120}>\s{0,4}){1,12}")
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


_BRACKETED = re.compile(r"[【\[][ 　]?([^【】\[\]，。；\d]{2,10})[ 　]?[】\]][ 　]{0,4}")


def _is_row_of_brackets(bare: str) -> bool:
    """【 双击自动滚屏 】 【 字体：小 大 】 【 打印此文 】: three entries and more, one of which only a page has."""
    entries = _BRACKETED.findall(bare) if bare[0] in "【[" and bare[-1] in "】]" else []
    return len(entries) > 2 and not _BRACKETED.sub("", bare) and any(map(_only_of_pages, entries))


_STROKE = re.compile("[|｜丨]")
_ENTRY = re.compile(r"[\u4e00-\u9fff]{2,8}")
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


_ROW_ENTRY = re.compile(r"\d{0,6}[\u4e00-\u9fff]{2,8}\d{0,6}|\d{1,6}|\d{1,2}[-:]\d{1,2}|/")
_FEWEST_ALIKE = 4


def is_row_of_page(bare: str) -> bool:
    """我来说两句 打印文章 发送给好友: three short entries and more, one of which is a button; or four that all end
    with the same four characters (松台镇信息公开 青禾镇信息公开), but no bodies, to whom a paper goes."""
    parts = bare.split()
    if len(parts) >= _FEWEST_ALIKE and len({part[-4:] for part in parts}) == 1 and len(set(parts)) == len(parts):
        return not any(map(is_body, parts))
    return len(parts) > 2 and all(map(_ROW_ENTRY.fullmatch, parts)) and any(map(is_of_page, parts))
