"""Posts before names: where one ends in a text, and which words are part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.articles.boundaries import SEPARATOR
from indexer.articles.names import POST, POSTS, begins_as_surname, is_word
from indexer.facts.sure import PEOPLE, WORK
from search.text.patterns import lazy

PAUSE = "，。；：！？\n"
LONGEST_POST = 60
# 正科级干部某某, 乡长提名人选某某; 党员干部 and the like are no post of one
POST_END = re.compile(rf"{POSTS}|干(?<=[级办室局部心站所会司院校]干)部|人(?<=提名人)选|{WORK}")
ENDS_IN_POST = re.compile(rf"(?:常务|专职|执行|名誉|党组|党委|第一)?副?{POST}$")
# in a list of persons with posts the word for people of one of them is a post, too: 党办干部某某
_ENDS_AS_POST = lazy(rf"{POST}|{PEOPLE}|医生|护士|老师|组委|业主")
# Words before a post that are none of it: 会议由, 座谈会上, 2月3日上午, 某某与来访的.
_LEADS_IN = re.compile(
    r".*(?:由|[会仪式班坛动]上|[期其]间|随后|最后|其中|[会课]前|[会课]后|\d日(?:上午|下午|晚上?)?|(?<=[）)])|今年|近年来|邀?请(?:到|来)?了?|特邀|[到与]会的|[程题项宾]是|的是|[务课]的有|(?:发言|讲话|致辞|授课|主讲|点评|承担[^，。；]{0,8}(?:课程|授课))的(?:是|有)?|分别[是为]|[与和同]来[\u4e00-\u9fff]{1,8}?的)"
)
# 区委书记某某、|副区长: behind a post stands a name that nothing else shows, and the next post is another's
_OTHER_PERSON = lazy(
    rf"{POST}(?![\u4e00-\u9fff]{{0,4}}{POST})([\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff]{{1,8}}(?:·[\u4e00-\u9fff]{{1,8}}){{1,3}})、"
)


_AFTER_TITLE = "，在于就对向为作做围"


def title_end(text: str, at: int) -> int:
    """Behind a second post, where a name that ends at `at` has one before and one behind it: 会长某某某研究员."""
    title = POST_END.match(text, at)
    if title is None or title.group() == "代表" or text[title.end() : title.end() + 1] not in _AFTER_TITLE:
        return at  # 副省长某某、苏州市|市长某某某
    return title.end()


_BESIDE = re.compile(r"(?:（[^（）]{1,8}）)?[ \u3000]{0,3}")  # 副县长（挂职）某某


def behind_post(text: str, at: int) -> int:
    """Where a name may begin behind a post that ends at `at`."""
    beside = _BESIDE.match(text, at)
    return beside.end() if beside else at


def post_ends(text: str, start: int, at: int) -> bool:
    """Whether a post, or a word for people, ends at `at`: 常委 does not in 常委|会."""
    return any(post.end() == at for post in _ENDS_AS_POST.finditer(text, max(start, at - 8), at + 8))


def posts_in(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Posts in text[start:stop]; 民政部|长期以来 holds none: a word cuts it, and no surname stands behind it."""
    for post in POST_END.finditer(text, start, stop):
        end = post.end()
        if not is_word(text[end - 1 : end + 1]) or begins_as_surname(text, end):
            yield post


# 二、局长某某讲话
_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])")


# 某某、某某等专家学者以及|商会代表某某
_BESIDES = re.compile(r"[^，。；]{2,40}等[\u4e00-\u9fff]{2,8}?(?:以及|及|和)")


def post_before(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the post that ends at `end` begins, and its words."""
    begins = max(start, *(text.rfind(mark, start, end) + 1 for mark in PAUSE))
    if text[begins : begins + 1] == "”":
        begins += 1  # “饭菜要热。”县长某某
    if (led := _LEADS_IN.match(text, begins, end)) and led.end() < end:
        begins = led.end()
    for other in _OTHER_PERSON.finditer(text, begins, end) if "、" in text[begins:end] else ():
        if other.end() < end and not is_word(other.group(1)):  # 主任科员、副所长 are two posts of one
            begins = other.end()
    if (beside := _BESIDES.match(text, begins, end)) and beside.end() < end:
        begins = beside.end()
    if item := _ITEM.match(text, begins, end):
        begins = item.end()
    # 副厅长某某　处长: a blank that tidying has left parts two persons, but 党组书记　局长 are two posts of one
    blank = text.rfind(SEPARATOR, begins, end - 1)
    if blank > 0 and not ENDS_IN_POST.search(text, begins, blank):
        begins = blank + 1
    return begins, text[begins:end].lstrip("、 　")
