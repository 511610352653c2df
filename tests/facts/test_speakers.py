"""Who spoke, by how the clause is built: names beside posts, a verb of speaking, and what makes it another's speech."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from indexer.articles.names import is_called
from tests.facts.test_metadata import facts


def spoke(clause: str) -> list[tuple[str, str | None]]:
    found = facts(f"座谈会召开\n3月5日，老年助餐座谈会召开。{clause}").speakers
    return [(one.name, one.post) for one in found]


@pytest.mark.parametrize(
    ("clause", "speakers"),
    [
        ("副市长卓一帆在会上致辞。", [("卓一帆", "副市长")]),
        ("局长卓一帆在讲话中指出，饭菜要热。", [("卓一帆", "局长")]),
        ("局长卓一帆就助餐点建设向大会作了报告。", [("卓一帆", "局长")]),
        ("卓一帆副市长出席座谈会并讲话，彭远局长作工作报告。", [("卓一帆", "副市长"), ("彭远", "局长")]),
        (
            "副市长卓一帆，市民政局党组书记、局长彭远出席座谈会并讲话。",
            [("卓一帆", "副市长"), ("彭远", "市民政局党组书记、局长")],
        ),
        ("副市长卓一帆和市民政局局长彭远分别讲话。", [("卓一帆", "副市长"), ("彭远", "市民政局局长")]),
        ("座谈会由副局长彭远主持。", [("彭远", "副局长")]),
        ("副市长卓一帆会见与会代表并讲话。", [("卓一帆", "副市长")]),
        ("市政协主席格桑次仁出席座谈会并讲话。", [("格桑次仁", "市政协主席")]),
        ("自治区副主席阿迪力·吾守尔先后致辞。", [("阿迪力·吾守尔", "自治区副主席")]),
        ("副局长撖立业代为讲话。", [("撖立业", "副局长")]),
        ("企业代表卓一帆、村民代表章明先后发言。", [("卓一帆", "企业代表"), ("章明", "村民代表")]),
        ("省委党史学习教育指导组组长卓一帆到会讲话。", [("卓一帆", "省委党史学习教育指导组组长")]),
        # 向 is a preposition, too; between a post and a joint it begins a name, and the post is not the next one's
        ("区委书记向平、副区长卓一帆作了发言。", [("向平", "区委书记"), ("卓一帆", "副区长")]),
        ("区委书记也青、副区长卓一帆作了发言。", [("卓一帆", "副区长")]),
        ("镇主任科员、副所长卓一帆作了发言。", [("卓一帆", "镇主任科员、副所长")]),
        ("副局长靖海涛出席并讲话。", [("靖海涛", "副局长")]),  # 靖海 is a word, 靖 a surname
        # 长上 is a word, and 上官 a surname; 向 stands before no other preposition
        ("新任会长上官丽在履职发言中承诺，开办食堂。", [("上官丽", "新任会长")]),
        ("中心主任章明向围绕食堂进行了讲解。", [("章明向", "中心主任")]),
        ("中心主任章明向大家进行了讲解。", [("章明", "中心主任")]),
        ("村党总支书记章明作表态发言。", [("章明", "村党总支书记")]),  # 支书 is in 总支书记, and is another post
        ("村党总支书记章万有先开腔：“饭要热。”", []),
        ("村支书章明作表态发言。", [("章明", "村支书")]),
        ("副教授章明围绕“怎么立、怎么管”授课。", [("章明", "副教授")]),
        ("科长章明对备案程序作了提示。", [("章明", "科长")]),
        ("书记章明说：“饭热。老人满意。”村支部书记彭远接着介绍了做法。", [("章明", "书记"), ("彭远", "村支部书记")]),
        ("居民区党总支书记章明作表态发言。", [("章明", "居民区党总支书记")]),
        ("局长章明主持会议并领学，彭远参加。", [("章明", "局长")]),
        ("局长章明在小结时要求全体干部，把食堂办好。", [("章明", "局长")]),
        ("会长章明代表志愿者向社会发出倡议。", [("章明", "会长")]),
        ("大队长章明围绕“怎么查、怎么改”作了一堂安全课。", [("章明", "大队长")]),
        ("会议听取了局长章明关于食堂工作的汇报。", []),  # who is listened to
        # what somebody does stands for a post
        ("云溪镇普查员章明提到，食堂不够。", [("章明", "云溪镇普查员")]),
        ("获奖代表、社区社工章明作了典型发言。", [("章明", "获奖代表、社区社工")]),
        ("项目专家欧阳予在会上反馈意见时认为，做法有用。", [("欧阳予", "项目专家")]),
        ("工作人员章明提到，食堂不够。", []),
        ("本报讯（记者白露 通讯员章明）县里部署食堂工作。", []),
        # 代表 is what the body does
        ("会长章明代表上一届残联作工作报告。", [("章明", "会长")]),
        ("无党派人士代表朴世龙作了发言。", [("朴世龙", "无党派人士代表")]),
        # a name that is a word is not known for one, and no longer by what follows
        ("食堂会长万里站起来介绍了账目。", []),
        ("局长章明推介了食堂。监事长彭远报告了账目。", [("章明", "局长"), ("彭远", "监事长")]),
        ("副书记章明作了归纳：饭要热。", [("章明", "副书记")]),
        ("部长章明寄语大家：多走一走。", [("章明", "部长")]),
        ("宣传委员章明从三个方面交流了做法。", [("章明", "宣传委员")]),
        ("副局长章明一一回应，承诺月底办好。", [("章明", "副局长")]),
        ("主任章明以《把饭做热》为题作经验分享。", [("章明", "主任")]),
        # where a name ends: the word behind it begins there
        ("局长章明对热线作了介绍并提出三点要求。", [("章明", "局长")]),
        ("局长彭远胜出席座谈会并讲话。", [("彭远胜", "局长")]),
        # a preposition with its noun behind is no end of a name, but 用 and 为 may be
        ("副局长卓一帆用身边的事阐述了食堂的意义。", [("卓一帆", "副局长")]),
        ("副局长彭远用生动的事例阐述了食堂的意义。", [("彭远", "副局长")]),
        ("副局长彭大用出席座谈会并讲话。", [("彭大用", "副局长")]),
        ("副局长章有为、股长彭远作了发言。", [("章有为", "副局长"), ("彭远", "股长")]),
        ("副局长章有为为大家作了辅导。", [("章有为", "副局长")]),
        # the number of an item is none of the post
        ("一、局长卓一帆讲话；二、副局长彭远发言。", [("卓一帆", "局长"), ("彭远", "副局长")]),
        # an organ known by its last character, 残协, stands before name and post
        ("会上，县残协杨莲娣会长代表协会作了报告。", [("杨莲娣", "会长")]),
        # what is said may follow 表示 without a comma where it is of what is to come
        ("局长卓一帆也表示会把食堂办好。", [("卓一帆", "局长")]),
        ("局长卓一帆表示会见了来宾。", []),
        ("副主任卓一帆同志原文传达了书记彭远对食堂的批示。", [("卓一帆", "副主任")]),
        # others without a name between a person and the verb; experts before them are none of a post
        ("副市长卓一帆及县民政局、有关社区负责人先后向检查组汇报了助餐工作。", [("卓一帆", "副市长")]),
        (
            "范立新、章明远等专家学者以及商会代表彭远、石磊分别围绕助餐作了演讲。",
            [("彭远", "商会代表"), ("石磊", "商会代表")],
        ),
        # a semicolon inside what is quoted ends no sentence
        (
            "局长卓一帆结合实际，重点从“菜要热，饭要软；价要低，碗要净”等四个方面做了交流发言。",
            [("卓一帆", "局长")],
        ),
        ("座谈会由乡长提名人选卓一帆主持。", [("卓一帆", "乡长提名人选")]),
        ("到会的副市长卓一帆说，饭菜要热。", [("卓一帆", "副市长")]),
        # a place in a row of persons is none of them, an organ before a post is nobody
        ("局长卓一帆、宁海县妇联主席白露到会。宁海县政府副县长在讲话中说，饭菜要热。", []),
        ("云工院讲师为学员上了第一堂课。", []),
        # a surname and a given name with an unknown word behind are no name without a surname
        ("残联主席马吉德·拉什德先后致辞。", [("马吉德·拉什德", "残联主席")]),
        ("副书记李一凡领学2021年会议精神，并回顾了主线，他表示，饭菜要热。", []),
        ("县长卓一帆主持召开县政府党组扩大会议和县十六届第九次政府常务会议。", [("卓一帆", "县长")]),
        # in a list a word for people is a post; a title behind a surname is no given name
        (
            "副局长卓一帆、云溪镇优秀共青团员章明、云溪社区主任彭远作为代表进行了发言。",
            [("卓一帆", "副局长"), ("章明", "云溪镇优秀共青团员"), ("彭远", "云溪社区主任")],
        ),
        ("最后，云溪医院呼吸科齐博士就《睡眠》为大家作了讲座。", []),
        # to exchange what was learnt, to add to it, to expect something are words; to sit together and talk is none
        (
            "云溪县民政局局长卓一帆、南江区民政局局长彭远作了经验交流，派出所所长章明同志做补充。",
            [("卓一帆", "云溪县民政局局长"), ("彭远", "南江区民政局局长"), ("章明", "派出所所长")],
        ),
        ("局长卓一帆对学员提出了殷切期望。", [("卓一帆", "局长")]),
        ("局长卓一帆对助餐工作进行座谈交流。", []),
        ("第一项议程是局长卓一帆讲话。", [("卓一帆", "局长")]),
        # who opens the sentence before is meant where the next begins with the verb
        ("卓一帆局长对食堂工作表示肯定。指出，饭菜要热。", [("卓一帆", "局长")]),
        # a name of two behind an organ, where its post is followed by a verb of speaking
        ("县民政局马晴主任解读了政策。", [("马晴", "主任")]),
        ("县民政局马晴主任看了食堂。", []),
        ("副检察长卓一帆及区民政局负责人汇报了助餐工作。", [("卓一帆", "副检察长")]),
        # who answers journalists
        ("局长卓一帆，副局长彭远出席座谈会，并答记者问。", [("卓一帆", "局长"), ("彭远", "副局长")]),
        ("局长卓一帆阅看了书面答记者问。", []),
        # a sentence without a subject goes on with who opened the one before
        ("局长卓一帆看望了老人。并表示，饭菜会更热。", [("卓一帆", "局长")]),
        ("座谈会听取了意见。并要求，饭菜要热。", []),
        ("副局长彭远关于助餐点作了发言。", [("彭远", "副局长")]),
        ("盟民政局局长孟克吉日格勒出席并讲话。", [("孟克吉日格勒", "盟民政局局长")]),
        ("州民政局局长阿米尔汗作总结。", [("阿米尔汗", "州民政局局长")]),
        ("副市长（挂职）卓一帆到会讲话。", [("卓一帆", "副市长（挂职）")]),
        # what is the same wherever the text has the name is the name
        ("副州长艾沙江·买合明主持座谈会并讲话。艾沙江·买合明强调，饭菜要热。", [("艾沙江·买合明", "副州长")]),
        ("盟长乌云巴雅来到会场并讲话。乌云巴雅在讲话中要求，饭菜要热。", [("乌云巴雅", "盟长")]),
        ("副局长吉克沙马主持。", [("吉克沙马", "副局长")]),
        # a function word that ends no name: the shorter name stands before it
        ("副会长卓虹作宣讲报告。", [("卓虹", "副会长")]),
        ("理事长卓帆将出席座谈会并讲话。", []),
        ("秘书长阿布·盖特在发言中表示，饭菜要热。", [("阿布·盖特", "秘书长")]),
        ("秘书长副发言人法尔汉·哈克在发言中表示，饭菜要热。", [("法尔汉·哈克", "秘书长副发言人")]),
        ("局长彭远受县政府委托，向大会报告食堂的账目。", [("彭远", "局长")]),
        ("会长章大同在座谈会上致辞。", [("章大同", "会长")]),
        ("会长彭远同来宾举行座谈并致辞。", [("彭远", "会长")]),
        ("村民代表章明激动地说：“饭菜热了。”", [("章明", "村民代表")]),
        # a post that goes on into a longer word is none: 书记处, 主席团, 主席国
        ("食堂党委书记处书记主持座谈会并作总结讲话。", []),
        ("主席团主席、副区长卓一帆作了发言。", [("卓一帆", "主席团主席、副区长")]),
        ("本届论坛主席国要求饭菜要热，并作了发言。", []),
        ("彭远委员代表民建云溪县委发言，田红旗委员代表民革发言。", [("彭远", "委员"), ("田红旗", "委员")]),
        ("在今天的代表通道上发言，要求饭菜要热。", []),
        ("副县长宣读市政协主席贺信并致辞。", []),
        ("局长办公会议研究了方案。随后召开的局长办公会议强调，饭菜要热。", []),
        # words of the clause between the person and the verb, whatever they are
        ("局长彭远围绕“怎样办好食堂”为干部上了一堂党课。", [("彭远", "局长")]),
        ("副市长卓一帆听完介绍后强调，饭菜要热。", [("卓一帆", "副市长")]),
        ("区委书记卓一帆深入社区食堂调研时强调，饭菜要热。", [("卓一帆", "区委书记")]),
        ("局长彭远作总结，并就明年工作进行部署。", [("彭远", "局长")]),
        ("县医院总会计师彭远就账目作了说明。", [("彭远", "县医院总会计师")]),
        ("副市长卓一帆、章明分别讲话。", [("卓一帆", "副市长"), ("章明", "副市长")]),
        # a verb of doing with a noun of speaking, whatever stands between
        ("副县长卓一帆作动员讲话，局长彭远做工作安排。", [("卓一帆", "副县长"), ("彭远", "局长")]),
        ("副县长卓一帆作了《热饭热菜 办好食堂》的报告。", [("卓一帆", "副县长")]),
        ("副县长卓一帆亲临会场指导并作指示。", [("卓一帆", "副县长")]),
        ("培训班邀请县民政局副主任科员章立新为大家进行培训。", [("章立新", "县民政局副主任科员")]),
        ("座谈会邀请县消防大队范立新教官进行消防知识讲解。", [("范立新", "教官")]),
        ("副局长章立新对《条例》逐条讲解。", [("章立新", "副局长")]),
        ("副县长卓一帆要求各单位对食堂作出安排。", [("卓一帆", "副县长")]),
        ("县长卓一帆作总结，局长彭远安排部署食堂工作。", [("卓一帆", "县长"), ("彭远", "局长")]),
        ("县长卓一帆又强调，饭菜要热。", [("卓一帆", "县长")]),
        ("县委书记刘又铖出席。刘又铖强调，饭菜要热。", [("刘又铖", "县委书记")]),
        ("副县长卓一帆就办好食堂提了三点意见。", [("卓一帆", "副县长")]),
        ("县委书记卓一帆讲话后，局长彭远代表部门发了言。", [("卓一帆", "县委书记"), ("彭远", "局长")]),
        ("县委委员彭远、石小磊围绕食堂建言献策。", [("彭远", "县委委员"), ("石小磊", "县委委员")]),
        ("彭远、高小刚、石小磊等委员建议，办好食堂。", [("彭远", None), ("高小刚", None), ("石小磊", None)]),
        ("县长卓一帆进一步强调，饭菜要热。", [("卓一帆", "县长")]),
        # behind what is said
        ("“饭菜要热。”县长卓一帆说。", [("卓一帆", "县长")]),
        ("“饭菜要热，”卓一帆县长指出，“还要香。”", [("卓一帆", "县长")]),
        # what somebody wrote is no speech
        ("县长卓一帆作出批示，要求抓好食堂。局长彭远作部署。", [("彭远", "局长")]),
        # a later clause of who opens the sentence; whom it is told to, or a list that it is about, stands between
        ("副主任彭远围绕“热饭热菜”工作法，介绍食堂的做法。", [("彭远", "副主任")]),
        ("理事长彭远向参训人员介绍食堂。", [("彭远", "理事长")]),
        ("司长彭远出席座谈会并介绍了食堂。", [("彭远", "司长")]),
        ("培训班请来副处长彭远，为大家解读《条例》。", [("彭远", "副处长")]),
        (
            "主任彭远，会办干部章明，处长石磊分别就食堂的政策进行解读。",
            [("彭远", "主任"), ("章明", "会办干部"), ("石磊", "处长")],
        ),
        (
            "座谈会请来县救助处高雪芬科长、心理咨询师石磊两位专家，围绕饭菜进行讲解。",
            [("高雪芬", "科长"), ("石磊", "心理咨询师")],
        ),
        (
            "县民政局高明武副局长、县公安局宋树欣局长、副主任夏建中等出席座谈会并讲话。",
            [("高明武", "副局长"), ("宋树欣", "局长"), ("夏建中", "副主任")],
        ),
        (
            "秘书长彭远作了《工作总结》及《收支情况》的报告，主任石磊做《食堂工作报告》。",
            [("彭远", "秘书长"), ("石磊", "主任")],
        ),
        ("最后，叶小根专职副会长充分肯定了食堂。", [("叶小根", "专职副会长")]),
        ("云溪省卓一帆副省长到会致辞。", [("卓一帆", "副省长")]),
        ("负责人李建成就食堂作了介绍。", [("李建成", "负责人")]),  # 成就 is a word, too
        ("镇党委书记向丽在座谈会上致辞。", [("向丽", "镇党委书记")]),
        ("主任彭远指出助餐要办好，局长石磊强调饭菜要热。", [("彭远", "主任"), ("石磊", "局长")]),
        ("县政府召开县长周例会，听取汇报，安排部署。", []),
        ("受县人大常委会委托，副主任卓一帆向大会报告。", [("卓一帆", "副主任")]),
        ("主席同扎帕罗夫总统会晤并致辞。", []),
        ("代表委员及专家发言。走好陆海新通道：建好食堂。", []),
        ("有关负责人和老人、职工代表发言。校长代表向总书记作了汇报。", []),
        ("主任彭远向老人们表达了节日的问候。", [("彭远", "主任")]),
        ("副局长石磊就评议工作进行了培训，主任彭远开展讲座。", [("石磊", "副局长"), ("彭远", "主任")]),
        ("“食堂是港湾。”县人大代表彭远道出了大家的心声。", [("彭远", "县人大代表")]),
        # a place before a post, or a post that a place goes on from, names nobody
        ("洪桥镇党委委员彭远到会。洪桥镇召开会议，对工作作出安排。", []),
        ("东莞市长安志愿者协会代表大会召开，回顾了工作。", []),
        ("县委组织部正科级干部白玛措毛开展培训。", [("白玛措毛", "县委组织部正科级干部")]),
        ("县民政局干部职工表示，饭菜要热。县民政局干部高度重视，作了发言。组织部干部科介绍了情况。", []),
        # an adverb before a bare verb
        ("副县长卓一帆首先讲话，局长彭远受县委委托讲话。", [("卓一帆", "副县长"), ("彭远", "局长")]),
        ("彭远委员则建议办好食堂，章立新委员希望饭菜热些。", [("彭远", "委员"), ("章立新", "委员")]),
        # the post of who becomes something is the same person's
        ("局长彭远当选新一届会长，并作表态发言。", [("彭远", "局长")]),
        ("副县长卓一帆当选会长。就做好食堂工作，他要求，饭菜要热。", [("卓一帆", "副县长")]),
        ("副市长卓一帆代表市政府向老人表示问候。", [("卓一帆", "副市长")]),
        ("县长卓一帆还反复叮嘱食堂的同志，饭菜要热。", [("卓一帆", "县长")]),
        # behind a name and its post stands nobody else's name
        ("市福彩中心主任卓一帆到会。卓一帆主任温馨提醒大家，饭菜要热。", [("卓一帆", "市福彩中心主任")]),
        # the words behind a post that are no name, and words that are quoted
        ("局长带队赴养老院调研并讲话。", []),
        ("书记领誓，局长亲临现场并讲话。", []),
        ("局长彭远出席，并回答记者提问。", [("彭远", "局长")]),
        ("局长彭远、副局长章明到场。彭远表示，饭菜要热。章明说，老人满意。", [("彭远", "局长"), ("章明", "副局长")]),
        ("局长彭远到场。彭远要求各街道抓紧。", [("彭远", "局长")]),
        ("局长彭远到场。彭远要求的材料已送来。", []),
        ("副州长普云飞，州人大副主任章明到场。普云飞在会上强调，饭菜要热。", [("普云飞", "副州长")]),  # 普: in no table
        ("副州长彭远代表州委、州政府对老人的支持表示感谢。", [("彭远", "副州长")]),
        ("局长彭远到场。彭远提出的办法很好。", []),
        ("局长彭远开班动员，科长章明授课。", [("章明", "科长")]),
        ("县民政局局长白音宝力高来到。白音宝力高指出，饭菜要热。", [("白音宝力高", "县民政局局长")]),
        ("按照副市长卓一帆要求，各街道排查了食堂。", []),
        ("总书记卓一帆在社区考察时强调，饭菜要热。", []),
        ("局长彭远将就助餐点提出建议。", []),
        # who only attends, or whose speech was studied, passed on or shown, did not speak here
        ("副市长卓一帆，局长彭远出席座谈会。", []),
        ("座谈会学习了市委书记卓一帆在全市民政工作会议上的讲话。", []),
        ("座谈会观看了局长彭远在全省会议上作的报告。", []),
        ("市长马上作报告，秘书长曾经主持会议。", []),
        ("三位代表先后发言。", []),
        ("各成员单位通报了有关情况。", []),
        ("市委书记高度重视并作重要讲话。", []),
        ("中国代表70国作共同发言。", []),
        # 同志 belongs to no name, and shows one where the text says that he came
        ("局长卓一帆带头领学。卓一帆同志指出，饭菜要热。", [("卓一帆", "局长")]),
        ("杨一帆同志、各村负责人参加。最后，杨一帆同志强调了助餐的意义。", [("杨一帆", None)]),
        ("最后，杨一帆同志强调了助餐的意义。", [("杨一帆", None)]),
        ("老同志、各村负责人参加。最后，老同志强调了助餐的意义。", []),
        # a name between an organ and a post; where the organ's name or a task stands there it is none
        ("县民政局杨一帆副局长作了讲话。", [("杨一帆", "副局长")]),
        ("县民政局撖立业副局长作了讲话。", []),  # 立业 is a word, 撖 a rare surname
        ("县民政局安置科科长作了讲话。", []),
        ("县民政局计划财务科科长作了讲话。", []),
        # who is meant by 他; who shares a post, and speaks later
        ("局长杨一帆对来宾表示感谢，他指出，饭菜要热。", [("杨一帆", "局长")]),
        ("副市长杨一帆视察食堂。他强调，饭菜要热。", [("杨一帆", "副市长")]),
        ("副市长杨一帆视察食堂，局长介绍了经验，他强调，饭菜要热。", []),
        ("二级巡视员卓一帆、章明参加。章明强调，饭菜要热。", [("章明", "二级巡视员")]),
        # a later clause without a subject is told of who opens the sentence
        ("会上，副市长杨一帆询问了菜价，指出饭菜要热，强调价钱要公道。", [("杨一帆", "副市长")]),
        ("副市长杨一帆询问了菜价，局长汇报了情况，指出饭菜要热。", []),
        ("副市长杨一帆、局长章明到会。杨一帆询问了菜价，章明在场，指出饭菜要热。", []),
        # a name whose post stands behind it; good wishes; who begins as a preposition does
        ("章明副局长受局长委托来到会场。章明指出，饭菜要热。", [("章明", "副局长")]),
        ("随后镇党委委员杨一帆向老人致以亲切的问候。", [("杨一帆", "镇党委委员")]),
        ("市长于永生等出席。于永生在会上指出，饭菜要热。", [("于永生", "市长")]),
        (
            "仪式结束后，教授章明以《学习习近平总书记讲话——谈助餐》为题，联系实际，作了报告。",
            [("章明", "教授")],
        ),
        # who asks something of others opens a clause
        ("县民政局召开会议，局长章明要求各乡镇把饭菜做热。", [("章明", "局长")]),
        ("教授章明围绕《助餐条例》《食堂条例》作“从严、从实”专题辅导报告。", [("章明", "教授")]),
        # a name is not followed by a quotation
        ("局长章明用“热、快、好”三个字概括工作，指出饭菜要热。", [("章明", "局长")]),
        # what is done in words, with its aspect or object; not what is done without any
        ("局长卓一帆从三个方面讲解了政策。", [("卓一帆", "局长")]),
        ("局长卓一帆对下一步工作进行了安排。", [("卓一帆", "局长")]),
        ("局长卓一帆介绍助餐点的做法。", [("卓一帆", "局长")]),
        ("局长卓一帆强调三点：饭菜要热。", [("卓一帆", "局长")]),
        ("厨师长对饭菜满意。局长卓一帆深有感触地说：“饭菜热了。”", [("卓一帆", "局长")]),
        ("局长卓一帆结合实际，从四个方面提出要求。", [("卓一帆", "局长")]),
        ("局长卓一帆检查了食堂，查看了账目。", []),
        # for whom one speaks stands between
        ("局长卓一帆代表主办单位讲话。", [("卓一帆", "局长")]),
        ("镇党委委员卓一帆代表我镇在会议上发言，介绍经验。", [("卓一帆", "镇党委委员")]),
        ("支部委员章明为大家上了一堂题为《热饭》的党课。", [("章明", "支部委员")]),
        ("支部委员章有为出席。章有为讲了党课。", [("章有为", "支部委员")]),
        ("座谈会首先由镇长章明对食堂作介绍，同时对政策进行讲解。", [("章明", "镇长")]),
        ("副市长章明一行听取汇报，并提出三点要求。", [("章明", "副市长")]),
        # behind a place, too, a name may stand before its post; the name of a place is none
        ("云溪县杨一帆县长通报了情况。", [("杨一帆", "县长")]),
        ("云溪县高新区主任介绍了情况，李家庄代表、黄石代表发言。", []),
        # a surname and a post mean who has both, where one alone has
        ("市长章明到场。章市长指出，饭菜要热。", [("章明", "市长")]),
        ("副市长章明到场。章副市长在会上强调，饭菜要热。", [("章明", "副市长")]),
        ("市长章明、副市长章立到场。章市长指出，饭菜要热。", []),
        ("局长章明到场。章局长表示，将把饭菜做热。", []),
        # where what stands behind a post is a verb or a preposition, or 代表 is what the person does
        ("副县长杨出席并讲话。", []),
        ("县长章明到会。章县长对全县助餐给予肯定，并提出要求。", [("章明", "县长")]),
        ("区委书记杨一帆到会。杨一帆代表区四套班子致以问候。他指出，饭菜要热。", [("杨一帆", "区委书记")]),
        # a second post behind the name; words that go on behind a comma
        ("会长杨一帆研究员就助餐进行了介绍和解读。", [("杨一帆", "会长")]),
        ("会长杨一帆及各家负责同志，分别就助餐作了发言。", [("杨一帆", "会长")]),
        ("局长杨一帆首先表达了谢意，随后看了短片，最后对老人致以节日的问候。", [("杨一帆", "局长")]),
        # a surname that no table has, where the text has the name say something
        ("区委书记杲云、局长彭远分别讲话。杲云强调，饭菜要热。", [("杲云", "区委书记"), ("彭远", "局长")]),
        ("教授杨一帆主讲“怎样做饭”，科长彭远胜为大家解读政策。", [("杨一帆", "教授"), ("彭远胜", "科长")]),
        ("座谈会邀请教授章明前来授课。", [("章明", "教授")]),
        # verbs that show by a character that they are of speaking, with how it is said, and who is invited to speak
        ("局长杨一帆对各食堂进行评议，科长彭远胜诠释了政策。", [("杨一帆", "局长"), ("彭远胜", "科长")]),
        ("局长杨一帆深入剖析饭菜问题。", [("杨一帆", "局长")]),
        ("局长杨一帆表态称，饭菜要热。", [("杨一帆", "局长")]),
        ("座谈会邀请了教授章明，解读助餐政策。", [("章明", "教授")]),
        ("局长杨一帆安排专家讲解政策，组织评议了食堂，陪同专家介绍情况。", []),
        # in a list with a post in it who stands behind a word for what they are speaks, too; an organ does not
        (
            "射击冠军彭仁珍、局长杨一帆、云溪小学教师许静等5名代表用朴实的语言讲述了故事。",
            [("彭仁珍", "射击冠军"), ("杨一帆", "局长"), ("许静", None)],
        ),
        ("云溪大楼前顾问、教授章明在会上发言。", [("章明", "云溪大楼前顾问、教授")]),
        ("副局长杨一帆、社区高质量、县直单位、高山村等10个单位汇报了情况。", [("杨一帆", "副局长")]),
        # 学习班 is where one speaks; who lectured to those who listened spoke, of whom a lecture is only told did not
        ("学习班由副部长杨一帆主持。", [("杨一帆", "副部长")]),
        (
            "大家听取了由县党校彭远胜副教授、云溪学院胡明教授、局长范立新主讲的“怎样做饭”等讲座。",
            [("彭远胜", "副教授"), ("胡明", "教授"), ("范立新", "局长")],
        ),
        ("大家听取了局长杨一帆主讲的讲座。局长杨一帆主讲的课程很受欢迎。", []),
        (
            "在交流会上，县民政局副局长杨一帆、副局长彭远分别介绍了助餐工作。",
            [("杨一帆", "县民政局副局长"), ("彭远", "副局长")],
        ),
        # behind an organ the clause begins with the organ
        ("云溪大学社工系范立新教授向学员介绍了做法。", [("范立新", "教授")]),
        ("培训伊始，市老年协会范立新教授带大家看了短片，介绍了做法。", [("范立新", "教授")]),
        # a surname and a post are no name, however often they say something; 的 ends a name with a dot
        ("章院长表示，饭菜要热。章院长表示，汤要热。", []),
        ("主席阿买·买合木的一封信中，要求饭菜要热。", []),
        # 长期 is a word, so 民政部长 is no post
        ("章明对民政部长期以来的支持表示感谢。他说，饭菜要热。", []),
    ],
)
def test_a_speaking_clause_tells_who_spoke(clause: str, speakers: list[tuple[str, str | None]]) -> None:
    assert spoke(clause) == speakers


def test_a_name_that_begins_like_a_phrase_is_one_where_it_says_something_again() -> None:
    found = facts("座谈会召开\n3月5日，县老年助餐座谈会召开，副县长向大群出席。\n向大群强调，饭菜要热。").speakers
    assert [one.name for one in found] == ["向大群"]


@pytest.mark.parametrize(
    ("again", "name"),
    [
        ("卓尚志要求，饭菜要热。", "卓尚志"),  # 志在 is a word, but here 志 is the name's wherever the name stands
        ("卓尚要求，饭菜要热。", "卓尚"),
    ],
)
def test_a_name_keeps_the_character_that_it_has_everywhere(again: str, name: str) -> None:
    found = facts(f"座谈会召开\n3月5日，座谈会召开。局长卓尚志在会上作了讲话。\n{again}").speakers
    assert [one.name for one in found] == [name]


def test_a_name_alone_speaks_where_the_text_gives_its_post_elsewhere() -> None:
    found = facts("座谈会召开\n3月5日，县民政局局长卓一帆出席座谈会。\n卓一帆在讲话中强调，饭菜要热。").speakers
    assert [(one.name, one.post, one.role) for one in found] == [("卓一帆", "县民政局局长", "在讲话中强调")]


def test_a_name_without_a_post_speaks_where_it_says_something_again() -> None:
    found = facts("座谈会召开\n3月5日，座谈会召开。\n杨一帆出席座谈会并讲话。\n杨一帆指出，饭菜要热。").speakers
    assert [(one.name, one.post) for one in found] == [("杨一帆", None)]


def test_a_visit_that_ended_in_a_meeting_is_one_from_there_on() -> None:
    visit = "看望老人\n3月5日，副市长卓一帆来到云溪镇。镇长彭远介绍了食堂。"
    assert facts(visit).speakers == ()
    found = facts(f"{visit}随后召开老年助餐工作座谈会。镇长彭远分享了经验。").speakers
    assert [(one.name, one.post) for one in found] == [("彭远", "镇长")]
    held = facts(f"{visit}随后，助餐工作座谈会在该镇召开。镇长彭远分享了经验。").speakers
    assert [(one.name, one.post) for one in held] == [("彭远", "镇长")]
    talked = facts("到厅里\n3月5日，镇长彭远到省民政厅座谈交流。彭远指出，饭菜要热。").speakers
    assert [(one.name, one.post) for one in talked] == [("彭远", "镇长")]
    assert facts("到云溪\n3月5日，镇长彭远到云溪看望老人座谈交流。彭远指出，饭菜要热。").speakers == ()
    chaired = facts("看望老人\n3月5日，副市长卓一帆来到云溪镇。会议由镇长彭远主持。\n卓一帆指出，饭菜要热。").speakers
    assert [(one.name, one.post) for one in chaired] == [("彭远", "镇长"), ("卓一帆", "副市长")]
    party = facts("食堂开业\n3月5日，副市长卓一帆等出席开业庆典。卓一帆指出，饭菜要热。").speakers
    assert [(one.name, one.post) for one in party] == [("卓一帆", "副市长")]


def test_who_takes_turns_in_a_transcript_speaks_and_nobody_is_quotable_for_all() -> None:
    text = (
        "云溪市助餐发布会实录\n主持人（市政府新闻办主任 杨一帆）：\n大家好。今天请市民政局局长彭远先生答问。\n"
        "记者：饭菜多少钱？\n彭远：十元。\n记者：谁来做？\n彭远：我们请了厨师。"
    )
    found = facts(text)
    speakers = [(one.name, one.post) for one in found.speakers]
    assert (speakers, found.quotable) == ([("杨一帆", "市政府新闻办主任"), ("彭远", "市民政局局长")], False)


def test_a_verb_straight_behind_the_post_leaves_no_room_for_a_name() -> None:
    assert spoke("杨宏志局长做重要讲话。") == [("杨宏志", "局长")]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("林同", True),
        ("高志", True),
        ("陈局", True),
        ("李和平", True),
        ("公安局", False),
        ("于会上", False),
        ("应邀出席", False),
    ],
)
def test_evidence_for_and_against_a_name_after_a_post(word: str, name: bool) -> None:
    assert is_called(word, posted=True) is name


def test_the_time_for_a_paragraph_of_posts_grows_with_its_length() -> None:
    def seconds(times: int) -> float:
        text = "座谈会召开\n3月5日，座谈会召开，" + "、副市长卓一帆和局长彭远" * times + "分别讲话。"
        return cpu_seconds(lambda: facts(text))

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 0.2


@pytest.mark.parametrize(
    "end", ["县长是局长卓一帆", "局长卓一", "局长李", "会上，杨一帆、彭远", "局长阿·买", "局长买合木提"]
)
def test_a_text_may_end_in_a_name(end: str) -> None:
    assert facts(f"座谈会召开\n座谈会召开，{end}").speakers == ()


def test_a_report_of_short_items_is_read_as_far_as_one_of_long_paragraphs() -> None:
    items = "\n".join(f"（{number}）查灶台。" for number in "一二三四五六七八九")
    found = facts(f"助餐推进会召开\n3月5日，助餐推进会召开。\n{items}\n局长章明在会上讲话。").speakers
    assert [one.name for one in found] == ["章明"]
    long = "\n".join("食堂要办好，饭菜要热，价钱要公道，老人要满意。" * 6 for _ in range(9))
    assert facts(f"助餐推进会召开\n3月5日，助餐推进会召开。\n{long}\n局长章明在会上讲话。").speakers == ()


@pytest.mark.parametrize("meeting", ["召开食堂“板凳会”", "举办厨师能力提升培训", "举办“把饭做热”讲座"])
def test_a_meeting_by_its_own_name_is_one(meeting: str) -> None:
    found = facts(f"街道有了新办法\n3月5日，云溪街道{meeting}，二十人参加。局长章明介绍了食堂的做法。").speakers
    assert [one.name for one in found] == ["章明"]
