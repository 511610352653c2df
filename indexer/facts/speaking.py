"""What says that somebody spoke: a verb of speaking, and what may stand between a person and that verb."""

from __future__ import annotations

import re

from indexer.articles.names import POST

_SPEECH = (
    r"(?:讲话|致辞|致词|发言|报告|演讲|讲演|宣讲|党课|辅导|授课|动员|部署|总结|小结|表态|点评|说明|讲解|贺词|汇报|推介|分享"
    r"|主持词|讲座|解读|安排|布置|介绍|回应|回顾|阐述|解答|讲授|培训)"
)
_KIND = r"[^，。；：！？、]{0,14}?"
# 作重要讲话, 作了题为《…》的报告, 致欢迎辞, 讲党课, 进行现场点评, 提出三点要求
_GIVES = (
    rf"(?:(?:(?<![工合运动操])(?<![^填]写)(?:作出|作|做)|致|发表|讲|授|进行|开展)(?:了)?"
    rf"(?:题为[^，。；《“]{{2,40}}?的|(?:题为|主题为)?(?:(?:《[^》]{{1,60}}》[和及与、]?){{1,3}}|“[^“”]{{2,60}}”)的?)?(?!的|过){_KIND}(?:{_SPEECH}(?:讲话|发言|报告|致辞)?|(?<=致)(?:\S{{0,4}})辞|开幕词|闭幕词|开场白|辞)"
    rf"|(?:作|做)(?:了)?《[^》]{{1,60}}(?:报告|讲话|总结|说明)》|致[\u4e00-\u9fff]{{0,4}}[辞词]|主讲(?![人的])|为[^，。；：、]{{1,16}}?(?:解读|讲解|讲授|宣讲|授课|进行(?:了)?[^，。；]{{0,6}}?培训)|代为(?:讲话|致辞)|上(?:了)?[^，。；]{{0,6}}课"
    rf"|(?:上|作|讲|授)(?:了)?[一二两三\d][堂节次场期](?:《[^》]{{1,60}}》|“[^“”]{{1,40}}”|[^，。；“”《》]){{0,24}}?课|回答(?:了)?[^，。；]{{0,12}}?(?:提问|问题)|(?:提出?|讲)(?:了)?{_KIND}(?:要求|意见|希望|建议|期望)(?!的)|作指导|发[出起](?:了)?[^，。；]{{0,8}}?倡议|领学(?=[，。；]|$)"
    rf"|(?<![工合运动操写])(?:作|做)(?:了)?[^，。；：、]{{0,6}}?(?:交流|补充)(?=[，。；、]|$)|进行了交流(?=[，。；]|$))"
)
# What is done in words, with its aspect or its object: 介绍了…, 部署今年的任务, 强调三点, 作了安排. Not what a person
# may do without a word: 检查, 调研, 慰问.
_IN_WORDS = (
    r"(?:介绍|汇报|通报|解读|讲解|阐述|阐释|分析|回顾|总结|部署|布置|明确|点评|分享|宣讲|剖析|讲述|说明|强调|重申|回应|答复|回忆"
    r"|推介|报告(?=了)|归纳|交流(?=了[^，。；]{0,30}(?:做法|经验|体会|心得|情况))|号召|勉励|寄语|嘱咐|叮嘱|提醒|呼吁|承诺|(?:充分|高度)?肯定|[谈讲提]到|谈及|谈|讲)"
)
# Alone these words are a verb only behind what goes with a verb: 并讲话, 分别讲话, 到会讲话; 群众发言 is a noun.
_WORD = r"(?:讲话|致辞|致词|发言|宣讲|作答|演讲|授课|分享|表态)(?=[，。；：、！]|并|后|说|时?指出|时?强调|时?要求|$)"
_BARE = (
    r"(?:(?<=[并也还])|(?<=分别|先后|最后|首先|随后|接着|相继|率先|带头|依次|轮流|一同|上台|登台|委托|大家|应邀|受邀|现场|到场|亲自|代表|[会式班动坛议]上|到会|莅会|前来|出席|会议|大会|活动|仪式))"
    rf"{_WORD}"
)
# What is done before one speaks belongs to the words that are shown: 出席会议并讲话, 主持会议并作总结.
_DOES = r"(?:到会|莅会|莅临|亲临|出席|主持|参加|列席|率队|会见|看望|调研|召开)[^，。；：！？]{0,40}?"
_SAYS = r"(?:强调|指出|要求|表示|总结|部署|提出|宣讲)"
_MEETING = r"(?:[会议式班坛]|活动)"
# What is said follows behind a comma or a colon.
_THEN = r"(?=[，：:]|要(?!求)|$)"
_FORMS = (
    rf"{_DOES}，?并(?:分别|重点)?(?:{_GIVES}|{_BARE}|强调|提出|总结)|(?:到会|出席|主持|参加)[^，。；：！？]{{0,30}}?，?并(?:分别|重点)?{_IN_WORDS}了|(?:到会|出席|参加)(?:会议|活动|仪式)?(?:{_GIVES}|{_BARE})"
    rf"|{_GIVES}|{_BARE}"
    r"|(?:到会|亲?莅[会临]?|亲临)[^，。；：！？]{0,16}?(?:作|做)(?:了|出)?[^，。；：]{0,6}指示"
    r"|向(?:大会|会议|全会|与会[^，。；]{1,6})(?:报告|介绍|通报|说明)(?:了)?(?![会书的])"
    r"|(?:[对就为]|围绕|针对)(?:“[^“”]{2,60}”|[^，。；：！？“”]){1,40}?(?:讲解|解读|点评|授课|宣讲|讲授|建言|献策|献计)(?=[，。；献]|$)|(?:讲了|发了|致了|表了)(?:话|言|[辞词]|态)"
    r"|主持(?:召开)?(?:了)?(?:[^，。；：、]{0,40}?(?:会议?|学习|仪式|论坛|活动|班|式))?(?=[，。；、]|$)"
    r"|以(?:《[^》]{1,60}》|[^，。；]{2,40})为题[^，。；]{0,6}?(?:讲|作|授|进行|分享|交流|发言)[^，。；]{0,12}?(?:课|报告|讲话|宣讲|分享|交流|发言|演讲|(?=[，。；]|$))"
    r"|宣读(?:了)?[^，。；]{2,40}|传达(?:了)?[^，。；]{2,40}(?:精神|批示)|通报(?:了)?[^，。；]{2,40}情况"
    # 代表主办单位讲话, 代表局党组作表态
    r"|(?<![会位名])代表[^，。；：！？]{2,30}?表态(?=[，。：])"
    rf"|(?<![会位名])代表[^，。；：！？的]{{2,30}}?(?:{_WORD}|(?:作|做|进行)(?:了)?[^，。；]{{0,8}}?表态|表态|报告工作)"
    r"|(?<!书面)答(?:中外|媒体)?记者问(?=[，。；、]|$)|接受[^，。；]{0,16}采访|(?<![会位名])代表[^，。；：！？]{2,30}?，?[向对][^，。；]{2,30}?(?:致以|表示)[^，。；]{0,8}(?:问候|祝贺|感谢|慰问|敬意|欢迎|祝福)"
    rf"|时(?:强调|指出|要求){_THEN}|在(?:小结|总结|点评|讲话|发言)时(?:强调|指出|要求|表示|说)"
    r"|并(?:强调|提出|总结|要求|指出)|(?:告诉|对|向)[^，。；、]{0,6}记者(?:说|介绍|表示)?(?=[，：])"
    rf"|[在于](?:[^，。；、的]{{0,24}}?{_MEETING}上|[^，。；、的]{{0,4}}?(?:讲话|致辞|发言|总结|报告)[中时])[^，。；：]{{0,8}}?"
    rf"(?:{_SAYS}|肯定|介绍|回顾|说|认为|建议|反馈|{_WORD})"
    r"|[在于][^，。；、的]{0,4}?(?:讲话|致辞|发言|工作报告|总结报告)[中时](?!的)"
)
# What stands between a person and the verb: words of the same clause, or a clause that goes on with 并 or 就; no other
# person (who then is the subject), nobody's words that are listened to or acted on.
_NOT_BETWEEN = (
    rf"听取|批示|贺信|贺电|致信|来信|按照|根据|收看|观看|收听|邀请|要求(?![作做讲上进])|多次|曾|将|(?!代表){POST}"
)
_JOINTS = r"，(?=并|则|就|分别|先后|依次|围绕|为(?!了))|(?<=委托)，|(?<=为题)，"
_BETWEEN = rf"(?:(?!{_NOT_BETWEEN})(?:[^。；：！？，\n]|{_JOINTS})){{0,90}}?"
SPOKE = re.compile(rf"{_BETWEEN}(?P<role>{_FORMS})")
# The same where nothing stands between: 某某讲话。
SPEAKS = re.compile(rf"(?P<role>{_FORMS}|{_WORD})")
# At a meeting who is told to have said something spoke: 某某强调，…
# 表态称, 笑着说, 深情地说: an adverb or a verb of two before 称 or 说
_TOLD = r"(?:表示|介绍|认为|希望|建议|提出|呼吁|补充(?=，)|(?:[\u4e00-\u9fff]{2,4}地|[\u4e00-\u9fff]{2,3}?)?[说称])"
_GREETS = r"[向对][^，。；]{2,60}?(?:致以|表示|表达了?|送上|送去)[^，。；]{0,12}(?:问候|祝贺|感谢|慰问|敬意|欢迎|祝福)"
_WHEN = (
    r"[则就]|进一步|反复|着重|一再|再三|还|也|又|再次?|最后|首先|同时|[上中后地]|就[^，。；]{2,40}|对[^，。；]{2,40}"
)
# A word for speaking shows itself by a character that hardly has another use: 评议, 诠释, 答疑, 讲评, 论述, 倡议.
# Not what several do together (讨论, 座谈), nor what is done in writing or by votes (评选, 评估, 论证).
_WORDY = (
    r"(?:(?:[讲阐诠论概叙陈综详简]述|[讲阐诠解]释|[讲宣解导领]读|[讲解剖评]析|[讲点述短]评|评议|[讲宣]授|宣导|[解回应]答|答[疑复]|劝[勉导]|勉励"
    r"|[倡提]议|[讲解]说|[讲授]课|释疑|[祝恭]贺|深究|归纳|答辩|推介|提[示醒])(?!了?[会书稿员者题机栏师室处科]))"
)
_ACT = (
    rf"(?<![会议组队班团动馆]){_IN_WORDS}(?:了|道)(?!解)|向[^，。；：、]{{1,14}}[组团]{_IN_WORDS}了|(?:作(?![品用为风])|做(?!法)|进行)(?:出|了)?{_KIND}(?:{_WORDY}|安排|布置|介绍|回应|回顾|阐述|分析|强调)(?!的)"
    rf"|(?<![会议组队班团动馆织]){_WORDY}了"
    # 寄语大家：…
    r"|(?:寄语|勉励|叮嘱|嘱咐|提醒|告诫|劝)[^，。；：]{1,10}(?=[：:])"
    r"|给予(?:了)?[^，。；]{0,10}(?:肯定|评价|赞扬|好评)|强调[一二两三四五六七八九十几\d]+[点个]"
)
_SOUNDS = r"(?:说|(?<=[说笑问答叹喊讲感])道|道(?=[，：]“)|表示|坦言|感慨|感叹|谈到|讲到|提到|直言)(?=[，：])"
SAYS = re.compile(
    rf"(?:[^。；：！？，\n]{{0,40}}?(?:{_WHEN}))?(?P<role>(?:强调|指出|要求){_THEN}|强调了|{_TOLD}(?=[，：])|表示(?=将|会(?![谈见议场])|要(?!求)|愿|一定)|{_GREETS})"
)
# How something is said, in a word of two: 深入|剖析, 认真|讲解; no verb of those who listen, look or take part
_HOW = (
    rf"(?:(?!{POST}|听取|收听|观看|查看|参观|了解|学习|组织|参[加与]|出席|邀请|负责|陪同|带[队领]|要求|没有|[会座]议?)"
    r"[\u4e00-\u9fff]{2}地?)"
)
# 局长某某安排部署食堂工作: in any clause of a meeting, behind a post and a name
_DOES_SO = (
    rf"(?:安排|动员|研究)?{_IN_WORDS}(?![话座究判会稿词的]|材料|[^，。；：]{{0,4}}精神)(?=[^，。；：！？\n]{{2}})"
)
DOES = re.compile(
    rf"(?:向[^，。；：、！？]{{2,30}}?)?(?:[还也又则就]|分别|先后|反复|再三|一再|再次|着重|重点|特别|详细|亲切|温馨|一一|逐一|当场|现场|接着|随后|首先|率先){{0,2}}{_HOW}?(?P<role>{_DOES_SO}|{_WORDY}(?=了)|(?<=一一|逐一|当场|现场)(?:回应|答复|作答|解答|答疑))"
)
# The same said less plainly, at a meeting by who is the subject of the clause: 某某从三个方面讲解了政策, 某某介绍经验,
# 某某深有感触地说：“…”, 某某对下一步工作进行了安排: 一是….
ACTS = re.compile(
    rf"{DOES.pattern}|{_BETWEEN}(?P<act>{_ACT}|{_SOUNDS}|[^。；：！？，\n“”]{{1,12}}(?=：“)|[^。；：！？，\n“”]{{2,20}}(?=：一[是要、]))"
)
# “饭菜要热。”县长某某说。: behind what is said the verb needs nothing after it
QUOTED = re.compile(
    r"[^，。；：！？“”\n]{0,20}?(?:(?P<role>说|道|表示|介绍|指出|强调|感慨|感叹)(?=[，。：]|$)|(?P<act>道出了?))"
)
# 某某要求大家…: the subject of a clause, with whom it is asked of
ASKS = re.compile(r"(?:则|还|也|并|同时|最后)?(?P<role>要求|建议|希望|呼吁|指出|强调)(?!的|和|、|书|稿)")
# 某某当选会长，并作…: the post is the same person's
_BECOMES = r"(?:当选|担任|兼任|出任|选为|聘为)[^，。；：！？\n]{1,40}(?=[，。])"
# What stands between as a whole: where it does its characters do not as well, or the ways to read n of them are 2^n.
_GOES_WITH = rf"代表|{_BECOMES}"
# 某某对来宾表示感谢，他指出，…: who opens the sentence is meant, or who opened the one before; 。并表示，… has no other
HE_SAYS = re.compile(
    rf"(?:{_GOES_WITH}|(?!{_GOES_WITH}|{POST})[^。！？\n]){{1,160}}(?:(?:，|。)(?:[就对针围谈][^，。；：！？\n]{{2,40}}，)?[他她](?:还|又|也|在[^，。；]{{2,8}}[中时上]|[\u4e00-\u9fff]{{2,3}}地)?|。(?:(?:并|同时|最后)还?)?)(?P<role>(?:强调|指出|要求|表示|希望|认为|[说讲]|介绍|坦言)(?=[，：:]|要(?!求)))"
)
# 某某看了食堂，指出饭菜要热，强调…: a later clause without a subject is told of who opens the sentence
GOES_ON = re.compile(
    rf"(?P<between>(?:“[^“”]{{1,30}}”|《[^《》]{{1,60}}》|{_GOES_WITH}"
    rf"|(?!“[^“”]{{1,30}}”|《[^《》]{{1,60}}》|{_GOES_WITH}|{POST}|批示|贺信|贺电|致信|来信|多次|高度重视)[^。；！？\n]){{0,100}}?，)"
    rf"(?:并|还|同时|最后|随后|接着|(?:重点|着重|详细|深入|系统|全面)(?={_IN_WORDS}了))?"
    rf"(?:重点|着重|主要)?(?P<about>[就对向从以用围结为](?:“[^“”]{{2,160}}”|(?!“[^“”]{{2,160}}”|{_NOT_BETWEEN})[^。；：！？，\n]){{2,40}}?)?"
    rf"(?P<role>(?:强调|指出|要求)(?!的|和|、|是)|(?P<gives>{_GIVES})|{_ACT}|{_DOES_SO}|{_SOUNDS}|{_GREETS})"
)
# Who is studied, passed on, shown or quoted does not speak here: the verb stands before the person.
_OF_ANOTHER = re.compile(
    r"(?:学习(?!教育|中心组|领导小组|办|型|[班会日]|小组|活动|研讨)|传达|宣读|转达|听取|按照|根据|遵照|观看|收看|收听|播放|转播|聆听|贯彻|落实|领会|重温|研读|引用|转发|原文)(?:了|贯彻|学习|领会|落实)*[^，。；：！？]{0,60}$"
)


# 大家听取了由某某、某某主讲的讲座: who is listened to here
_HEARD = re.compile(r"(?:听取|聆听|听)了?[^，。；：]{0,8}由[^，。；：]*$")
_LECTURED = re.compile(r"(?P<role>主讲)的(?=[“《]|[^，。；]{0,12}(?:讲座|课|报告))")


def lectured(text: str, start: int, at: int, end: int) -> re.Match[str] | None:
    """Who lectured to those of whom text[start:at] says that they listened; `end` is behind the person at `at`."""
    found = _LECTURED.match(text, end)
    return found if found and _HEARD.search(text, start, at) else None


def of_another(text: str, start: int) -> bool:
    """Whether what stands before a person in its clause makes the words after it another meeting's."""
    return _OF_ANOTHER.search(text, max(0, start - 70), start) is not None
