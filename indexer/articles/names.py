"""What looks like a person's name: by the surname, for there is no other sign of one in Chinese, or by its post."""

from __future__ import annotations

import re

from search.text import grammatical, known, surnames

# How a post ends, longer ones first where one begins as another.
POST = (
    r"(?:总书记|书记|部长|厅长|局长|主任|主席|省长|市长|州长|县长|区长|乡长|镇长|盟长|旗长|委员长|总理|委员(?!会|长)|常委(?!会)|会长|院长|校长|组长|处长|科长|司长|理事长|秘书长|"
    r"董事长|主委|巡视员|调研员|专员|成员(?!单位)|负责人|发言人|站长|所长|行长|干事长|社长|总干事|股长|代表(?!大会|团))"
)


def is_name(text: str) -> bool:
    """A Chinese name of two or three characters, four with a two-character surname; others with their dot."""
    if "·" in text:
        return 3 <= len(text) <= 20 and not text.startswith("·") and not text.endswith("·")
    if text.startswith(surnames("compound")):
        return len(text) in (3, 4)
    return (
        len(text) in (2, 3)
        and text[0] in surnames("frequent", "other")
        and not re.search(r"[的了并]|同志|[部厅局]$", text[1:])
    )


def is_named_after_post(text: str) -> bool:
    """After a post any two or three characters are a name."""
    return is_name(text) or len(text) in (2, 3)


_PREPOSITIONS = frozenset("向于从在对就由和与")
# Characters that words of grammar are made of; in names they hardly occur.
_GRAMMAR = re.compile("[的了并在就由从被把等各我你他它们这那是也还又再或而]|向(?=[大会全])|[会议]上|同志")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
# Parts of Tibetan, Mongolian and Yi names, which have no surname and often no dot.
_SYLLABLE_WORDS = """
    扎西 次仁 多吉 卓玛 央金 洛桑 平措 旦增 丹增 格桑 索朗 尼玛 达瓦 白玛 巴桑 边巴 普布 米玛 拉姆 德吉 顿珠 旺堆
    旺杰 罗布 强巴 贡布 仁青 才让 多杰 桑杰 洛追 嘉措 坚赞 群培 曲珍 旦巴 加措 江白 阿旺 土登 克珠 齐扎 扎巴 江村
    罗桑 赤列 班觉 欧珠 仓决 玉珍 措姆 卓嘎 曲扎 宝音 苏日 那顺 朝鲁 图雅 高娃 斯琴 乌云 其其 格日 巴雅 额尔 布和
    敖登 娜仁 塔娜 呼和 哈斯 吉日 特木 孟和 萨仁 阿古 苏和 吉克 曲木 阿牛 沙马 马海 吉木 阿尔 木果 尔古 俄木 拉马
    依火 克惹 阿苏 的惹 伍果 日火
"""
_SYLLABLES = frozenset(_SYLLABLE_WORDS.split())


def is_called(text: str, *, posted: bool = False) -> bool:
    """Whether two to four characters are a person's name, by what speaks for it and against.

    For: a surname, a post straight before (posted). Against: a word of the dictionary that begins as a rare surname
    does (全程, 应邀), an adverb (马上), a character of grammar. After a post a surname that no table has will do where
    nothing speaks against it, and so will four characters with a part of a Tibetan, Mongolian or Yi name.
    """
    if "·" in text:
        return is_name(text)
    if not _HAN.fullmatch(text):
        return False
    if posted and text[-1:] in ("部", "厅", "局") and is_name(text[:-1] + "文"):
        return not known(text)  # behind a post 陈局 is a name, 公安局 is none
    if len(text) == 4 and not text.startswith(surnames("compound")):
        return posted and (text[:2] in _SYLLABLES or text[2:] in _SYLLABLES) and not _GRAMMAR.search(text)
    if is_name(text):
        rare = text[0] not in surnames("frequent") and len(text) < 4
        placed = text[0] in _PREPOSITIONS
        wording = (rare and (known(text) or (placed and known(text[1:])))) or (placed and text.endswith("上"))
        frequent = text[0] in surnames("frequent") and known(text)
        return not wording and not _GRAMMAR.search(text[1:]) and not (frequent and text in grammatical())
    return posted and len(text) in (2, 3) and not known(text) and not known(text[:2]) and not _GRAMMAR.search(text)
