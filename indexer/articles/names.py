"""What looks like a person's name: by the surname, for there is no other sign of one in Chinese, or by its post."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.articles.remembered import remembered
from search.text import grammatical, known, office, proper, surname_set

# How a post ends, longer ones first where one begins as another; each begins with a character that is no sign.
_POSTS = (
    *("总书记", "书记(?!处)", "部长", "厅长", "局长", "主任", "主席(?!团|国)", "省长", "市长", "州长", "县长", "区长"),
    *("乡长", "镇长", "盟长", "旗长", "委员长", "总理", "委员(?!会|长)", "常委(?!会)", "会长", "院长", "校长", "组长"),
    *("处长", "科长", "司长", "理事长", "秘书长", "董事长", "主委", "巡视员", "调研员", "专员", "成员(?!单位|国)"),
    *(
        "负责人",
        "发言人",
        "合伙人",
        "召集人",
        "创始人",
        "站长",
        "所长",
        "行长",
        "干事长",
        "社长",
        "总干事",
        "股长",
        "总编辑",
        "台长",
        "馆长",
        "队长",
        "参谋(?![长部])",
        "监事(?![会长])",
    ),
    *("检察长", "参谋长", "署长", "司令员", "总裁(?!判)"),
    *("园长", "监事长", "政委", "政治委员", "总经理", "教授", "研究员", "检察官", "科员", "支书(?!记)", "护士长"),
    "干事",
    "助理(?!员)",
    "专干",
    "理事(?![长会])",
    "教师",
    "苏木达",
    "嘎查达",
    *(f"{of}师" for of in ("会计", "工程", "经济", "规划", "设计", "咨询", "社工", "医", "律", "讲")),
    *(f"{of}官" for of in "教法警"),
    *(f"{of}长" for of in "班团连营村店警"),
    "代表(?!大会|团|通道|[^，。；]{0,8}(?:党|委|政府|国务院|人民|全体))",
)
# For a pattern that is nothing but these and the like: re skips to the characters that they begin with.
POSTS = "|".join(_POSTS)
# In other patterns it is looked for at every character of a text: what cannot begin one is told by a single look.
POST = f"(?:(?=[{''.join(sorted({post[0] for post in _POSTS}))}])(?:{POSTS}))"


def begins_as_surname(text: str, at: int) -> bool:
    return text[at : at + 1] in surname_set("frequent", "other") or text[at : at + 2] in surname_set("compound")


# What stands behind no surname in a name.
_NO_NAME = re.compile(r"[的了并]|同志|[部厅局]$")


@remembered
def is_name(text: str) -> bool:
    """A Chinese name of two or three characters, four with a two-character surname; others with their dot."""
    if "·" in text:
        return 3 <= len(text) <= 20 and not text.startswith("·") and not text.endswith("·")
    if text[:2] in surname_set("compound"):
        return len(text) in (3, 4)
    return len(text) in (2, 3) and text[0] in surname_set("frequent", "other") and not _NO_NAME.search(text, 1)


def is_named_after_post(text: str) -> bool:
    """After a post any two or three characters are a name."""
    return is_name(text) or len(text) in (2, 3)


_PREPOSITIONS = frozenset("向于以从在对就由和与为用将把被给按同及兼跟")
# What stands behind a surname for a given name: 章博士, 章医生
STYLES = frozenset(
    {
        *("博士", "硕士", "院士", "医生", "大夫", "护士", "律师", "师傅", "女士", "先生", "老师", "老人"),
        *("大爷", "大妈", "大叔", "大娘", "阿姨", "奶奶", "爷爷", "叔叔"),
    }
)
# Surnames that are verbs as well.
_VERBAL = frozenset("谈祝应求解")
# Characters that words of grammar are made of; in names they hardly occur.
_GRAMMAR = re.compile(
    "[的了并在就由从被把等各我你他它们这那是也还或而]|[又再]$|向(?=[大会全])|[会议]上|同志|边.边"
    # 杨|出席: what is left where a page lost the given name
    "|出席|主持|参加|指出|强调|要求|表示|讲话|发言|致辞"
)
# Prepositions that no sounds are written with.
_GOVERNS = re.compile("[用与对从将就向]")
# 副发言人某某, 总书记: a name has no post in it
_WITH_POST = re.compile(POST)
# 通道上, 会场内: a word and a place in it
_PLACED = frozenset("上里内间")
# 周例会, 高新区
_BODY = frozenset("会班组队厅室站校院部局处所市县区镇乡村")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
# Names without a surname and often without a dot, Tibetan, Mongolian, Uygur and Yi: 次仁顿珠, 阿米尔江, 孟克吉日格勒.
_LONGEST = 7


def is_called(text: str, *, posted: bool = False) -> bool:
    """Whether two to four characters are a person's name, by what speaks for it and against.

    For: a surname, a post straight before (posted). Against: a word of the dictionary that begins as a rare surname
    does (全程, 应邀), an adverb (马上), a character of grammar. After a post a surname that no table has will do where
    nothing speaks against it, and so will four to seven characters that no ordinary word is found in.
    """
    if "·" in text:
        return is_name(text) and not _WITH_POST.search(text) and text[-1] not in "的在"
    if (
        not _HAN.fullmatch(text)
        or _WITH_POST.search(text)
        or (len(text) == 2 and text[1] == "老")
        or text[1:] in STYLES
    ):
        return False  # 徐老, 徐女士 are how one speaks to them
    if len(text) == 3 and ((text[-1] in _PLACED and is_word(text[:2])) or (text[-1] in _BODY and is_word(text[1:]))):
        return False
    if posted and text[-1:] in ("部", "厅", "局") and is_name(text[:-1] + "文"):
        return not known(text)  # behind a post 陈局 is a name, 公安局 is none
    if len(text) >= 4 and not (len(text) == 4 and text[:2] in surname_set("compound")):
        foreign = (
            posted
            and not _GOVERNS.search(text)
            and len(text) <= _LONGEST
            and text[0] not in _PREPOSITIONS
            and text[-1] not in "先便即均都"
        )
        return foreign and not _GRAMMAR.search(text) and _wordless(text)
    if is_name(text):
        rare = text[0] not in surname_set("frequent") and len(text) < 4
        placed = text[0] in _PREPOSITIONS
        wording = (rare and (is_word(text) or (placed and known(text[1:])))) or (placed and text.endswith("上"))
        wording = wording or (len(text) == 3 and text[0] in _VERBAL and is_word(text[1:]))  # 谈变化
        frequent = text[0] in surname_set("frequent") and known(text)
        return not wording and not _GRAMMAR.search(text[1:]) and not (frequent and text in grammatical())
    sure = not is_word(text) and not known(text[:2]) and text[0] not in _PREPOSITIONS
    return posted and len(text) == 3 and sure and not _GRAMMAR.search(text)


def is_han(text: str) -> bool:
    """Whether all of its characters are Chinese ones."""
    return _HAN.fullmatch(text) is not None


def may_be_foreign(text: str) -> bool:
    """Four to seven characters that may be a name though words are found in it, where the text shows it to be one."""
    worded = _GRAMMAR.search(text) or _WITH_POST.search(text) or _GOVERNS.search(text) or known(text)
    return 4 <= len(text) <= _LONGEST and bool(_HAN.fullmatch(text)) and not worded


def _wordless(text: str) -> bool:
    """Whether no two neighbours are an ordinary word, as in names that write another language's sounds."""
    return not any(is_word(text[at : at + 2]) for at in range(len(text) - 1))


# Pairs of characters are asked about again and again, within a page and on the next one.
@office.follows
@lru_cache(maxsize=1 << 14)
def is_word(text: str) -> bool:
    """Whether it stands in the dictionary and is no name there."""
    return known(text) and text not in proper()
