"""Who spoke: bylines under a headline, speaking clauses in a report. Who is only named is no speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from indexer.articles.marks import complete, is_date_line
from indexer.articles.names import POST, is_called, is_word
from indexer.articles.transcripts import is_turn_alone, turn, turn_post
from indexer.facts.endings import COURTESY, courtesy_end
from indexer.facts.genre import is_speech
from indexer.facts.occasions import AT, AT_ONE
from indexer.facts.people import ORGAN, Names, Person
from indexer.facts.places import leading
from indexer.facts.posts import title_end
from indexer.facts.readable import Reading
from indexer.facts.speaking import (
    ACTS,
    ASKS,
    DOES,
    GOES_ON,
    HE_SAYS,
    QUOTED,
    SAYS,
    SPEAKS,
    SPOKE,
    lectured,
    of_another,
)
from indexer.facts.told import told
from indexer.facts.turns import listed
from indexer.facts.unposted import unposted
from search.documents.document import Speaker
from search.text import known
from search.text.patterns import lazy

_SPEAKER_LABEL = lazy(r"(?:讲话人|主讲人|报告人|发言人|致辞人|演讲人|宣讲人)[ \u3000]{0,4}[：:]\s{0,4}(.{2,40})$")
_AROUND = lazy(r"^[—–―－\-（(\s]{0,6}(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日)?[ \u3000]*|[）)\s]{0,4}$")
# 县人大常委会主任 某某某: the last post of the line is the one before the name
_BYLINE = lazy(rf"(.{{0,50}}{POST})(?:同志)?[ \u3000：:]{{0,4}}([\u4e00-\u9fff·]{{2,12}})")
_NAME_THEN_POST = lazy(rf"([\u4e00-\u9fff·]{{2,6}}?)[ \u3000]{{0,4}}((?:常务|党组|党委)?副?{POST})")
_BODY_THEN_NAME = lazy(r"([\u4e00-\u9fff]{2,20}(?:[厅局委办部院会]|中心|政府))[ \u3000]{1,4}([\u4e00-\u9fff·]{2,12})")
_BARE_NAME = lazy(r"[\u4e00-\u9fff·]{2,12}")
_IN_TITLE = re.compile(
    rf"(.{{0,30}}{POST})?([\u4e00-\u9fff·]{{2,12}}?)(?:同志|(副?{POST}))?"
    r"在.{2,60}[上中](?:的)?(?:工作|述职|主题|专题|总结)?(?:讲话|致辞|发言|报告|演讲)"
)
# A report says in its first paragraphs who spoke; 8: further down the speakers are those of single topics. Of items and
# other short ones so many as hold what eight of a report do.
_HEAD = 8
_MOST_OF_HEAD, _CHARACTERS_OF_HEAD = 24, 900
# 4,000 characters: one paragraph of a file without line ends may be the whole file
_MOST_TEXT = 4000


def find_speakers(read: Reading, *, at_meeting: bool) -> tuple[Speaker, ...]:
    """Who spoke: the byline of a speech; the speaking clauses of a report. Who is only named is no speaker.

    at_meeting: whether it tells of a meeting, where words told of somebody were spoken.
    """
    byline = tuple(_byline_speakers(read))
    if byline or is_speech(read):
        return byline
    names = Names(f"{read.title}\n{read.text[:8_000]}", dict(listed(_head(read.body))))
    reported = _reported(read, names, at_meeting=at_meeting)
    several = len({one.name for one in reported}) > 1
    if not at_meeting and (several or any(_ADDRESSES.search(one.role) for one in reported)):
        reported = _reported(read, names, at_meeting=True)  # where one gave a speech the others spoke, too
    first: dict[str, Speaker] = {}
    for speaker in reported:
        if speaker.name not in first or (speaker.post and not first[speaker.name].post):
            first[speaker.name] = speaker
    return tuple(first.values())


def _head(body: Sequence[str]) -> Sequence[str]:
    """The paragraphs that a report begins with."""
    ends = list(accumulate(map(len, body[:_MOST_OF_HEAD])))
    return body[: max(_HEAD, sum(end <= _CHARACTERS_OF_HEAD for end in ends))]


_ADDRESSES = lazy("发表[^，。]{0,12}讲话|致[^，。]{0,6}[辞词]$")


def _reported(read: Reading, names: Names, *, at_meeting: bool) -> list[Speaker]:
    """The speakers of a report's first paragraphs as they are told, a person as often as told."""
    reported: list[Speaker] = []
    for paragraph in (one[:_MOST_TEXT] for one in _head(read.body)):
        reported += [*_spoke(paragraph, names, at_meeting=at_meeting), *_interviewed(paragraph)]
        if at_meeting:
            reported += _labelled(paragraph)
        at_meeting = at_meeting or AT_ONE.search(paragraph) is not None  # a visit that ended in a meeting
    return reported


def _labelled(line: str) -> Iterator[Speaker]:
    """云溪镇镇长某某：, alone on its line or before a quotation: whose words follow in a report."""
    name, post = turn(line), turn_post(line)
    words = f"{post}{name}"
    if post and is_called(name, posted=True) and (is_turn_alone(line) or line.startswith("：“", len(words))):
        yield Speaker(name, post, "发言", words)


def _byline_speakers(read: Reading) -> Iterator[Speaker]:
    """湖北省某市民政局局长　某某某, 讲话人：某某某, a name alone under the headline; or 某某某同志在…上的讲话."""
    called = _CALLED.findall(read.title)
    role = "作政府工作报告" if "政府工作报告" in read.title else called[-1] if called else "讲话"
    found = [speaker for line in read.header if (speaker := _byline(line, role, alone=is_speech(read)))]
    found = found or _closing(read, role)
    titled = None if found else _IN_TITLE.match(read.title)
    if titled and is_called(titled.group(2), posted=bool(titled.group(1) or titled.group(3))):
        found = [Speaker(titled.group(2), titled.group(1) or titled.group(3), role, read.title)]
    yield from found


# What its own headline calls what somebody said.
_CALLED = re.compile("讲话|发言|致辞|报告|汇报")
# 局长　某某　2021年6月30日, 局长　某某　（2021年6月，根据录音整理）
_DAY_BEHIND = lazy(
    r"[ \u3000，,]*(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[（(](?:19|20)\d\d年\d{1,2}月[^（）()]{0,24}[）)])$"
)


def _closing(read: Reading, role: str) -> list[Speaker]:
    """Who signs a speech under its last sentence: （湖北省某市民政局局长　某某　2023年3月5日), or in the last lines
    post and name, above or below the day."""
    if not read.body or not is_speech(read):
        return []
    last = read.body[-1]
    if re.match(r"[（(]", last):
        return _signing(_DAY_BEHIND.sub("", last.strip("（）() \u3000")), last, role)
    signed = [one for one in read.body[-_SIGNED_IN:] if not is_date_line(one) and not complete(one)]
    return next((found for one in signed if (found := _signing(_DAY_BEHIND.sub("", one.strip()), one, role))), [])


_SIGNED_IN = 3  # lines at the end of a speech


def _signing(words: str, line: str, role: str) -> list[Speaker]:
    named = _BYLINE.fullmatch(words) if len(words) <= 60 and not re.search("[，。；：]", words) else None
    if named is None or not is_called(named.group(2), posted=True):
        return []
    return [Speaker(named.group(2), named.group(1), role, line)]


def _byline(line: str, role: str, *, alone: bool) -> Speaker | None:
    """alone: whether a name without a post will do, which under the headline of a report is who wrote it."""
    label = _SPEAKER_LABEL.search(line)
    words = _AROUND.sub("", _DAY_BEHIND.sub("", label.group(1) if label else line))
    if (named := _BYLINE.fullmatch(words)) and is_called(named.group(2), posted=True):
        return Speaker(named.group(2), named.group(1), role, line)
    if (named := _NAME_THEN_POST.fullmatch(words)) and is_called(named.group(1)):
        return Speaker(named.group(1), named.group(2), role, line)
    if label is None and not alone:
        return None
    if (named := _BODY_THEN_NAME.fullmatch(words)) and is_called(named.group(2)) and not known(named.group(2)):
        return Speaker(named.group(2), named.group(1), role, line)
    if _BARE_NAME.fullmatch(words) and is_called(words) and not leading(words):
        return Speaker(words, None, role, line)
    return None


def _spoke(paragraph: str, names: Names, *, at_meeting: bool) -> Iterator[Speaker]:
    """Persons before a verb of speaking, and who is joined to them: 厅长某某、副厅长某某分别讲话."""
    courteous = any(one in paragraph for one in COURTESY)
    for start, stop in _sentences(paragraph):
        taken, named = start, list[Person]()
        # from left to right, whichever way they were found: who is behind another's verb is behind that person
        for found in sorted(names.ending(paragraph, start, stop), key=attrgetter("end")):
            named.append(found)
            person = _behind(paragraph, taken, found)
            if person is None:
                continue
            end = title_end(paragraph, courtesy_end(paragraph, person.end))
            end = _behind_blanks(paragraph, end)
            members, end_of_list = names.listed(paragraph, person, stop) if end == person.end else ((), end)
            if members:
                end = end_of_list
            elif others := _OTHERS.match(paragraph, end, stop):
                end = others.end()
            lecture = lectured(paragraph, start, person.start, end)
            at_once = lecture or SPEAKS.match(paragraph, end, stop)
            here = AT_ONE.search(paragraph, start, person.start) or AT.match(paragraph, end, stop)
            there = at_meeting or here is not None
            verb = at_once or SPOKE.match(paragraph, end, stop)
            verb = verb or (_WHO_SPOKE.search(paragraph, start, person.start) if there else None)
            if verb is None:
                of, many = (start, stop), bool(members)
                verb = _less_plainly(paragraph, of, person, end, names, listed=many, there=there)
            posts = f"{person.post} {names.posts.get(person.name)}"
            if verb is None or (_LEADS_ALL.search(posts) and not _HERE.search(paragraph, person.end, verb.end())):
                continue
            if not at_once and is_word(person.name) and person.name not in names.posts:
                continue  # 书记高度重视并讲话
            named_last = person.post and paragraph[: person.end].endswith(person.name)
            if (
                named_last
                and person.name not in names.posts
                and SPEAKS.match(paragraph, person.end - len(person.name), stop)
            ):
                continue  # 局长做重要讲话: the verb follows the post
            if not lecture and of_another(paragraph, person.end - len(person.name)):
                continue
            if person.name not in paragraph[person.start : person.end] and verb.group().endswith("表示"):
                continue  # 王局长表示: who is meant is concluded, and an answer is no speech
            said = paragraph[members[-1].end if members else person.end : verb.end()]
            for one in (*names.joined(paragraph, start, person), *members):
                yield _speaker(one, _verb(verb), f"{paragraph[one.start : one.end]}{said}")
            taken = members[-1].end if members else person.end
        there = at_meeting or AT_ONE.search(paragraph, start, stop) is not None
        if there or (courteous and any(paragraph.find(one, start, stop) > 0 for one in COURTESY)):
            yield from _unposted(paragraph, start, stop, names, named, there=there)
        at_meeting = there  # 协商会上，…充分协商。某某指出，…: in the sentences behind it, too


# 在会上发言的|党支部书记某某话音刚落, 主讲的是|某某教授
_WHO_SPOKE = lazy(r"(?P<role>发言|讲话|致辞|授课|主讲|点评|承担[^，。；]{0,8}(?:课程|授课))的(?:是|有)?$")
_BLANKS = re.compile(r"[ \u3000]{0,3}")


def _behind_blanks(text: str, at: int) -> int:
    """Behind what a page has between a name and the verb: 某某　发言."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _less_plainly(
    text: str, sentence: tuple[int, int], person: Person, end: int, names: Names, *, listed: bool, there: bool
) -> re.Match[str] | None:
    """What says that a person whose name ends at `end` spoke, where no verb of speaking stands behind it: at a meeting
    (there) what is told of the subject of a clause or of the sentence, and a verb in a later clause."""
    start, stop = sentence
    if there and (says := SAYS.match(text, end, stop)):
        return says
    first = _first_of(text, start, person, names) if there else person.start
    begins = _opening(text, start, first)
    opens = text[begins - 1 : begins] == "”" or _opens_sentence(text, start, first)
    if not there:
        return _goes_on(text, end, stop, names, there=False) if opens else None
    clause = begins == start or text[begins - 1] in "，”"
    verb: re.Match[str] | None = None
    if clause:
        verb = ASKS.match(text, end, stop) or (DOES.match(text, end, stop) if person.post else None)
    if verb is None and text[person.start - 1 : person.start] == "”":
        verb = QUOTED.match(text, end, stop)
    if verb is None and (opens or listed):
        verb = ACTS.match(text, end, stop)
    if verb is None and opens:
        verb = HE_SAYS.match(text, end) or _goes_on(text, end, stop, names, there=True)
    sure = person.post not in _BARE_POSTS and names.ends.is_sure(person.name)
    quoted = bool(_QUOTED.search(text, max(0, begins - 12), begins))
    return told(text, end, stop, quoted=quoted) if verb is None and (clause or opens) and sure else verb


_QUOTED = re.compile("[^“”]{6}[。！？…]”$")


# 习近平主席提出…: of another place, and somebody without a post is the subject of anything
_BARE_POSTS = (None, "主席")


def _first_of(text: str, start: int, person: Person, names: Names) -> int:
    """Where the words about the first of several joined people begin; behind somebody whose name is none for us (镇长
    禤桂、|镇长某某) where the clause begins."""
    if text[person.start - 1 : person.start] not in ("、", "和", "与", "及"):
        return person.start
    first = names.joined(text, start, person)[0].start
    clause = text.rfind("，", start, first) + 1 or start
    unknown = first == person.start and _UNKNOWN_BEFORE.search(text, clause, first - 1)
    return clause if unknown else first


_UNKNOWN_BEFORE = lazy(rf"{POST}[\u4e00-\u9fff]{{2,7}}$")


def _unposted(
    text: str, start: int, stop: int, names: Names, named: Sequence[Person], *, there: bool
) -> Iterator[Speaker]:
    """Who is named without a post and speaks at once: 会上，某某某发言; and without a meeting 某某同志授课.

    named: who was found with one in that sentence.
    """
    for group in unposted(text, start, stop):
        if any(one.end - len(one.name) < group[0].start < one.end for one in named):
            continue  # 副市长师|文超
        end = courtesy_end(text, group[-1].end)
        others = _OTHERS.match(text, end, stop)
        if not there and end == group[-1].end:
            continue
        end = others.end() if others else end
        verb = SPEAKS.match(text, end, stop) or SPOKE.match(text, end, stop)
        if there:
            verb = verb or SAYS.match(text, end, stop) or ACTS.match(text, end, stop)
        if verb is None and there and _opens_sentence(text, start, group[0].start):
            verb = HE_SAYS.match(text, end) or _goes_on(text, end, stop, names, there=True)
        if verb is None and there and text[group[0].start - 1 : group[0].start] == "的":
            verb = told(text, end, stop)  # 某某中心的|某某坦承
        if verb and not of_another(text, group[0].start):
            said = text[group[-1].end : verb.end()]
            for one in group:
                known_as = Person(one.name, one.post or names.posts.get(one.name) or None, one.start, one.end)
                yield _speaker(known_as, _verb(verb), f"{text[one.start : one.end]}{said}")


# 某某、某某|等6位同学; 某某|及有关社区负责人先后
_OTHERS = re.compile(
    r"[、及和与](?:[^，。；：！？]{2,40}?)(?:负责人|负责同志|代表|人员|同志|单位|部门)(?=围绕|就|分别|先后|依次|从|向|作|做|汇报|介绍|通报)|"
    # 镇长某某、|苏木达某某分别: who does so does it with others, whether they are known or not
    r"[、及和与][^，。；：！？“”]{2,60}?(?=分别|先后|依次)|"
    r"等[\u4e00-\u9fff]{2,8}?(?:以及|及|和)[^，。；]{2,40}?(?=分别|先后|依次)|"
    r"等?[\d一二两三四五六七八九十]{1,3}[位名][\u4e00-\u9fff]{0,8}?，?(?=围绕|就|为|分别|先后|依次|从|作)"
    rf"|等(?:[\d一二三四五六七八九十]{{1,3}}[位名个人][^，。；、分先作]{{0,4}}|[\u4e00-\u9fff]{{0,6}}?(?:{POST}|同志|同学|村民|专家|领导))?"
)


def _verb(verb: re.Match[str]) -> str:
    told = verb.groupdict()
    return told["role"] or told["act"]


# 会上，; 3月5日下午，; 在食堂，: what may stand before who opens a sentence
_BEFORE = re.compile(
    r"(?:随后|最后|其间|期间|会上|会后)?|[^，。；]{0,16}(?:[会上前后时中间始]|上午|下午|日|处|里)|[^，。；、]{2,4}|作为[^，。；]{2,24}"
)
# 会议首先由某某…, 邀请了某某…
_BY = re.compile(r"[^，。；]{0,24}(?:由|邀请?(?:了|到|来)?)")


def _opens_sentence(text: str, start: int, at: int) -> bool:
    at = _opening(text, start, at)
    before = text[start:at].rpartition("，")
    return at == start or bool(_BEFORE.fullmatch(before[0]) and (not before[2] or _BY.fullmatch(before[2])))


def _opening(text: str, start: int, at: int) -> int:
    """Where the words about a person begin who is named at `at` behind an organ: |云溪大学社工系|某某某教授."""
    if not ORGAN.search(text[max(start, at - 8) : at]):
        return at
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in "，由请"))


def _goes_on(text: str, end: int, stop: int, names: Names, *, there: bool) -> re.Match[str] | None:
    """A verb of speaking in a later clause of who opens the sentence, if nobody else stands before it. there: whether
    it is told of a meeting, where 指出 is a speech, too."""
    verb = GOES_ON.match(text, end, stop)
    if verb is None or any(name in verb.group("between") for name in names.posts):
        return None
    return verb if there or (verb.group("gives") and not verb.group("about")) else None


def _behind(text: str, taken: int, person: Person) -> Person | None:
    """A person with that part of the post which stands behind `taken`, where another ends (企业代表甲、|村民代表乙);
    None where none does."""
    if person.start >= taken:
        return person
    post = text[taken : person.end - len(person.name)].lstrip("、，和与及")
    if not post or not text.endswith(person.name, 0, person.end):
        return None
    return Person(person.name, post, person.end - len(person.name) - len(post), person.end)


# Their words are quoted everywhere; they speak where the text says that they are there.
_LEADS_ALL = re.compile("总书记|国家主席|(?<!副)总理")
_HERE = lazy("出席|会见|接见|到会|主持(?!.{0,20}时)|参加(?!.{0,20}时)")


def _speaker(person: Person, role: str, words: str) -> Speaker:
    return Speaker(person.name, person.post, role, words)


# A quotation, or the end of a sentence; one class of characters first, so that re skips to them.
_QUOTED_OR_END = re.compile("[“。；！？\n](?:(?<=“)[^“”。！？\n]{2,160}”|(?<!“))")


def _sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """Half-open stretches between full stops."""
    start = 0
    for end in _QUOTED_OR_END.finditer(paragraph):
        if not end.group().startswith("“"):
            yield start, end.start()
            start = end.end()
    yield start, len(paragraph)


_INTERVIEWED = re.compile(
    rf"(?:采访了?|专访了?)([^，。；：]{{0,30}}?{POST})([\u4e00-\u9fff]{{2,3}})(?=[，。；、]|就|谈|介绍|解读)"
)


def _interviewed(paragraph: str) -> Iterator[Speaker]:
    """记者采访了某市民政局副局长某某: who answers questions speaks."""
    for found in _INTERVIEWED.finditer(paragraph):
        if is_called(found.group(2), posted=True):
            yield Speaker(found.group(2), found.group(1), "答记者问", found.group())
