"""What a site puts under a text: recommended pages, who checked it, disclaimers, a box to log in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.articles import page_makers
from indexer.articles.characters import readable, spelt
from indexer.articles.furniture import OF_SITES, furniture, tells_of_picture
from indexer.articles.labels import facts_in, is_page_facts
from indexer.articles.marks import complete, is_date_line
from indexer.articles.names import POST, is_called
from indexer.articles.official import is_body
from indexer.articles.other_pages import LONG, NO_WORD, OWN, before_list, run_behind
from indexer.articles.page_words import PICTOGRAPH, is_of_page, is_publishers_note
from indexer.extract import Block
from search.text.patterns import lazy

_BLANK = "\u200b\ufeff \t\u3000\xa0"
# Lines that only a page has under its text. Matched on the folded line (免責聲明 is 免责声明).
_OPENS = re.compile(
    r"[（(【】\[>》·•，,\s]{0,3}(?:猜你喜欢|你可能(?:还|也)?(?:喜欢|感兴趣)"
    r"|更多[^，。]{0,6}(?:参见|请看|详见)|(?:相关|更多|往期|精彩|热门|热点|最新|近期)(?:推荐|阅读|文章|文档|新闻|报道|链接|资讯|内容|评论)"
    r"|推荐(?:阅读|文档|文章)|(?:智能|为[您你])推荐|喜欢此内容|[—–=-]{1,4}(?:END|End)|END$|延伸阅读|(?:版权|免责|特别|郑重|重要)(?:声明|提示|说明)[：:]?|(?:本文|来源)?标题：|[^。]{0,20}(?:理[智性](?:评论|发言)|文明(?:上网|发言))|(?:本文)?(?:地址|链接|网址)：https?：|[^。]{0,20}版权所有"
    r"|(?:还剩|剩余)[ ]?\d{1,4}[ ]?页|下载文档到"
    # 【…致辞】相关文章：
    r"|[^】\]》]{2,60}[】\]》]的?(?:相关|推荐|更多|热门|精选)(?:文章|阅读|范文|内容|资料|推荐)"
    r"|(?:文档|网友|发表|全部|最新)评论|评论区|点击加载更多|阅读排行|点击排行|[上下]一(?:篇|(?:[页条个])(?:文章|信息|新闻|内容)?：)"
    r"|赞[ ]?[（(]\d|打赏|未经(?:允许|授权|许可|本站)|转载请"
    r"|本文章?(?:阅览|阅读)?(?:来自|地址|链接|由)|[声申]明(?:：|$)|扫一扫|扫码"
    r"|微信扫|长按"
    r"|(?:账号|帐号|用户名|手机号|验证码|密码)[\s+＋、/：:]|还没有(?:账号|帐号)|(?:立即|免费)?注册|(?:立即)?登录|忘记密码"
    r"|.{0,20}(?:网站|ICP)备案|.{0,12}ICP备|.{0,8}公网?安?备|Copyright|©|版权所有|网站地图|关于我们|联系我们"
    r"|(?:[一二三]审|初审|复审|终审|主编|值班主任|监审)[ ]?[：:|｜丨/]"
    r"|[^。]{0,40}(?:转载请|转载(?:须|时|必须|务必|应当?)|请注明(?:出处|来源|转自))|分享到|收藏本|打印本|关闭窗口|返回(?:顶部|首页|列表|上一页)|TAG|标签：|关键词：)",
    re.I,
)
# What a site of documents offers: names of files behind it are no annexes.
_OFFERS = lazy(r"[^\w]{0,2}(?:(?:相关|更多|推荐|热门|最新|同类|类似)(?:资源|文档|资料|推荐|下载)|猜你喜欢)")
# 2024-03-05,118| 2024-03-04,117: an index of days, without a word
_DAYS = re.compile(r"(?:[\d\s,，|｜/]{0,20}(?:19|20)\d\d-\d\d?-\d\d?){3,}[\d\s,，|｜/]{0,20}")
# 图二：老人在用餐
_NUMBERED = lazy(r"图[一二三四五六七八九十\d]{1,2}[ \u3000]{0,2}[：:][^。]{2,60}")
# footer, The End; （报道：白露）, 原标题：… below a text
_LATIN = lazy(
    r"(?!.{0,100}(?:@|www\.|http|\.docx?|\.xlsx?|\.pdf))(?=\D{1,120}$|[^a-z]{0,60}[a-z]{3})"
    r"(?=[^A-Za-z]{0,60}[A-Za-z][^A-Za-z]{0,10}[A-Za-z])[\x20-\x7e©®]{1,120}"
)
_ORIGINAL = re.compile(r"(?:原标题|原题|原文标题)[ \u3000]{0,3}[：:][^。]{2,80}")
# what is left of a page's own mark-up
_MARKUP = lazy(r".{0,400}(?:-->|<!--|</?[a-zA-Z]{1,12}[ />]|/[a-z]{3,12}property).{0,400}")
# 浙B2-20100419-2; 2024年3月5日 星期二: the number of a site, the day of a paper
_OF_SITE = re.compile(
    r"[\u4e00-\u9fff]?[A-Z]\d?-\d{6,12}(?:-\d{1,3})?|20\d\d年\d{1,2}月\d{1,2}日?[ \u3000]{0,3}星期[一二三四五六日天]?",
    re.A,
)
# ·云溪养老地图 ·助餐点名录 ·养老服务热线: a row of links
_LINKS = re.compile(r"(?:[ \u3000]{0,3}[·•][^·•。；，]{3,30}){3,8}")
# 云溪养老网 www.….com
_SITE_ADDRESS = lazy(r"[\u4e00-\u9fff]{2,12}(?<!官)网[ \u3000(（]{1,3}(?:https?://)?www\.[\w.-]{3,60}/?[)）]?", re.A)
# 页： / [1]: what is left of a row of page numbers
_PAGES = re.compile(r"页[：:]|\[\d{1,3}\]")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]{4,200}")
# 名称：电话：, what a visitor is to fill in
_FIELDS = lazy(r"(?:[\u4e00-\u9fff]{2,4}[：:][ \u3000]{0,4}){2,6}")
_DOMAIN = re.compile(r"www(?:\.[\w-]{2,30}){2,3}", re.A)
# A line of prose is longer than titles in such lists, or it ends with a full stop.
_PROSE = 40
_TENTH = 9


def without_tail(blocks: Sequence[Block], left_out: list[tuple[str, str]]) -> Sequence[Block]:
    """The blocks above what a site puts under a text: from its first such line on, where no prose follows, and lists
    of titles that all end or begin alike."""
    blocks = _parted(blocks)
    texts = [block.text.strip(_BLANK) for block in blocks]
    last = _above_box(texts, _last_prose(texts))
    # 0: the text itself may be all there is, on one line
    text = last if last >= 0 else _first_of_text(texts)
    again = _stands_above(texts, last)
    below = range(max(1, last + 1), len(texts))
    end = next((i for i in below if _opens(texts[i], below=i > text) or texts[i] in again), len(texts))
    end = _below_signed(texts, last, _before_counter(texts, end))
    end = before_list(texts, max(1, last + 1), end)
    end = _before_foreign(texts, last, end)
    if last > 0:  # under the line that says who edited a text, or says its facts again, nothing is the text's
        end = next((i + 1 for i in range(last + 1, end) if _closes(texts, i)), end)
    end = min(end, page_makers.begin(texts, last + 1)) if last > 0 else end
    while end - 1 > max(0, last) and _goes_with_it(texts, end - 1, prose=last >= 0):
        end -= 1
    box = next((i for i in range(end, len(texts)) if _OFFERS.match(readable(texts[i]))), len(texts))
    gone = [
        i for i in range(end, len(texts)) if texts[i] and (i > box or not OWN.match(texts[i]) or _is_pages(texts[i]))
    ]
    stated = _facts_below(texts, gone)
    gone = [i for i in gone if i not in stated]
    shown_twice = again & {texts[i] for i in gone}
    gone = [*(i for i in range(max(0, last)) if texts[i] in shown_twice), *gone]
    if not gone:
        return blocks
    left_out.extend((_name(texts[i]), texts[i]) for i in gone)
    dropped = frozenset(gone)
    return [block for i, block in enumerate(blocks) if i not in dropped]


# …送到楼上。[ 2024-03-05 ] [打印] 上一篇：…: on a page of one line
_PAGER_BEHIND = re.compile(
    r"(?<=[。！？”）)])[ \u3000]*"
    r"(?=(?P<buttons>(?:[\[【][^\[\]【】]{1,14}[\]】][ \u3000]*){0,5})上一[篇条页][：:][^。]{0,400}$)"
)
_LONG = 200


def _parted(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, the last that is long parted where the page's own row and its pager stand behind the text."""
    at = next((i for i in range(len(blocks) - 1, -1, -1) if len(blocks[i].text) > _LONG), -1)
    text = blocks[at].text if at >= 0 else ""
    found = _PAGER_BEHIND.search(text, max(0, len(text) - 600))
    if found is None:
        return blocks
    pieces = (text[: found.start()], found["buttons"], text[found.end("buttons") :])
    return [*blocks[:at], *(replace(blocks[at], text=piece) for piece in pieces if piece.strip()), *blocks[at + 1 :]]


def _stands_above(texts: Sequence[str], last: int) -> frozenset[str]:
    """The first lines of a page, which are its own where they stand again below the text; a body, a day and who speaks
    stand above and sign below."""
    first = [text for text in texts[: max(0, last)] if text][:6]
    own = [
        text
        for text in first
        if 4 <= len(text) <= _PROSE
        and any(map(str.isalnum, text))  # a rule stands again between texts
        and not (complete(text) or is_body(text) or is_called(text) or _MAY_SIGN.search(text))
        and not re.search(POST, text)
    ]
    spelled = {spelt(text) for text in own}
    # ——我市召开推进会: with a dash before it
    return frozenset((*own, *(text for text in texts[last + 1 :] if len(text) >= 8 and spelt(text) in spelled)))


def _first_of_text(texts: Sequence[str]) -> int:
    """Where text stands for certain though no line is prose: a long line, or the tenth of short ones."""
    own = [i for i, text in enumerate(texts) if text and not _is_pages(text)]
    return next((i for at, i in enumerate(own) if len(texts[i]) > _PROSE or at == _TENTH), len(texts))


def _facts_below(texts: Sequence[str], gone: Sequence[int]) -> frozenset[int]:
    """Lines that may state the page's own facts below its text: no label stands among them twice."""
    facts = [i for i in gone if is_page_facts(texts[i])]
    labels = [label for i in facts for label in facts_in(texts[i]).labels or ("日期",)]
    return frozenset(facts) if len(set(labels)) == len(labels) <= 5 else frozenset()


def _is_left(text: str, *, prose: bool) -> bool:
    """What may be left above that: captions of pictures that the page shows last, who wrote, a dash, mark-up; Latin
    below Chinese prose."""
    if _LATIN.fullmatch(text):
        return prose
    return not text or bool(
        PICTOGRAPH.search(text)
        or _ADDRESS.fullmatch(text)
        or NO_WORD.fullmatch(text)
        or _PAGES.fullmatch(text)
        or _kind_of_left(text)
    )


def _goes_with_it(texts: Sequence[str], at: int, *, prose: bool) -> bool:
    """Whether a line between the text and what stands below it is the page's, too."""
    if _HEADS.fullmatch(texts[at]) and not OWN.match(texts[at]):
        return prose and not any(map(OWN.match, texts[at + 1 :]))  # it heads nothing of the text's
    if at + 1 < len(texts) and (texts[at].isdecimal() or _FIELDS.fullmatch(texts[at])):
        return True  # 0, above 评论
    if (site := _DOMAIN.search(texts[at])) and any(
        site[0] in text and OF_SITES.search(text) for text in texts[at + 1 :]
    ):
        return True  # whose page this is stands below
    return _is_left(texts[at], prose=prose) or furniture(texts[at]) == "编辑" or _says_again(texts, at)


def _says_again(texts: Sequence[str], at: int) -> bool:
    """查看完整版本：, and the headline once more; or a paper's name and page, and the headline among them."""
    headline = re.split("[：:]", texts[at], maxsplit=1)[-1].strip()
    if len(headline) >= 8 and headline != texts[at] and headline in texts[: min(at, 12)]:
        return True
    among = [part for part in texts[at].split() if len(part) >= 8 and part in texts[: min(at, 12)]]
    return len(texts[at].split()) > 3 and any(not is_body(part) for part in among)


def _kind_of_left(text: str) -> str:
    if page_makers.is_one(text):
        return "编辑"
    if tells_of_picture(text) or _NUMBERED.fullmatch(text):
        return "图片说明"
    return "题标" if _ORIGINAL.fullmatch(text) else "网页代码" if _MARKUP.fullmatch(text) else ""


def _name(text: str) -> str:
    """What a line under a text is by itself, or else one of what the site recommends there."""
    return _kind_of_left(text) or furniture(text) or "文末推荐"


def _last_prose(texts: Sequence[str]) -> int:
    """The last line that is prose and no site's; -1 where none is."""
    return next(
        (i for i in range(len(texts) - 1, -1, -1) if _is_prose(texts[i]) and not _opens(texts[i], below=i > 0)), -1
    )


# 新闻推荐, 热点排行: names of boxes in which a page tells of other pages
_BOX = lazy(
    r"(?:[\u4e00-\u9fff]{2,4}(?:推荐|排行|阅读)|推荐[\u4e00-\u9fff]{2}|(?:相关|热[门点]|更多)新闻"
    r"|[【\[]?更多[】\]]?(?:相关)?(?:信息|新闻|文章|内容)|相关(?:信息|文章|内容))[：:]?"
)
_LONGEST_BOX = 8
_MOST_TOLD = 2
_FOREIGN = 0.3


def _above_box(texts: Sequence[str], last: int) -> int:
    """The last prose above the first box that tells of other pages in at most two paragraphs, of whose pairs of
    characters the text has few; or above who edited it, where only titles follow, long ones; `last` where there is
    none."""
    box = next(
        (i for i in range(1, last) if len(texts[i]) <= _LONGEST_BOX and _BOX.fullmatch(readable(texts[i]))), None
    )
    if box is None and last > 0 and "。" not in texts[last]:
        edited = (i for i in range(last - 1, 0, -1) if "。" in texts[i] or furniture(texts[i]) == "编辑")
        box = next((i for i in edited if not is_publishers_note(texts[i])), None)
        box = box if box and furniture(texts[box]) == "编辑" else None
    above = _last_prose(texts[:box]) if box else -1
    told = [i for i in range(box, last + 1) if _is_prose(texts[i])] if box else []
    if above < 0 or len(told) > _MOST_TOLD or any(map(_is_signed, (texts[i] for i in told))):
        return last
    said = readable("".join(texts[: above + 1])[:20_000])
    return above if all(shared(readable(texts[i]), said) < _FOREIGN for i in told) else last


def shared(bare: str, said: str) -> float:
    """Share of the pairs of characters of a line that a text has."""
    return sum(bare[at : at + 2] in said for at in range(len(bare) - 1)) / max(1, len(bare) - 1)


def _closes(texts: Sequence[str], at: int) -> bool:
    again = at + 1 < len(texts) and texts[at] in texts[: min(at, 8)] and is_page_facts(texts[at])
    return furniture(texts[at]) == "编辑" or (again and not is_page_facts(texts[at + 1]))


# 版 权 所 有
_DRAWN = re.compile(r"\S(?: \S){7,60}")


def _opens(text: str, *, below: bool) -> bool:
    """Whether a line can only stand under a text; below: some text stands above it."""
    # 声明: and 声明： are one, and so is 版 权 所 有
    bare = "".join(text.split()) if len(text) <= 120 and _DRAWN.fullmatch(text) else text
    opens = 0 < len(text) <= 400 and _OPENS.match(readable(bare).replace(":", "："))
    opens = opens or (0 < len(text) <= 200 and "。" not in text and OF_SITES.search(text))
    return (
        bool(opens)
        or _DAYS.fullmatch(text) is not None
        or (below and (_is_pages(text) or _OF_SITE.fullmatch(text) is not None or _LINKS.fullmatch(text) is not None))
    )


# …送到楼上。（记者 某某）: who signs a text behind its last sentence
_SIGN_OFF = re.compile(r"[（(【\[][^（）()【】]{1,40}[）)】\]]\s*$")


# What may stand below who signs, as the text's own: an annex, a list that is announced, a label, an item.
_MAY_FOLLOW = lazy(
    r"[（(【\[《一二三四五六七八九十\d]|第.{1,4}[章条节]|.*[：:]|.*(?:名单|一览|附表|目录)|.*[局厅部委院会社校村镇乡站所室处]$"
)


def _below_signed(texts: Sequence[str], last: int, end: int) -> int:
    """Where what a page shows begins below a text whose last sentence is signed by who wrote it: at once, where none
    of the lines there may be the text's own."""
    if last < 0 or not _is_signed(texts[last]):
        return end
    below = [text for text in texts[last + 1 : end] if text]
    own = any(_MAY_FOLLOW.match(text) or OWN.match(text) or is_called(text) or len(text.split()) > 2 for text in below)
    return end if own else last + 1


def _before_counter(texts: Sequence[str], end: int) -> int:
    """Where how often the page was seen stands below all of its text, below who signs it or its last sentence; a page
    has a number of fewer figures."""
    filled = [i for i in range(end) if texts[i]][-2:]
    counted = len(filled) > 1 and end == len(texts) and re.fullmatch(r"\d{4,6}", texts[filled[1]], re.A)
    return filled[1] if counted and (_SIGN_OFF.fullmatch(texts[filled[0]]) or complete(texts[filled[0]])) else end


def _is_signed(text: str) -> bool:
    """…送到楼上。（记者 某某）, （某某）"""
    found = _SIGN_OFF.search(text)
    if found is None or not complete(text[: found.start()]):
        return False
    names = re.split(
        r"[\s、/／|]+", re.sub("记者|通讯员|作者|供稿|[文图摄]|[：:]", " ", found.group().strip(" （）()[]【】"))
    )
    return any(names) and all(is_called(name) for name in names if name)


def _is_pages(text: str) -> bool:
    return is_of_page(text) or is_publishers_note(text)


# 国内新闻精选：, straight above titles of other pages; 文件下载：, above nothing
_HEADS = lazy(r"[^，。；：:]{2,12}[：:]")
# What may end a text: who signs and when, names, parts of a list.
_MAY_SIGN = re.compile(
    r"[：:（(【\[\d]|^第[一二三四五六七八九十\d]{1,3}[\u4e00-\u9fff]"
    r"|(?:[局厅部委院会社校村镇乡店站所队团室处科]|中心|公司|食堂|街道|社区|小学|大学)$"
)


def _before_foreign(texts: Sequence[str], last: int, end: int) -> int:
    """Where lines of the page begin between the text and what only a page has below it, or below all of a text that
    has facts of a page above it: lines without a mark, none of which shares two pairs of characters with the text, and
    none that could sign it."""
    run = [i for i in range(last + 1, end) if texts[i] and not is_page_facts(texts[i])] if 0 <= last < end else []
    if not run or not (
        end < len(texts) or any(map(_of_page_above, [*texts[: min(last, _MOST_ABOVE)], *texts[last + 1 : run[0]]]))
    ):
        return end
    said = readable("".join(texts[: last + 1])[:20_000])
    foreign = [bool(_SITE_ADDRESS.fullmatch(texts[i])) or _is_foreign(texts[i], said) for i in run]
    if end == len(texts):
        return run[0] if all(foreign) and not any(map(complete, (texts[i] for i in run))) else end
    return run[-run_behind(foreign)] if foreign[-1] else end


_MOST_ABOVE = 12
_PLACED = re.compile("首|位置")  # without one of these a line is no trail
_URL = re.compile(r"[ \u3000]https?://[\x21-\x7e]{4,200}")


def _of_page_above(text: str) -> bool:
    return is_page_facts(text) or (bool(_PLACED.search(text)) and furniture(text) == "位置")


def _is_foreign(text: str, said: str) -> bool:
    bare = readable(_URL.sub("", text)).strip()
    if not bare:
        return False
    own = _MAY_SIGN.search(bare) or re.search("[。！？；，,!?;]$", bare) or is_date_line(text) or is_called(bare)
    return 4 <= len(bare) <= _PROSE and shared(bare, said) * (len(bare) - 1) <= 1 and not own


def _is_prose(text: str) -> bool:
    said = _SIGN_OFF.sub("", text.rstrip(" |｜"))
    if len(text) > LONG and "。" in said:
        return True
    return complete(said) and (len(said) > _PROSE or said.endswith(("。", "。”", "。）")))
