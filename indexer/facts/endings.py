"""Where a person's name ends: at a word that begins behind it, and not at what is the first character of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.articles.names import is_word
from indexer.facts.speaking import SPEAKS
from search.text import doing, grammatical, likelihood, office
from search.text.patterns import lazy

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·(?:(?!的)[\u4e00-\u9fff]){1,8}){1,3}")
COURTESY = ("同志", "先生", "女士", "同学", "老师", "一行")


def courtesy_end(text: str, at: int) -> int:
    """Behind 同志 and the like where a name that ends at `at` is followed by it."""
    return at + 2 if text.startswith(COURTESY, at) and not text.startswith("们", at + 2) else at


# 某某|道：; 某某|的一番话: no word of the dictionary, or of other kinds there
_OWN = (
    "道，",
    "道：",
    "道“",
    "道出",
    "上台",
    "登台",
    "的一番",
    "的一席",
    "的发言",
    "的提议",
)
_FIRST = ("第一个", "头一个")  # 某某|第一个发言
# Words of one character that may follow a name.
_QUOTES = ("“", "《")
_FOLLOWS = frozenset("听又再及在于就对向为用把作做致还也从等与和等受以讲说谈要并同代率赴到将又则已主亲先")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·]")


def goes_on(text: str, at: int) -> bool:
    """Whether a word begins at `at`, so that a name may end there: 某某|出席, not 某某出|席会."""
    return _goes_on(text[at : at + 4])


def _says_how(text: str, at: int) -> bool:
    """Whether 第一个|发言 or 边听边记 begins at `at`."""
    return text.startswith(_FIRST, at) or (text[at : at + 1] == "边" and text[at + 2 : at + 3] == "边")


# The same few words follow names again and again.
@office.follows
@lru_cache(maxsize=1 << 14)
def _goes_on(ahead: str) -> bool:
    """ahead: the next characters of a text, four unless it ends."""
    if not _HAN.match(ahead) or ahead[0] in _FOLLOWS or ahead[1:2] in _QUOTES:
        return True
    if ahead.startswith(_OWN) or _says_how(ahead, 0):
        return True
    return is_word(ahead[:2]) or is_word(ahead) or is_word(ahead[:3]) or ahead.startswith(COURTESY)


def name_ends(text: str, at: int) -> Iterator[int]:
    """Where a name that begins at `at` may end: two or more characters behind its last dot, or after 2 to 7 characters,
    the likeliest first."""
    if dotted := _DOTTED.match(text, at):
        last = text.rindex("·", at, dotted.end()) + 1
        if text[last + 1 : last + 3] in doing() and text[last + 3 : last + 4] == "了":
            yield last + 1  # 杜拉尔·梅|介绍
        yield from range(min(last + 2, dotted.end()), dotted.end() + 1)
        return
    yield from (at + length for length in (3, 4, 5, 6, 7, 2) if at + length <= len(text))


# Names longer than this are written with a dot or not at all.
_LONGEST_NAME = 20
_MOST_TIMES = 50


def in_common(text: str, begins: str) -> int:
    """The length of what all places of a text that begin with these two characters share, where a word begins behind
    each of them; of three characters, behind one of them."""
    found: list[int] = []
    at = text.find(begins)
    while at >= 0 and len(found) < _MOST_TIMES:
        found.append(at)
        at = text.find(begins, at + 1)
    if len(found) < 2:
        return 0
    shared = 2
    while shared < _LONGEST_NAME:
        following = {text[place + shared : place + shared + 1] for place in found}
        if len(following) > 1 or not _HAN.match(following.pop()):
            break
        shared += 1
    ends = [place + shared for place in found]
    if any(parts_before(text, end) for end in ends):
        return 0
    # 申红梅领学, 申红梅围绕: of three characters one that a word follows will do, as no dictionary has every verb
    will_do = any if shared == 3 else all
    return shared if will_do(goes_on(text, end) for end in ends) else 0


def is_surname_first(text: str, at: int, end: int) -> bool:
    """书记|向丽|在会上: 向 and 于 are the surname of two characters that a preposition or a verb of two follows."""
    name = text[at:end]
    first = len(name) == 2 and name[0] in "向于" and name[1] not in "其此这那他她我你它全各大会党上下日"
    return first and text[end : end + 1] in ("在", "就", "对") and not is_word(name)


# Prepositions and adverbs that end no name: 李明|对会议, not 李明对|会议.
NEVER_LAST = frozenset("听及到在于就对向作做致还也从等与受讲说要并率赴将又则已")


# 某某向|围绕三点作讲解: no preposition stands before another one, or before what somebody does
_ACTS_AT_ONCE = lazy("围绕|结合|针对|指出|强调|要求|表示|主持|出席|宣读|带队|率队")
_ABOUT = frozenset("就对向从等")  # 李建成|就食堂作报告, though 成就 is a word, too; 夏建中|等
# 某某|同来宾举行座谈, but 某大同|举行座谈
_TOGETHER = lazy(r"(?!志)[^，。；：]{2,16}?(?:举行|会[谈见]|共同|一起|一道|座谈|交流)")


# 某某|为大家, 某某|用身边的事, but 某有为|出席, 某大用同志
_GOVERNS = frozenset("为用把以")


def _governs(text: str, at: int) -> bool:
    """Whether a preposition that ends at `at` has its noun there: no sign, no verb, no other one and no 同志."""
    noun = _HAN.match(text, at) and text[at] not in _GOVERNS and text[at : at + 2] not in doing()
    return bool(noun) and courtesy_end(text, at) == at


def parts_before(text: str, end: int) -> bool:
    """Whether the character before `end` is rather the first of what follows a name: 某某|用“十二个字”."""
    return (
        (text[end - 1] in NEVER_LAST and not (text[end - 1] in "向对就从" and _ACTS_AT_ONCE.match(text, end)))
        or _says_how(text, end - 1)
        or (text[end - 1] == "同" and _TOGETHER.match(text, end) is not None)
        or (text[end - 1] in _GOVERNS and _governs(text, end))
        or text[end : end + 1] in _QUOTES
        or (
            is_word(text[end - 1 : end + 1])
            and text[end : end + 1] not in _ABOUT
            and (goes_on(text, end + 1) or text[end + 1 : end + 2] == "地")
        )
    )


def governs(text: str, end: int) -> bool:
    """Whether the character before `end` may be a preposition or an adverb: no name is made longer by it."""
    last = text[end - 1]
    return last in NEVER_LAST or last in _GOVERNS or last == "同" or _says_how(text, end - 1)


# Logarithms. Eight names of ten have three characters; a character of a name is one of some thousand; a word that often
# follows a name is likelier there than anywhere else.
_OF_LENGTH = {2: -2.0, 3: -0.15}
_LONGER = -9.0
_CHARACTER, _FOLLOWING = -7.0, 3.0
_FOREIGN, _SOUND = -1.0, -5.0
_OFTEN = frozenset("在就对向从说")
_RUN = lazy("[\u4e00-\u9fff]{2,9}")


def likely(text: str, at: int, end: int, *, foreign: bool = False) -> float:
    """How likely it is, as a logarithm, that a name is text[at:end] and that what is behind it are words. foreign:
    that it writes another language's sounds, for which some hundred and fifty characters do."""
    at = text.rfind("·", at, end) + 1 or at
    run = _RUN.match(text, at)
    rest = run.group()[end - at :] if run else ""
    name = _OF_LENGTH.get(end - at, _LONGER) + _CHARACTER * (end - at - 1)
    if foreign:
        name = _FOREIGN + _SOUND * (end - at)
    follows = rest[:1] in _OFTEN and not is_word(rest[:2])
    return name + _FOLLOWING * bool(rest and follows) + likelihood(rest)


def names_what_follows(text: str, at: int) -> bool:
    """Whether a noun stands at `at`, so that what is before it rather names what it is of: 彭远、云溪|小学教师某某."""
    word = text[at : at + 2]
    return is_word(word) and word not in grammatical() and word not in doing() and not SPEAKS.match(text, at)
