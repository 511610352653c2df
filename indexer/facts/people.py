"""Persons as a report names them before a verb: post and name, name and post, a known name; several of them joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.articles.names import POST, is_called, is_name, is_word
from indexer.facts.endings import (
    names_what_follows,
)
from indexer.facts.name_ends import NameEnds, acts_last
from indexer.facts.places import leading
from indexer.facts.posts import (
    ENDS_IN_POST,
    LONGEST_POST,
    PAUSE,
    POST_END,
    behind_post,
    post_before,
    post_ends,
    posts_in,
)
from indexer.facts.speaking import DOES, SAYS, SPEAKS
from indexer.facts.sure import ENDS_NO_NAME, is_sure
from search.text import doing, grammatical, known, proper, surname_set
from search.text.patterns import lazy


def _is_shown(name: str, said: Counter[str]) -> bool:
    """Whether characters behind a post are a name for the whole text: by the surname, or as they say something."""
    rare = len(name) == 2 and said[name] > 0 and not known(name)  # a surname that no table has
    return (is_name(name) and (is_called(name) or said[name] > 0)) or rare


@dataclass(frozen=True, slots=True)
class Person:
    """start is where the post begins (or the name, where none stands before it), end is behind name or post."""

    name: str
    post: str | None
    start: int
    end: int


_DOTTED_END = lazy(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}$")
# Where a person may begin who has no post before the name.
_OPENING = re.compile(rf"[{PAUSE}”、和与及由]|会上|随后|最后|其间|期间")
_SAID = re.compile(
    r"(?:^|[，。；：！？\n]|会上)([\u4e00-\u9fff]{2,3}?)(?:同志)?(?=指出|强调|要求|表示|认为|希望|说[，：]|出席|主持|(?:在|就)[^，。；]{2,20}讲话|在[^，。；]{0,12}会上)"
)
# 某某某同志、各村负责人参加会议: who is called so, and is there
_CAME = re.compile(
    r"(?:^|[，。；：、\n])([\u4e00-\u9fff]{2,3}?)同志(?!们)(?=(?:、[^，。；]{0,40})?(?:出席|参加|主持|列席|到会))"
)
# 某某某当选会长, 某某某当选为首任会长
_CHOSEN = lazy(
    rf"(?:^|[，。；、 \n])([\u4e00-\u9fff]{{2,3}})(?:全票)?当选(?:为)?([\u4e00-\u9fff]{{0,12}}?{POST})", re.M
)
_ORGAN_LENGTH = 24
_MOST = 10


class Names:
    """Finds persons in one text. posts: names that the text gives beside a post, in a list or by an election, with the
    longest such post; and those without one that say something more than once. ends: where its names end."""

    def __init__(self, text: str, listed: Mapping[str, str] | None = None) -> None:
        """listed: names and posts that lines of a list give."""
        self._text = text
        self.posts = dict(listed or {})
        self.ends = NameEnds(text, self.posts)
        self._by_surname: dict[str, set[tuple[str, str]]] = {}
        said = Counter(found.group(1) for found in _SAID.finditer(text))
        speaks: dict[str, bool] = {}  # a word and the character behind it
        for post in posts_in(text, 0, len(text)):
            at = behind_post(text, post.end())
            if (word := text[at : at + 3]) not in speaks:
                speaks[word] = self._word_that_speaks(text, at)
            if speaks[word]:
                self.posts[text[at : at + 2]] = post_before(text, max(0, post.end() - LONGEST_POST), post.end())[1]
            end = self.ends.of(text, at, lambda name: _is_shown(name, said))
            name = text[at:end]
            if not name:
                # 某某副厅长受托到会。某某指出
                behind = self._before_post(text, 0, post.end())
                if behind and behind.post:
                    self._by_surname.setdefault(behind.name[0] + post.group(), set()).add((behind.name, behind.post))
                if behind and behind.post and text.count(behind.name) > 1:
                    self.posts.setdefault(behind.name, behind.post)
                continue
            before = post_before(text, max(0, post.end() - LONGEST_POST), post.end())[1]
            for held in POST_END.findall(before):
                self._by_surname.setdefault(name[0] + held, set()).add((name, before))
            if end == len(text) or text.count(name) > 1:
                self.posts[name] = max(before, self.posts.get(name, ""), key=len)
            for fellow in self._fellows(text, end, before):  # 副局长甲某某、乙某某, and then 乙某某指出
                if text.count(fellow.name) > 1:
                    self.posts.setdefault(fellow.name, before)
        for name, times in said.items():
            # without a post anywhere: a frequent surname, no word, and again the subject of saying
            shown = name[:1] in surname_set("frequent") and is_called(name) and not known(name)
            if times > 1 and name not in self.posts and shown:
                self.posts.setdefault(name, "")
        for chosen in _CHOSEN.finditer(text) if "当选" in text else ():
            if is_called(chosen.group(1)):
                self.posts.setdefault(chosen.group(1), chosen.group(2))
        for came in _CAME.finditer(text) if "同志" in text else ():
            if came.group(1)[:1] in surname_set("frequent") and is_called(came.group(1)):
                self.posts.setdefault(came.group(1), "")
        self._lengths = sorted({len(name) for name in self.posts})

    def _word_that_speaks(self, text: str, at: int) -> bool:
        """Whether a noun of two characters that begins as a surname stands behind a post, and opens a clause elsewhere
        in which it speaks: 副局长和平到会。和平在讲话中说，…"""
        name = text[at : at + 2]
        worded = name[:1] in surname_set("frequent", "other") and is_word(name)
        if not (worded or name in proper()) or name in grammatical():
            return False
        if name in doing() or name[1:] in _PLACE_OR_ORGAN or leading(name):
            return False
        opens = (found.end() for found in re.finditer(rf"[，。；：！？\n”]{name}", text) if found.end() != at + 2)
        # 扎西平措…扎西平措 is a longer name
        others = (end for end in opens if text[end : end + 1] != text[at + 2 : at + 3])
        return any(SPEAKS.match(text, end) or SAYS.match(text, end) for end in others)

    def ending(self, text: str, start: int, stop: int) -> Iterator[Person]:
        """Every person of text[start:stop] that a verb may follow."""
        for post in posts_in(text, start, stop):
            at = behind_post(text, post.end())
            before = self._before_post(text, start, post.end()) or self._by_surname_alone(text, start, post)
            # 某某主任|温馨提醒: behind a known name and its post nobody else's name stands
            end = self.ends.of(text, at, self._called_behind(before))
            if end > at and not (post.group() == "代表" and self._represents(text, start, post, end)):
                begins, words = post_before(text, max(start, at - LONGEST_POST), at)
                yield Person(text[at:end], words or None, begins, end)
                yield from self._fellows(text, end, words or None)
            if before:
                whole = self.posts.get(before.name, "")  # 市福彩中心主任某某, and then 某某主任
                yield replace(before, post=whole) if before.post and before.post in whole else before
        named = any(text.find(name, start, stop) >= 0 for name in self.posts)  # in one sentence of five
        openings = (start, *(one.end() for one in _OPENING.finditer(text, start, stop))) if named else ()
        for opening in openings:
            for end in (opening + length for length in self._lengths if opening + length <= stop):
                if (name := text[opening:end]) in self.posts:
                    yield Person(name, self.posts[name] or None, opening, end)

    def _called_behind(self, before: Person | None) -> Callable[[str], bool]:
        """What is a name behind a post that `before` has, if anybody does."""
        if before and before.name in self.posts:
            return lambda name: name in self.posts
        return lambda name: name in self.posts or is_called(name, posted=True)

    def _represents(self, text: str, start: int, post: re.Match[str], end: int) -> bool:
        """Whether 代表 is what somebody does, 某某某代表|全区人民: behind a known name, or before what is none without
        a post and says nothing (代表|上一届残联)."""
        at, name = post.start(), text[behind_post(text, post.end()) : end]
        does = any(text[max(start, at - length) : at] in self.posts for length in self._lengths)
        does = does or self._ends(text, start, at) is not None
        return does or not (name in self.posts or is_called(name) or SPEAKS.match(text, end) or SAYS.match(text, end))

    def joined(self, text: str, start: int, last: Person) -> tuple[Person, ...]:
        """last and who is joined to it before it (甲长某某、乙长某某; 甲长某某，乙长某某), in their order."""
        chain = [last]
        while len(chain) < _MOST and (found := self._joined_to(text, start, chain[0])):
            chain[:1] = found
        return tuple(chain)

    def _joined_to(self, text: str, start: int, person: Person) -> tuple[Person, Person] | None:
        """Who ends where a joint inside or before a person's post stands, and that person with its own post alone."""
        base = max(start, person.start - 1)
        if ORGAN.search(text[max(start, person.start - 8) : person.start]):  # 甲局长、市民政局|乙局长
            base = max(base - _ORGAN_LENGTH, *(text.rfind(joint, start, person.start) for joint in "、，和与及"))
        joints = re.finditer(r"[、，和与及]", text[base : person.end - len(person.name)])
        for joint in reversed(list(joints)):
            at = base + joint.start()
            other = self._ends(text, start, at)
            if other is not None:
                named_first = not text.endswith(person.name, 0, person.end)
                post = person.post and (person.post if named_first else text[at + 1 : person.end - len(person.name)])
                post = post or person.post
                return other, Person(person.name, post, at + 1, person.end)
        return None

    def listed(self, text: str, last: Person, stop: int) -> tuple[tuple[Person, ...], int]:
        """Who stands in a list behind a person with a post (、某某学校教师某某、劳动模范某某等), and its end."""
        found = _LIST.match(text, last.end, stop)
        if not found:
            return (), last.end
        begins = [at.end() for at in re.finditer("、", text[: found.end(1)]) if at.start() >= last.end]
        named = [(at, self._ends(text, last.start, end - 1)) for at, end in pairwise((*begins, found.end(1) + 1))]
        members = tuple(
            one if one.start >= at else Person(one.name, text[at : end - len(one.name)] or None, at, end)
            for at, one in named
            if one and (end := one.end)
        )
        return members, found.end() if members else last.end

    def _ends(self, text: str, start: int, end: int) -> Person | None:
        """The person named straight before `end`."""
        dotted = _DOTTED_END.search(text, max(start, end - 30), end)
        if dotted and acts_last(dotted.group()):
            return None  # 某某·某某应邀出席，副厅长某某讲话
        if dotted and any(
            at < self.ends.of(text, at, lambda name: name in self.posts or is_called(name, posted=True)) < end
            for at in range(dotted.start(), text.index("·", dotted.start()))
            if post_ends(text, start, at)
        ):
            return None  # 副专员某某·某某某|出席并讲话，副秘书长某某主持
        ahead = range(dotted.start(), text.rindex("·", dotted.start(), end)) if dotted else range(0)
        lengths = (*(end - at for at in ahead if at == ahead.start or post_ends(text, start, at)), 3, 2, 4)
        for length in lengths:
            at = end - length
            name = text[at:end]
            # between a post and a joint a surname and no word will do: 区委书记向平、副区长某某
            named = name in self.posts or is_called(name, posted=True) or (is_name(name) and not is_word(name))
            if at <= start or not named:
                continue
            if post_ends(text, start, at):
                begins, words = post_before(text, max(start, at - LONGEST_POST), at)
                return Person(text[at:end], words or None, begins, end)
            # 某某小区|某某、某某局局长某某: in a list a word stands right before a sure name
            if _is_listed(text, start, at, end):
                return Person(text[at:end], None, at, end)
        return self._before_post(text, start, end) if ENDS_IN_POST.search(text[max(start, end - 8) : end]) else None

    def _before_post(self, text: str, start: int, end: int) -> Person | None:
        """某某某副市长: a name that a clause or a joint opens, with its post behind it."""
        post = ENDS_IN_POST.search(text[max(start, end - 8) : end])
        if post is None:
            return None
        at = max(start, end - 8) + post.start()
        for length in (3, 2, 4):
            begins = at - length
            if begins < start or not is_name(name := text[begins:at]) or not is_called(name):
                continue
            if name[-1] in _PLACE_OR_ORGAN or (text[at] in _GOVERNED and leading(name)):
                continue  # 云溪镇|党委委员, 高平|市长
            if text[at:end] == "代表" and (name[-1] in ENDS_NO_NAME or leading(name) or name in self.posts):
                continue  # 李家庄代表, 黄石代表; 某某某代表全区人民
            if begins == start or _opens(text, begins) or self._behind_organ(text, begins, name, end):
                return Person(name, text[at:end], begins, end)
        return None

    def _by_surname_alone(self, text: str, start: int, post: re.Match[str]) -> Person | None:
        """徐市长, 徐副市长: who has that surname and post elsewhere in the text, if one alone has."""
        begins = post.start() - (2 if text[post.start() - 1 : post.start()] == "副" else 1)
        if begins < start or not (begins == start or _opens(text, begins)):
            return None
        called = self._by_surname.get(text[begins] + post.group(), set())
        if len({name for name, _ in called}) != 1:
            return None
        name, words = max(called, key=lambda one: len(one[1]))
        return Person(name, words, begins, post.end())

    def _behind_organ(self, text: str, begins: int, name: str, end: int) -> bool:
        """民政部某某某副部长: behind an organ a name shows itself by a frequent surname, and by being no word; with
        another surname by having no word in it either; one of two characters by a list that goes on.

        end: behind its post."""
        if not ORGAN.search(text[max(0, begins - 8) : begins]) or is_word(name) or name[-1] in ENDS_NO_NAME:
            return False
        shown = name[:1] in surname_set("frequent") or not (is_word(name[:2]) or is_word(name[1:]))
        speaks = not known(name) and DOES.match(text, end)  # 县民政局某某主任解读了…
        return shown and bool(len(name) == 3 or self._text.count(name) > 1 or text[end : end + 1] == "、" or speaks)

    def _fellows(self, text: str, end: int, post: str | None) -> Iterator[Person]:
        """副市长甲某某、乙某某: who shares a post with the person that ends at `end`."""
        while text[end : end + 1] == "、":
            at = end + 1
            end = self.ends.of(text, at, is_called)
            if end > at and (text[end - 1] in ENDS_NO_NAME or names_what_follows(text, end)):
                return  # 副局长某某、云溪镇|团员某某; 康乐|护理院院长某某
            if end > at:
                yield Person(text[at:end], post, at, end)


ORGAN = re.compile(
    r"[\u4e00-\u9fff](?:[部厅局委办院处科室司系省县市区州盟旗镇乡村队校站协]|中心|政府|街道|协会|政协|人大|基金会|联合会|公司|集团)$"
)


# 、某某局局长某某、劳动模范某某等6名同志
_LIST = re.compile(
    r"((?:、[^，。；：、“”（）]{2,30}){1,9}?)等(?:[\d一二两三四五六七八九十]{1,3}[位名个人][^，。；：用分先作就围]{0,10})?"
)


def _is_listed(text: str, start: int, at: int, end: int) -> bool:
    name = text[at:end]
    behind = at - 2 > start and is_word(text[at - 2 : at]) and not is_word(text[at - 1 : at + 1])
    return (
        behind
        and len(name) < 4
        and not known(name)
        and is_sure(name, shown=len(name) == 2)
        and name[:1] in surname_set("frequent")
    )


_GOVERNED = frozenset("省市州县区旗镇乡")


_PLACE_OR_ORGAN = frozenset("省市县区盟镇乡村局厅部委办院处室科股站所庄组队")


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 2) : at]
    return before[-1:] in PAUSE + "”、和与及由" or before in ("会上", "随后", "最后", "其间", "期间")
