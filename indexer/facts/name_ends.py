"""Where the names of one text end: by what the text has again, by the words behind, by how names are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from indexer.articles.names import POST, begins_as_surname, is_called, is_han, is_word, may_be_foreign
from indexer.facts.endings import (
    NEVER_LAST,
    courtesy_end,
    goes_on,
    governs,
    in_common,
    is_surname_first,
    likely,
    name_ends,
    parts_before,
)
from indexer.facts.places import is_place
from indexer.facts.posts import PAUSE, POST_END
from indexer.facts.speaking import DOES, SAYS, SPEAKS, SPOKE
from search.text import doing, grammatical, surname_set

_CLEARLY, _SURELY = 1.0, 2.0  # logarithms
# Where names without a surname are usual: 旗民政局, 嘎查, 某某自治县
_OF_MINORITIES = re.compile("[旗盟](?:委|政府|长|民政)|嘎查|苏木|自治[州县旗区]|[蒙藏彝][古语族区汉]|维吾尔|哈萨克")


class NameEnds:
    """Finds where names end. posts: the names that the text gives beside a post, as they are found."""

    def __init__(self, text: str, posts: Mapping[str, str]) -> None:
        self._text, self._posts = text, posts
        self._foreign = _OF_MINORITIES.search(text) is not None
        self._share: dict[str, int] = {}

    def of(self, text: str, at: int, called: Callable[[str], bool]) -> int:
        """Where the name that begins at `at` ends; `at` where none begins. Right before a verb of speaking, else the
        likeliest that a word follows: 某某|关于|养老, not 某某关|于养; 某某某|出席, not 某某|某出|席会."""
        none = _begins_none(text, at, worded=self._foreign)
        if none and not any(name.startswith(text[at : at + 2]) for name in self._posts):
            return at
        end = at + self._shared(text[at : at + 2])
        if end > at and "·" in text[at:end]:
            while acts_last(text[at:end]):
                end -= 2  # 努尔兰·哈德尔|应邀出席, wherever the text has the name
        if end - at > 3 and "·" not in text[at:end] and self._is_full(text, at) and goes_on(text, at + 3):
            end = at  # 周启明|通报 is no name of five, however often the text has it
        if end > at and not is_place(text, at, end) and (called(text[at:end]) or self._acts(text[at:end])):
            return end
        ends = [
            end
            for end in name_ends(text, at)
            if (goes_on(text, end) or _did(text, at, end))
            and not (end - at == 2 and is_word(text[end - 1 : end + 2]))  # 市长|安志|愿者
            and text[end - 1 : end + 1] not in _IN_TURN  # 达瓦|先后发言
            # 会长万里|站起来: a name that is a word is not known for one, and what follows makes it no longer
            and not (
                end - at == 3 and is_word(text[at : end - 1]) and any(is_word(text[end - 1 : end + n]) for n in (1, 2))
            )
            and (called(text[at:end]) or is_surname_first(text, at, end))
            and not is_place(text, at, end)
            and not any(
                post.start() < end < post.end() for post in POST_END.finditer(text, at + 1, end + 2)
            )  # 向总书|记
        ]
        if "·" not in text[at : max(ends, default=at)]:
            # 某某|受县政府委托, not a longer name
            short = any(end - at <= 3 and text[end : end + 1] in NEVER_LAST for end in ends)
            ends = [end for end in ends if end - at <= 3 or not (short or parts_before(text, end))]
        full = self._is_full(text, at)
        spoke = (
            end
            for end in ends
            if SPEAKS.match(text, courtesy_end(text, end))
            and not (end - 1 in ends and text[end - 1] in NEVER_LAST and not self._stays_whole(text[at:end]))
            and not (end - at > 3 and (full or is_word(text[end - 2 : end])))
        )
        whole = (
            end
            for end in ends
            if (end - 1 not in ends or not parts_before(text, end) or self._stays_whole(text[at:end]))
            and not (full and end - at > 4 and "·" not in text[at:end])
            and not (end - at == 3 and parts_before(text, end) and is_word(text[at : end - 1]))  # 书记羊角|作表态
        )
        found = next(spoke, None) or next(whole, at)
        if "·" in text[at:found]:  # 艾尼瓦尔·买买提|在会上, though 提在 is a word
            longer = found + 1 if found + 1 in ends and not governs(text, found + 1) else found
            clearly = likely(text, at, longer, foreign=True) > likely(text, at, found, foreign=True) + _CLEARLY
            return longer if clearly else found
        if found > at:
            return self._likelier(text, at, found, called)
        return next((end for end in range(at + 3, at + 7) if self._foreign and _sounds(text, at, end)), at)

    def _is_full(self, text: str, at: int) -> bool:
        """李某某|领学: three characters with a frequent surname, which are a name."""
        return text[at : at + 1] in surname_set("frequent") and is_called(text[at : at + 3])

    def is_sure(self, name: str) -> bool:
        """Whether a name is one by more than its post: the text has it with one more than once, a frequent surname, a
        dot, or no word in it; of four characters and more without a dot only the first."""
        single = name[:1] in surname_set("frequent", "other") and name[:2] not in surname_set("compound")
        if name[-1] in NEVER_LAST or (len(name) > 3 and "·" not in name and single):
            return self._text.count(name) > 1
        if (
            name in self._posts
            or "·" in name
            or name[:1] in surname_set("frequent")
            or name[:2] in surname_set("compound")
        ):
            return True
        worded = is_word(name) or any(is_word(name[at : at + 2]) for at in range(len(name) - 1))
        return not worded and name[1:2] not in surname_set("frequent")  # 系范立 of 社工系范立新

    def _likelier(self, text: str, at: int, found: int, called: Callable[[str], bool]) -> int:
        """The end of a name of three characters where the words behind it are likelier than those behind two: 伍德全|站
        起来, not 伍德|全站. Four names of five have three; in a text from where names write another language's sounds
        also that of four to six, 苏德毕力格|介绍, not 苏德|毕力; `at` where either may be (包宝, 包宝力道)."""
        if self._foreign and (found == at + 2 or found > at + 3):
            ends = (end for end in range(at + 4, at + 7) if goes_on(text, end) and may_be_foreign(text[at:end]))
            # 白萨日娜|主讲, not within the verb and not behind it
            longer = [
                end for end in ends if text[end - 2 : end] not in doing() and text[end - 1 : end + 1] not in doing()
            ]
            best = max(longer, key=lambda end: likely(text, at, end, foreign=True), default=found)
            if best > found:
                more = likely(text, at, best, foreign=True) - likely(text, at, found, foreign=found > at + 3)
                if more > -_SURELY:
                    return best if more > _SURELY else at  # missing is better than wrong
        three = at + 3
        if found >= three or text[at : at + 1] not in surname_set("frequent", "other"):
            return found
        if text[at : at + 1] not in surname_set("frequent") and text[at + 1 : at + 2] in surname_set("frequent"):
            return found  # 社工系|范立新
        parted = not goes_on(text, three) or governs(text, three) or is_place(text, at, three)
        if parted or not called(text[at:three]):
            return found
        return three if likely(text, at, three) > likely(text, at, found) + _CLEARLY else found

    def _shared(self, begins: str) -> int:
        """How many characters of a name that begins so are the same wherever the text has it, 0 where that shows none:
        …木沙达出席 and …木沙达强调 share 木沙达."""
        if begins not in self._share:
            self._share[begins] = in_common(self._text, begins) if len(begins) == 2 else 0
        return self._share[begins]

    def _acts(self, name: str) -> bool:
        """Whether characters that may hold words open a clause elsewhere and speak in it: 乌云巴雅强调，…"""
        if not may_be_foreign(name) and not (len(name) == 3 and is_called(name, posted=True)):
            return False
        opens = (found.end() for found in re.finditer(rf"(?:^|[{PAUSE}]){name}", self._text))
        opens = (courtesy_end(self._text, at) for at in opens)
        return any(SAYS.match(self._text, at) or SPOKE.match(self._text, at) for at in opens)

    def _stays_whole(self, name: str) -> bool:
        """Whether a name stands again in the text, and its beginning never without its last character: where
        某某志在会上 is followed by 某某志强调 and no 某某 stands alone, 志 is the name's and 志在 no word."""
        times = self._text.count(name)
        return times > 1 and times == self._text.count(name[:-1]) and name[-1] not in NEVER_LAST


def _sounds(text: str, at: int, end: int) -> bool:
    """Whether text[at:end] may write another language's sounds, and speaks at once: 局长|边巴卓玛|汇报了…"""
    name = text[at:end]
    if (
        not goes_on(text, end)
        or not _PLACED.isdisjoint(name)
        or is_word(name)
        or (is_word(name[:2]) and is_word(name[-2:]))
    ):
        return False
    plain = (
        may_be_foreign(name) if len(name) > 3 else not re.search(POST, name) and is_han(name) and not governs(text, end)
    )
    acts = text.startswith(_AT_MEETINGS, end) or SPEAKS.match(text, end) or SAYS.match(text, end)
    return plain and bool(acts or DOES.match(text, end))


def _did(text: str, at: int, end: int) -> bool:
    """Whether a verb of one character stands behind three: 某某某|提了两条意见, 某某某|晒的是; not 金玉分|享了."""
    done = text[end + 1 : end + 2] in ("了", "着", "过") or text.startswith("的是", end + 1)
    return done and end - at == 3 and not (is_word(text[end - 1 : end + 1]) or goes_on(text, end - 1))


_IN_TURN = ("先后", "分别", "依次", "相继", "轮流")
_PLACED = frozenset("上下中里内外前后的了会议坛班组队")  # 论坛上
_AT_MEETINGS = ("主持", "出席", "强调", "指出", "要求", "表示")


def _begins_none(text: str, at: int, *, worded: bool) -> bool:
    """Whether no name begins at `at`: no surname, and a word (局长|指出), a character of grammar or no character. Two
    thirds of what stands behind posts, told by a look. worded: whether a name may begin with a word (宝音|图)."""
    if begins_as_surname(text, at) or "·" in text[at : at + 9]:
        return _MAY_DO.match(text, at) is not None
    return (
        text[at : at + 1] in _NO_BEGINNING
        or not is_han(text[at : at + 1])
        or (not worded and is_word(text[at : at + 2]))
    )


# 都会说, 也能做: an adverb and what may be done
_MAY_DO = re.compile("[都也还均][会能要可应该是有将]")
_NO_BEGINNING = frozenset("的了并在就由从被把各我你他它们这那是也还或而对将以等")


def acts_last(dotted: str) -> bool:
    """Whether a verb or an adverb of two characters stands behind two and more of a dotted name's last part."""
    last, behind = dotted.rpartition("·")[2], dotted[-2:]
    return len(last) >= 4 and (behind in doing() or behind in grammatical())
