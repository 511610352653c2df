"""Title, date, region, issuing body, meeting, speakers, source and genre of an article, each with its evidence.

Trust goes down this order: what a person corrected, what the page states beside its text, the text. What none of
them says stays absent; what is concluded says so and shows the words it was concluded from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import places
from indexer.articles import Article
from indexer.cleaning import FACT, Line
from indexer.marks import DATELINE, SALUTATION, SOURCE_NOTE, is_lead
from search.model import Evidence, PartialDate, Speaker


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article. year_words: the words a year was concluded from; doubts: why region is in doubt."""

    title: Evidence[str]
    date: Evidence[PartialDate] | None
    region: Evidence[str] | None
    place: str | None
    level: str | None
    issuer: Evidence[str] | None
    meeting: Evidence[str] | None
    speakers: tuple[Speaker, ...]
    source: Evidence[str] | None
    genre: str | None
    quotable: bool
    year_words: str = ""
    region_doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the rules below read it: stated title or "", header lines, body paragraphs, page facts by label."""

    title: str
    header: tuple[str, ...]
    body: tuple[str, ...]
    page: dict[str, str]
    article: Article

    @property
    def lead(self) -> str:
        """The first paragraph that is not a salutation."""
        return next((p for p in self.body if not SALUTATION.match(p)), "")

    @property
    def text(self) -> str:
        return "\n".join(self.body)


def describe(article: Article, paragraphs: Sequence[Line]) -> Facts:
    """Everything the article says of itself. paragraphs: its clean text."""
    read = _reading(article, paragraphs)
    meeting = find_meeting(read)
    speakers = find_speakers(read)
    genre = find_genre(read, meeting)
    doubt = _region_doubt(read)
    issuer = None if doubt else find_issuer(read)
    region, place, level = find_region(read, issuer, doubt)
    if issuer is None and not doubt:
        issuer = _inferred_issuer(read, region, speakers)
    date, words = find_date(read, meeting)
    title = article.title or _derived_title(read, issuer, meeting, date)
    return Facts(
        title,
        date,
        region,
        place,
        level,
        issuer,
        meeting,
        speakers,
        find_source(read),
        genre,
        _quotable(genre),
        words,
        doubt,
    )


def _reading(article: Article, paragraphs: Sequence[Line]) -> Reading:
    texts = [p.text for p in paragraphs]
    split = next((i for i, p in enumerate(paragraphs) if not p.alone or SALUTATION.match(p.text)), len(texts))
    split = split if article.title else 0
    page = {label: value.strip() for line in article.facts for label, value in FACT.findall(line) if value.strip()}
    title = article.title.value if article.title else ""
    return Reading(title, tuple(texts[:split]), tuple(texts[split:]), page, article)


# --- meeting ---------------------------------------------------------------------------------------------------

_GATHERING = (
    r"(?:会议|大会|学习会|座谈会|推进会|调度会|现场会|部署会|动员会|视频会|培训会|工作会|发布会|交流会|研讨会|报告会|总结会|通报会"
    r"|党组会|全会|论坛|仪式|培训班|会)"
)
_IN_TITLE = re.compile(
    r"在(.{4,60}?(?:会议|大会|会|论坛|仪式|班))(?:闭幕|开幕)?(?:上|期间)的(?:讲话|致辞|发言|报告|总结|主持词)"
)
_HELD = re.compile(
    rf"(?:召开|举行|举办|组织召开)(?:了)?([^，。；：、！？]{{2,70}}{_GATHERING})(?=[，。；：、！？（\s]|$|上|强调|部署|传达)"
)
_WAS_HELD = re.compile(
    rf"(?:^|[，。日午])([^，。；：、！？]{{4,50}}{_GATHERING})(?:在[^，。；：]{{1,20}})?(?:隆重|正式|顺利)?(?:召开|举行|开幕|闭幕)"
)
_RECENT = re.compile(r"^(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|日前|近日)?[，,]?")


def find_meeting(read: Reading) -> Evidence[str] | None:
    """The meeting spoken at or reported on: from the headline, else from the first paragraph."""
    for text, patterns in (
        (read.title, (_IN_TITLE, _HELD)),
        (read.lead[:300], (_HELD, _WAS_HELD)),
        (read.title, (_WAS_HELD,)),
    ):
        for pattern in patterns:
            if found := pattern.search(text):
                return Evidence(found.group(1), found.group().strip("，。"))
    return None


# --- speakers --------------------------------------------------------------------------------------------------

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲家封芮储靳汲松井段富巫乌焦巴弓牧"
    "隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉"
    "宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷訾辛"
    "阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付代岳帅谌佘佟仝冼覃揭信楚修来续信吾力练种苟原"
)
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "端木",
    "南宫",
)
_POST = (
    r"(?:总书记|书记|部长|厅长|局长|主任|主席|省长|市长|州长|县长|区长|乡长|镇长|盟长|旗长|委员长|总理|委员|常委|会长|院长|校长|组长|处长|科长|司长|理事长|秘书长|"
    r"董事长|主委|巡视员|调研员|专员|成员|负责人|发言人|站长|所长|行长|干事长|社长|总干事|代表)"
)
# What makes a person a speaker. Attending alone (出席会议) does not; the verb that speaks must be there.
_SPOKE = (
    r"(?:(?:到会|出席|主持|参加|列席)(?:会议|大会|座谈会|推进会|仪式|开幕式|活动|集体学习|学习|学习会|论坛|培训班)?(?:并|，并)?(?:作|做|发表|致)?(?:了)?(?:重要|总结|动员|表态|主旨)?(?:讲话|致辞|报告|发言|强调|提出要求|作指导)"
    r"|主持(?:召开)?(?:会议|大会|集体学习|学习|座谈会|仪式)?(?:并(?:讲话|总结|发言|作总结讲话))?(?=[，。；、]|$)"
    r"|(?:作|做|作了|做了|代表[^，。；]{2,30}?(?:作|做))(?:题为[^，。；]{2,60}的)?(?:了)?(?:民政|政府)?(?:工作|主题|主旨|动员|总结|专题|情况|重要)?(?:报告|讲话|发言|部署|辅导|总结)"
    r"|(?:致|发表)(?:了)?(?:重要|主旨|开幕|闭幕|欢迎|新年)?(?:讲话|致辞|辞|演讲|贺词)|讲话(?=[，。；]|$)|宣读[^，。；]{2,40}|传达(?:了)?[^，。；]{2,40}精神|通报(?:了)?[^，。；]{2,40}情况)"
)
_POST_END = re.compile(_POST)
_SPOKE_HERE = re.compile(rf"(?:同志)?(?:分别)?({_SPOKE})")
_POST_START = re.compile(r"[，。；：！？]")
_SPEAKER_LABEL = re.compile(r"(?:讲话人|主讲人|报告人|发言人|致辞人|演讲人|宣讲人)[ \u3000]{0,4}[：:]\s{0,4}(.{2,40})$")
_BYLINE = re.compile(rf"^[—–－-]{{0,4}}[（(]?(.{{0,40}}?{_POST})[ \u3000]{{0,4}}([\u4e00-\u9fff·]{{2,12}})[）)]?$")
_BARE_NAME = re.compile(r"^[（(]?([\u4e00-\u9fff·]{2,12})[）)]?$")


def find_speakers(read: Reading) -> tuple[Speaker, ...]:
    """Who spoke: the byline of a speech; the attendance clauses of a report. Who is only named is no speaker."""
    byline = tuple(_byline_speakers(read))
    if byline or _first_person(read):
        return byline
    reported = (speaker for paragraph in read.body[:6] for speaker in _attending(paragraph))
    return tuple({speaker.name: speaker for speaker in reversed(list(reported))}.values())[::-1]


def _byline_speakers(read: Reading) -> Iterator[Speaker]:
    role = "作政府工作报告" if "政府工作报告" in read.title else "讲话"
    for line in read.header:
        if (labelled := _SPEAKER_LABEL.search(line)) and (
            named := _BYLINE.match(labelled.group(1)) or _BARE_NAME.match(labelled.group(1))
        ):
            post, name = (named.group(1), named.group(2)) if named.re is _BYLINE else (None, named.group(1))
            yield Speaker(name, post, role, line)
        elif (named := _BYLINE.match(line)) and is_name(named.group(2)):
            yield Speaker(named.group(2), named.group(1), role, line)
        elif (named := _BARE_NAME.match(line)) and is_name(named.group(1)):
            yield Speaker(named.group(1), None, role, line)


def _attending(paragraph: str) -> Iterator[Speaker]:
    """Post, name and a verb of speaking in a row: 厅党组书记、厅长某某主持集体学习并讲话."""
    for post_end in _POST_END.finditer(paragraph):
        at = post_end.end()
        for end in (*_name_ends(paragraph, at),):
            spoke = _SPOKE_HERE.match(paragraph, end)
            if spoke and is_name(name := paragraph[at:end]):
                before = re.split(_POST_START, paragraph[max(0, at - 60) : at])[-1]
                post = _NOT_POST.sub("", before)
                yield Speaker(name, post, spoke.group(1), f"{post}{name}{spoke.group(1)}")
                break


_NOT_POST = re.compile(r"^(?:会上|会议由|随后|最后|其间|期间|会前|会后|由)")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}")


def _name_ends(text: str, at: int) -> Iterator[int]:
    """Where a name that begins at `at` may end: a dotted name whole, else after 2, 3 or 4 characters."""
    if dotted := _DOTTED.match(text, at):
        yield from range(dotted.end(), max(at + 2, dotted.end() - 8), -1)
    yield from range(at + 2, min(at + 4, len(text)) + 1)


def is_name(text: str) -> bool:
    """A Chinese name of two or three characters, four with a two-character surname; others with their dot."""
    if "·" in text:
        return 3 <= len(text) <= 20 and not text.startswith("·") and not text.endswith("·")
    if text.startswith(_COMPOUND):
        return len(text) in (3, 4)
    return len(text) in (2, 3) and text[0] in _SURNAMES and not re.search(r"[的了并和同志部厅局]", text[1:])


# --- genre -----------------------------------------------------------------------------------------------------

# The first that fits the headline. Forms of official documents after 党政机关公文处理工作条例 (2012), then speeches.
_GENRES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("政府工作报告", re.compile(r"政府工作报告")),
    ("讲话稿", re.compile(r"(?:讲话|讲话稿|讲话提纲|讲话要点)[）)]?$|上的讲话")),
    ("致辞", re.compile(r"(?:致辞|贺词|献词|开幕词|闭幕词|祝词)[）)]?$|上的致辞")),
    ("发言稿", re.compile(r"(?:发言|发言稿|发言材料|交流材料|主持词|表态发言)[）)]?$|上的发言")),
    ("工作报告", re.compile(r"(?:工作报告|述职报告|情况报告|工作总结)[）)]?$")),
    ("法规", re.compile(r"(?:条例|实施条例|[^办]法|规定|实施细则)(?:（[^（）]{2,20}）)?$")),
    ("通知", re.compile(r"的?通知[）)]?$")),
    ("意见", re.compile(r"(?:意见|实施意见|指导意见)[）)]?$")),
    ("方案", re.compile(r"(?:方案|规划|计划|要点|办法|细则)[）)]?$")),
    ("公告", re.compile(r"(?:公告|通告|公示|公报|通报)[）)]?$")),
    ("函", re.compile(r"(?:函|复函|批复|答复)[）)]?$")),
    ("指引", re.compile(r"(?:指引|指南|须知|流程|问答|\d{1,2}问|简介|详解)[）)]?$|常见问题|如何|怎么|[？?！!]$")),
)
_QUOTABLE = frozenset(("政府工作报告", "讲话稿", "致辞", "发言稿", "工作报告"))
_FIRST_PERSON = re.compile(r"我(?:就|代表|讲|完全|谨|再|想|认为|强调|们)")
_REPORTS = re.compile(r"会议(?:指出|强调|要求|明确|认为|还|传达|以|由)")


def find_genre(read: Reading, meeting: Evidence[str] | None) -> str | None:
    """The form of the text: by its headline, else by who speaks in it; None where neither shows."""
    report = meeting is not None and bool(_REPORTS.search(read.text[:5000]))
    named = next((genre for genre, form in _GENRES if form.search(read.title)), None)
    if named and not (named in _QUOTABLE and (report or DATELINE.match(read.lead))):
        return named
    if report and meeting is not None and not DATELINE.match(read.lead):
        return "学习会报道" if re.search(r"学习", meeting.value) else "会议报道"
    if _first_person(read):
        return "讲话稿"
    if DATELINE.match(read.lead):
        return "新闻报道"
    if meeting is not None and is_lead(read.lead):
        return "会议报道"
    return None


def _first_person(read: Reading) -> bool:
    """A speech: it greets its hearers or says I at its beginning, and has no dateline."""
    greets = any(SALUTATION.match(p) for p in read.body[:3])
    says_i = _FIRST_PERSON.search("".join(read.body[:8]))
    return bool((greets or (_GENRES[1][1].search(read.title) and says_i)) and not DATELINE.match(read.lead))


def _quotable(genre: str | None) -> bool:
    """Whether the words are a person's own: a speech, not a report of it."""
    return genre in _QUOTABLE


# --- issuing body ----------------------------------------------------------------------------------------------

_ORGAN = (
    r"(?:人民政府办公[厅室]|政府办公[厅室]|人民政府|政府|民政厅|民政局|省委|市委|区委|县委|党委"
    r"|[\u4e00-\u9fff]{2,10}?(?:厅|局|委员会|管理中心|办公室|办公厅|联合会|协会|基金会|总工会))"
)
_NATIONAL = (
    r"(?:民政部|国务院办公厅|国务院|中共中央办公厅|中共中央|全国老龄办|全国老龄工作委员会办公室|中国残联"
    r"|[\u4e00-\u9fff]{2,10}部(?=召开|举行|印发|部署|办公厅|党组))"
)
_BODY = re.compile(rf"({_NATIONAL}|[\u4e00-\u9fff]{{2,14}}?(?:省|自治区|市|县|区|州|盟|旗){_ORGAN})")
_ACTS = re.compile(
    r"(?:党组|党委|机关|办公厅)?(?:（[^（）]{1,20}）)?(?:\d{1,2}日)?(?:在[^，。；]{1,20}?|日前|近日)?(?:组织)?(?:召开|举行|举办|印发|发布|开展|部署|发出|下发|制定|出台|联合)"
)
_TITLE_ACTS = re.compile(r"[：:]|关于|召开|举行|印发|发布|部署|20\d\d年|政府工作报告|办公[厅室]|[ 　]")
_REPRESENT = re.compile(
    r"我(?:谨)?代表((?:[\u4e00-\u9fff]{2,8}?)?(?:省|市|县|区|州|自治区)(?:人民)?(?:政府|委)|[\u4e00-\u9fff]{2,20}?(?:厅|局|部)(?:党组|机关)?)"
)
_GOV_REPORT = re.compile(r"(?:20\d\d年)?([\u4e00-\u9fff]{2,12}?(?:省|自治区|市|县|区|州))(?:人民)?政府工作报告")
_STATION = re.compile(r"^([^，。：（）\s]{2,12}?)(?:消息|讯)[ 　]*(（[^（）]{1,20}）)?[ 　]*：")
_AGENCY = re.compile(r"^(新华社|中新社|本报|本刊|本网)")


def find_issuer(read: Reading) -> Evidence[str] | None:
    """The body that speaks or publishes: from page facts, headline, lead, source note, 我代表…, in this order."""
    stated = next(
        (v for k in ("发文机关", "发布机构", "发布单位", "发布者", "信息提供") if (v := read.page.get(k))), ""
    )
    stated = stated or read.article.hints.issuer
    if stated:
        return Evidence(stated, stated)
    finders = (_report_issuer, _title_issuer, _lead_issuer, _note_issuer, _represented, _station)
    return next((found for finder in finders if (found := finder(read)) is not None), None)


def _report_issuer(read: Reading) -> Evidence[str] | None:
    if found := _GOV_REPORT.match(read.title):
        return Evidence(f"{found.group(1)}人民政府", found.group())
    return None


def _title_issuer(read: Reading) -> Evidence[str] | None:
    found = _BODY.match(read.title)
    if found and _TITLE_ACTS.match(read.title, found.end()) and _is_body(found.group(1)):
        return Evidence(found.group(1), found.group(1))
    return None


def _lead_issuer(read: Reading) -> Evidence[str] | None:
    """The subject of 召开 in the first two sentences."""
    head = "。".join(read.lead[:400].split("。")[:2])
    for clause in re.split(r"[，。：；]", head):
        bare = re.sub(r"^(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|日前|近日|今天)", "", clause)
        found = _BODY.match(bare)
        if found and _ACTS.match(bare, found.end()) and _is_body(found.group(1)):
            return Evidence(found.group(1), clause)
    return None


def _note_issuer(read: Reading) -> Evidence[str] | None:
    """（据湖北省民政厅）: the body whose text it is, unless it is a paper or an agency."""
    note = SOURCE_NOTE.search(read.body[-1][-60:]) if read.body else None
    if note and (found := _BODY.fullmatch(note.group(1)[1:])) and _is_body(found.group(1)):
        return Evidence(found.group(1), note.group())
    return None


def _represented(read: Reading) -> Evidence[str] | None:
    """我代表市政府: the government a leader speaks for."""
    found = _REPRESENT.search(read.text[:6000])
    return Evidence(found.group(1), found.group()) if found else None


def _station(read: Reading) -> Evidence[str] | None:
    """央视网消息（新闻联播）：— a news item is issued by its station."""
    if (found := _STATION.match(read.lead)) and re.search(r"[网台报社刊]$", found.group(1)):
        return Evidence(found.group(1) + (found.group(2) or ""), found.group())
    if (found := _AGENCY.match(read.lead)) and DATELINE.match(read.lead) and found.group(1).endswith("社"):
        return Evidence(found.group(1), found.group())
    return None


def _is_body(name: str) -> bool:
    """A body with a region in front that the table knows, or a national one."""
    return bool(re.fullmatch(_NATIONAL, name)) or places.leading(name) is not None


def _inferred_issuer(read: Reading, region: Evidence[str] | None, speakers: Sequence[Speaker]) -> Evidence[str] | None:
    """The head of a department speaks at a meeting of the province's civil affairs: its department of civil affairs."""
    if region is None or region.value == places.NATION or not re.search(r"全[省区]民政", read.text):
        return None
    head = next(
        (s for s in speakers if s.post and re.fullmatch(r"(?:省民政厅|厅)?(?:党组书记|厅党组书记)、厅长|厅长", s.post)),
        None,
    )
    return Evidence(f"{places.full_name(region.value)}民政厅", head.evidence, "inferred") if head else None


# --- region ----------------------------------------------------------------------------------------------------

_LEVEL_WORDS = (
    ("全国", "国家"),
    ("全省", "省级"),
    ("全区", "省级"),
    ("全市", "市级"),
    ("全州", "市级"),
    ("全县", "县级"),
)
# A province named as the writer's own: 中国式现代化的云南篇章, 现代化新江西, 考察云南时
_CITY_COMMITTEE = re.compile(r"市委[一二三四五六七八九十]+届|代表市(?:委|政府)|市委市政府|市委、市政府")


def _region_doubt(read: Reading) -> tuple[str, ...]:
    """Words by which a text of a whole province speaks as a city's: 全省 in the headline, 市委六届四次全会 in the body.

    The four municipalities are provinces with a 市委, so the doubt needs 全省 beside it.
    """
    if "全省" not in read.title:
        return ()
    city = tuple(dict.fromkeys(found.group() for found in _CITY_COMMITTEE.finditer(read.text)))
    province = "省委" in read.text or "省政府" in read.text
    return (f"全省（{read.title}）", *city[:3]) if len(city) >= 2 and not province else ()


def find_region(
    read: Reading, issuer: Evidence[str] | None, doubt: tuple[str, ...]
) -> tuple[Evidence[str] | None, str | None, str | None]:
    """Province-level region, the place below it, and the level of the text."""
    for words in (issuer.value if issuer else "", read.title):
        region = _region_of(words)
        if region is not None:
            place = region.place if region.level != "省级" else _held_in(read)
            if region.level == "县级" and region.prefecture:
                place = f"{region.prefecture}{region.short}"
            level = "省级" if places.is_municipality(region.province) and region.level == "市级" else region.level
            return Evidence(region.province, words), place, level
    if issuer is not None and re.fullmatch(_NATIONAL, issuer.value):
        return Evidence(places.NATION, issuer.text), None, "国家"
    if issuer is not None and _station(read):
        return None, None, None  # a national paper or station: the places it names are its subjects
    region_, place = _by_mentions(read)
    return region_, place, _level(read, region_)


def _region_of(words: str) -> places.Region | None:
    """The region a body's name or a headline begins with, the year and 关于 aside."""
    bare = re.sub(r"^(?:【[^】]{1,20}】|\d{4}年|关于(?:印发|公布)?)+", "", words)
    found = places.leading(bare)
    if found is None:
        return None
    length = len(found.name)
    return found if found.level != "县级" or bare[:length] == found.name or len(bare) > length else None


def _held_in(read: Reading) -> str | None:
    """在武汉召开: where the meeting was, if the table knows the place."""
    found = re.search(r"在([\u4e00-\u9fff]{2,8}?)(?:召开|举行|举办|开幕)", read.lead)
    if not found:
        return None
    region = places.leading(found.group(1))
    return region.short if region else None


def _by_mentions(read: Reading) -> tuple[Evidence[str] | None, str | None]:
    """The one province a speech names, else the one its cities and counties lie in."""
    text = f"{read.title}\n{read.text}"
    named = Counter(short for short, _ in places.provinces(text))
    # named twice and twice as often as any other: a speech names other provinces too, its own it names again and again
    if named and (top := named.most_common(2)) and top[0][1] >= 2 and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
        at = text.index(top[0][0])
        return Evidence(top[0][0], _around(text, at, len(top[0][0]))), None
    found = list(dict.fromkeys(region for region, _ in places.places(text) if region.level != "省级"))
    lying_in = Counter(region.province for region in found)
    if len(lying_in) == 1 and len(found) >= 2 and not named:
        prefectures = {region.prefecture for region in found if region.prefecture}
        words = "、".join(region.name for region in found[:4])
        return Evidence(found[0].province, words, "inferred"), prefectures.pop() if len(prefectures) == 1 else None
    return None, None


def _around(text: str, at: int, length: int) -> str:
    """The clause a word stands in."""
    start = max(text.rfind(mark, 0, at) for mark in "，。；：、\n") + 1
    end = min((i for mark in "，。；：、\n" if (i := text.find(mark, at + length)) >= 0), default=len(text))
    return text[start:end][:40]


def _level(read: Reading, region: Evidence[str] | None) -> str | None:
    for text in (read.title, read.lead, read.text[:3000]):
        first = min(((at, level) for word, level in _LEVEL_WORDS if (at := text.find(word)) >= 0), default=None)
        if first:
            municipal = region is not None and places.is_municipality(region.value)
            return "省级" if first[1] == "市级" and municipal else first[1]
    return None


# --- source ----------------------------------------------------------------------------------------------------

_SOURCE_LEAD = re.compile(r"^([^，。：；（）]{2,14}(?:官网|网站|网|报|社|公众号|客户端)消息)，")
_SOURCE_LABEL = re.compile(r"[（(](?:来源|稿源|资料来源|原载|摘自|转自)[：:]?([^（）()]{2,30})[）)]")


def find_source(read: Reading) -> Evidence[str] | None:
    """Where the text comes from, in the words of the page or the text."""
    for label in ("信息来源", "文章来源", "稿件来源", "来源", "稿源"):
        if value := read.page.get(label):
            return Evidence(value, f"{label}：{value}")
    if read.article.hints.source:
        return Evidence(read.article.hints.source, read.article.hints.source)
    last = read.body[-1][-80:] if read.body else ""
    if found := SOURCE_NOTE.search(last) or _SOURCE_LABEL.search(last):
        return Evidence(found.group(1), found.group())
    if found := _SOURCE_LEAD.match(read.lead):
        return Evidence(found.group(1), found.group(1))
    if found := DATELINE.match(read.lead):
        return Evidence(found.group().rstrip("：: 　，,（(0123456789"), found.group())
    return None


# --- date ------------------------------------------------------------------------------------------------------

_D = "〇零○一二三四五六七八九"
_FULL = re.compile(
    rf"(?<!\d)((?:19|20)\d\d|[一二][{_D}]{{3}})\s?[年./-]\s?(\d{{1,2}}|[{_D}十]{{1,3}})\s?[月./-]\s?(\d{{1,2}}|[{_D}十]{{1,3}})(?:\s?日|(?!\d))"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日(?:至(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?|凌晨|中午)?")
_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0?[1-9]|[12]\d|3[01])/|/t((?:19|20)\d\d)(\d\d)(\d\d)_"
)
_TITLE_YEAR = re.compile(r"(?<![\d—–-])(20\d\d)年(?!以来|至|以前|版)")
_YEAR_FACTS = ("成文日期", "发布时间", "发布日期", "更新时间", "时间", "日期", "生成日期")
_NUMERALS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}

# What tells the year a text was written in. The first four name the year that lies ahead or has begun, the last one
# the year that is over. In November and December the year ahead is the next one.
_AHEAD = re.compile(
    r"(?:部署|安排|谋划|做好|落实|抓好|开好)[^，。；\d]{0,10}(20\d\d)年|(20\d\d)年(?:要(?!求)|元旦|春节|重点工作|工作任务)"
)
_NAMED = re.compile(
    r"(20\d\d)年(?:全国|全省|全市|全区|全县|第[一二三四五六七八九十\d]+次)[^，。；年]{0,30}?(?:会议|大会|会)"
)
_BEHIND = re.compile(r"(?:总结|回顾)(?:了)?[^，。；\d]{0,6}(20\d\d)年")


def find_date(read: Reading, meeting: Evidence[str] | None) -> tuple[Evidence[PartialDate] | None, str]:
    """(date, words a year was concluded from). Never a year that neither page nor text gives."""
    if stated := _stated_date(read):
        return stated, ""
    if found := _day_in_lead(read):
        month, day = int(found.group(1)), int(found.group(2))
        year, words = _year(read, month)
        if year is not None and _exists(year, month, day):
            return Evidence(PartialDate(year, month, day), found.group(), "inferred"), words
        return None, ""
    for text in (read.title, meeting.value if meeting else ""):
        if found := _TITLE_YEAR.search(text):
            return Evidence(PartialDate(int(found.group(1))), text), ""
    return None, ""


def _stated_date(read: Reading) -> Evidence[PartialDate] | None:
    """A full date: under the headline, beside the text, in the page's address, at the end as a signature."""
    hints = read.article.hints
    signature = [p for p in read.body[-3:] if len(p) <= 30 and _FULL.search(p)]
    beside = (hints.date, *(read.page[label] for label in _YEAR_FACTS if label in read.page))
    for text in (*read.header, *beside):
        if date := full_date(text):
            return Evidence(date, text)
    if opening := _lead_date(read):
        return opening
    for text in signature:
        if date := full_date(text):
            return Evidence(date, text)
    if found := _ADDRESS.search(hints.address):
        year, month, day = (int(g) for g in found.groups() if g)
        if _exists(year, month, day):
            return Evidence(PartialDate(year, month, day), hints.address, "inferred")
    return None


_EVENT = re.compile(r"召开|举行|举办|开幕|讲话|会议|调研|印发|发布")


def _lead_date(read: Reading) -> Evidence[PartialDate] | None:
    """2024年2月18日，…召开…: the full date a report opens with, when its sentence tells of the event."""
    lead = _opening(read.lead)
    found = _FULL.match(lead)
    if found and _EVENT.search(lead.split("。")[0]) and (date := full_date(found.group())):
        return Evidence(date, found.group())
    return None


def full_date(text: str) -> PartialDate | None:
    """The first complete date (2024年2月18日, 2024-02-18, 二〇二四年二月十八日); None if no calendar has it."""
    for pattern in (_FULL, _COMPACT):
        if found := pattern.search(text):
            year, month, day = (_figures(group) for group in found.groups())
            return PartialDate(year, month, day) if _exists(year, month, day) else None
    return None


def _figures(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0"))
    return int("".join(_NUMERALS[c] for c in text))


def _exists(year: int, month: int, day: int) -> bool:
    lengths = (
        31,
        29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    )
    return 1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


def _opening(lead: str) -> str:
    """The lead without its dateline or 某某网消息，."""
    if found := DATELINE.match(lead):
        return (
            lead[found.end() :].lstrip("（(）)：: 　")
            if not lead[found.end() - 1].isdigit()
            else lead[found.end() - 1 :]
        )
    if found := _SOURCE_LEAD.match(lead):
        return lead[found.end() :]
    return lead


def _day_in_lead(read: Reading) -> re.Match[str] | None:
    """The month and day a report opens with: 2月21日，…; in the first clause, or the second after a named place."""
    if _first_person(read):
        return None
    opening = _opening(read.lead)
    return _MONTH_DAY.match(opening) or _MONTH_DAY.match(read.lead)


def _year(read: Reading, month: int) -> tuple[int | None, str]:
    """The year the text was written in, if all words that tell it agree; and the first of those words."""
    text = f"{read.title}\n{read.text[:8000]}"
    late = month >= 11
    behind = {int(f.group(1)): f.group() for f in _BEHIND.finditer(text)}
    ahead = {int(f.group(1) or f.group(2)): f.group() for f in _AHEAD.finditer(text)}
    named = {int(f.group(1)): f.group() for f in _NAMED.finditer(f"{read.title}\n{read.lead}")}
    if late:
        # 总结2024年、部署2025年 in December is 2024; a meeting that carries its year then may be of either
        years = set(behind) & {year - 1 for year in ahead} if ahead else set(behind)
        words = behind
    else:
        years = {year + 1 for year in behind} | set(ahead) | set(named)
        words = {**{year + 1: w for year, w in behind.items()}, **ahead, **named}
    return (year := next(iter(years)), words[year]) if len(years) == 1 else (None, "")


# --- title -----------------------------------------------------------------------------------------------------

_MAX_TITLE = 40


def _derived_title(
    read: Reading, issuer: Evidence[str] | None, meeting: Evidence[str] | None, date: Evidence[PartialDate] | None
) -> Evidence[str]:
    """A title for a text without one: body and meeting and day, else its first clause. Always marked as derived."""
    if meeting is not None:
        body = issuer.value if issuer and not meeting.value.startswith(issuer.value) and not _station(read) else ""
        day = _day_label(date.value) if date and date.value.day else ""
        return Evidence(f"{body}{meeting.value}{day}", meeting.text, "derived")
    if read.article.hints.title:
        return Evidence(read.article.hints.title, read.article.hints.title)
    sentence = re.split(r"[。！？]", _opening(read.lead))[0].lstrip("：: 　")
    clauses = re.split(r"(?<=[，；])", sentence)
    title = clauses[0]
    for clause in clauses[1:]:
        if len(title) + len(clause) > _MAX_TITLE:
            break
        title += clause
    return Evidence(title.rstrip("，；：")[:_MAX_TITLE] or "（无标题）", sentence, "derived")


def _day_label(date: PartialDate) -> str:
    return f"（{date.year}年{date.month}月{date.day}日）"


def without_date(facts: Facts) -> Facts:
    """The same facts with the date given up, because the text contradicts it."""
    return replace(facts, date=None, year_words="")
