"""What says that somebody spoke: a verb of speaking, and what may stand between a person and that verb."""

from __future__ import annotations

import re

_SPEECH = (
    r"(?:讲话|致辞|致词|发言|报告|演讲|讲演|宣讲|党课|辅导|授课|动员|部署|总结|表态|点评|说明|讲解|贺词|汇报|推介|分享"
    r"|主持词)"
)
_KIND = r"[^，。；：！？、]{0,14}?"
# 作重要讲话, 作了题为《…》的报告, 致欢迎辞, 讲党课
_GIVES = (
    rf"(?:(?:作出|作|做|致|发表|讲|授)(?:了)?"
    rf"(?:题为(?:《[^》]{{1,60}}》|[^，。；]{{2,40}}?)的)?(?!的|过){_KIND}(?:{_SPEECH}(?:讲话|发言|报告|致辞)?|(?<=致)(?:\S{{0,4}})辞|开幕词|闭幕词|辞)"
    rf"|致[\u4e00-\u9fff]{{0,4}}[辞词]|讲(?:了)?(?:专题)?党课|代为(?:讲话|致辞)|提出(?:了)?(?:具体|明确|工作|几点|[一二三四五六两]点)?(?:要求|意见)|作指导)"
)
_BARE = r"(?:讲话|致辞|致词|发言|宣讲|作答|演讲)(?=[，。；：、！]|并|$)"
# what is done before one speaks (出席会议并…, 会见代表并…, 率队调研并…)
_DOES = (
    r"(?:到会|莅会|出席|主持|参加|列席|莅临|率队|带队|带领|会见|接见|看望|慰问|调研|召开|宣布|见证|陪同|通过|深入|前往|来到|到|赴)"
    r"[^，。；：！？]{0,40}?"
)
_SAYS = r"(?:强调|指出|要求|表示|总结|部署|提出|宣讲)"
_FORMS = (
    rf"{_DOES}(?:，)?并(?:{_GIVES}|{_BARE}|强调|提出|总结)"
    r"|主持(?:召开)?(?:了)?(?:[^，。；：、]{0,20}?(?:会议?|学习|仪式|论坛|活动|班|式))?(?=[，。；、]|$)"
    rf"|(?:到会|出席|参加|列席)(?:会议|大会|活动|仪式)?(?:{_GIVES}|{_BARE})"
    rf"|{_GIVES}|{_BARE}"
    r"|以(?:《[^》]{1,60}》|[^，。；]{2,40})为题[^，。；]{0,6}?(?:讲|作|授)[^，。；]{0,12}(?:课|报告|讲话|宣讲)"
    r"|宣读(?:了)?[^，。；]{2,40}|传达(?:了)?[^，。；]{2,40}精神|通报(?:了)?[^，。；]{2,40}情况"
    r"|接受[^，。；]{0,16}采访"
)
_MEETING = r"(?:[会议式班坛]|活动)"
# What may stand between a person and the verb. 在讲话中 and 在会上 make a speaker of whoever then says something.
_BETWEEN = (
    r"(?:同志|等(?:领导|人)?|一行|先生|女士|分别|先后|随后|最后|还|也|应邀|亲自|全程|现场|首先|通过[^，。；]{2,14}?|代表[^，。；]{2,30}?"
    r"|向[^，。；]{1,14}?|就[^，。；]{2,60}?|对[^，。；]{2,40}?|围绕[^，。；]{2,60}?|结合[^，。；]{2,40}?|受[^，。；]{2,20}?委托，?|为[^，。；]{2,16}?"
    rf"|会上|[在于][^，。；、]{{0,24}}?{_MEETING}(?:上|中|期间))"
)
SPOKE = re.compile(
    rf"{_BETWEEN}{{0,3}}?(?P<role>{_FORMS}"
    rf"|(?:会上|[在于](?:[^，。；、的]{{0,24}}?{_MEETING}上|[^，。；、的]{{0,4}}?(?:讲话|致辞|发言|总结|报告)[中时]))[^，。；：]{{0,8}}?"
    rf"(?:{_SAYS}|肯定|介绍|回顾|说))"
)
# Who is studied, passed on, shown or quoted does not speak here: the verb stands before the person.
_OF_ANOTHER = re.compile(
    r"(?:学习|传达|观看|收看|收听|播放|转播|聆听|贯彻|落实|领会|重温|研读|引用|转发|原文)(?:了|贯彻|学习|领会|落实)*[^，。；：！？]{0,60}$"
)


def of_another(text: str, start: int) -> bool:
    """Whether what stands before a person in its clause makes the words after it another meeting's."""
    return _OF_ANOTHER.search(text, max(0, start - 70), start) is not None
