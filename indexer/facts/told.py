"""What a person who opens a clause at a meeting is told to have done, where speaking.py knows no verb for it.

Words for speaking have no end (坦承, 接过话头, 翻开本子说), so this goes by parts of words, which are fewer, or
by what stands behind the clause: a colon, a quotation. What people do at meetings without a word (出席, 参观, 颁奖),
and what is told of their lives, stands here by name.
"""

from __future__ import annotations

import re

from indexer.articles.names import POST
from search.text.patterns import lazy

# Presence, looking, giving and taking, ceremony, office, asking; 把, 在 and the like open what is told of a life.
_WITHOUT_WORDS = (
    r"出席|参加|参与|列席|[到在入]场|到会|陪|同行|随行|率|带[队领]|旁听|见证|参观|观摩|[查观察翻][看阅察]|看|收[看听]|聆听|听(?![完后罢])|考察|调研|视察"
    r"|[检督巡核]查|走|慰问|[来前赶]到|前往|赴|深入|一行|颁|授[牌旗予]|发放|[捐赠送献递]|揭|剪彩|启[动用]|按|开启|点亮|签|交接|移交|[领收获取夺]|荣"
    r"|受(?!邀|托)|[担出兼]?任|当选(?!后)|当(?!场|即|选)|负责|承担|[是有为名]|来自|出生|毕业|退[休役]|从事|成为|加入|作为|组织|召开|牵头|部署|举[行办]|致[信电]"
    r"|来信|贺[信电]|批示|[把被因将曾已未没不]|一直|长期|多年|合影|握|询问|问[起到候]|了解|安排|[邀延]?请|派|让|由|委托|指派|记者|照顾|坚持"
    r"|创[办业立]|建(?!议|言)|所在|需要|应(?!邀)|要(?!求)|可以|能|以及|等|审[议阅]|通过|表决|选举|学习|研究|讨论|座谈|访谈|会(?!议?[上后前中])"
    rf"|(?!代表){POST}"
)
# Parts of words for speaking and whole ones, with hardly another use there. Not 论, 议, 问 alone: 讨论, 会议, 问题.
_SOUND = (
    r"(?:(?:[讲谈说]|带来)的是|的(?:一[番席]话|发言|提议|讲述)(?=[^，。；]{0,12}?[引赢得让博感])|[谈讲]了|[解诉叙陈阐概简讲口复转]述|[追反发提质设]问(?!题)|问题(?=[，：。]|$)|[回应对解抢作]答|[说讲谈](?!明[会书]|话精神)|道(?=[，：])"
    r"|(?<![转对职名])称(?!号|为)|[直坦发进代]言(?!人)|坦承|[接插搭]过?(?:了)?话|吁|劝|道出|[讲传]授|告诫|叮[嘱咛]|嘱[咐托]|寄语|[致道恭祝庆]贺|[致答感道]谢|致[词辞]"
    r"|表[态达]|表示(?!会[见谈])|赞[许赏扬叹成同]|[感惊]叹|感慨|主张|补充|透露|披露|归纳|概括|总结|小结|分享|指出|强调|认为|提[出醒议]|建议|介绍|解[读释析]|[详讲]解|[摆晒抛亮]出|点评"
    r"|评[价析]|反映|盘点|回[应顾]|反馈|演示|示范|剖析|号召|[通汇]报|报告(?![会书人厅])|[公发]布|警)(?!的)"
)
_SILENT = rf"(?:(?!{_WITHOUT_WORDS})[^。；：！？，、\n“”（）《》])"
_SOUNDS = lazy(
    rf"(?P<role>(?:(?!{_SOUND}){_SILENT}|“[^“”]{{1,16}}”){{0,20}}?{_SOUND}[^。；：！？，、\n“”（）《》]{{0,16}})"
)
# 给大家敲警钟、划红线：…; 打开本子“…”
_OPENS = lazy(
    rf"(?P<role>(?:{_SILENT}{{1,30}}[，、]){{0,2}}(?:{_SILENT}|“[^“”]{{1,12}}”(?=：)){{1,30}})"
    r"(?:：(?=[^。；！？\n]{4})|，?“(?=[^”]{8}))"
)
# “饭菜不热。”局长某某心直口快。
_BEHIND = lazy(rf"(?P<role>{_SILENT}{{2,16}})(?=[，。]|$)")


def told(text: str, at: int, stop: int, *, quoted: bool = False) -> re.Match[str] | None:
    """What stands behind who opens a clause in text[at:stop] and can only be words of theirs, as the group "role"; None
    where it may be something else. quoted: whether a whole sentence in quotation marks stands before that person."""
    found = _SOUNDS.match(text, at, stop) or _OPENS.match(text, at, stop)
    return found or (_BEHIND.match(text, at, stop) if quoted else None)
