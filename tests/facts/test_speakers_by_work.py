"""Who spoke, by what somebody is or does before the name, in other words of speaking, at meetings by any name."""

from __future__ import annotations

import pytest

from tests.facts.test_metadata import facts
from tests.facts.test_speakers import spoke


@pytest.mark.parametrize(
    ("clause", "speakers"),
    [
        # 长上 is a word, and 上官 a surname; 向 stands before no other preposition
        ("新任会长上官丽在履职发言中承诺，开办食堂。", [("上官丽", "新任会长")]),
        ("中心主任章明向围绕食堂进行了讲解。", [("章明向", "中心主任")]),
        ("中心主任章明向大家进行了讲解。", [("章明", "中心主任")]),
        ("村党总支书记章明作表态发言。", [("章明", "村党总支书记")]),  # 支书 is in 总支书记, and is another post
        ("村党总支书记章万有先开腔：“饭要热。”", [("章万有", "村党总支书记")]),
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
        ("县委书记章明代表东道主致欢迎词。", [("章明", "县委书记")]),
        # words in the stead of a name: what may be done, what one does in turn
        ("他要求，要让护理员都会说几句方言。", []),
        ("局长章明、民政助理员王达先后发言。", [("章明", "局长"), ("王达", "民政助理员")]),
        ("登记员金玉分享了做法。", [("金玉", "登记员")]),
        ("局长章明远提了两条意见：饭要热。", [("章明远", "局长")]),
        # while doing so, with a headline, with what opens it
        ("县消防大队参谋高兴以《饭为什么不热》为题，讲解了做法。", [("高兴", "县消防大队参谋")]),
        ("云溪大学副教授方向在点评中指出，食堂不够。", [("方向", "云溪大学副教授")]),
        ("局长斯琴高娃在开班动员时讲道，食堂不够。", [("斯琴高娃", "局长")]),
        ("站长章明用一张“助餐地图”开场。", [("章明", "站长")]),
        ("院长章明带来《怎样办食堂》，并现场示范。", [("章明", "院长")]),
        ("主任章明以一份“账本”为例，讲解了做法。", [("章明", "主任")]),
        ("监督员章明结合案例，给各院院长讲了一堂“看得懂”的消防课。", [("章明", "监督员")]),
        ("监事洪亮作监事工作报告。", [("洪亮", "监事")]),
        # who it was that spoke
        ("“面子不是借的。”在会上发言的青禾村党支部书记章明话音刚落。", [("章明", "青禾村党支部书记")]),
        ("承担首日课程的是云溪大学副教授章明。", [("章明", "云溪大学副教授")]),
        # a name that is a word, where it speaks again
        ("副局长和平到会。和平在讲话中说，饭要热。", [("和平", "副局长")]),
        ("部长卫兵到会。卫兵代表县委对食堂开张表示祝贺。", [("卫兵", "部长")]),
        ("救助科科长章明、养老科科长陶丽作了研讨发言。", [("章明", "救助科科长"), ("陶丽", "养老科科长")]),
        ("家属代表朱女士深情讲述了母亲的故事。", []),
        ("二十家商会代表谈变化、提建议。", []),
        ("局长周启明通报情况。周启明通报说，饭要热。", [("周启明", "局长")]),
        ("主席杜若云、书记黄一鸣分别就食堂提出了配合措施。", [("杜若云", "主席"), ("黄一鸣", "书记")]),
        ("副局长应邀到会。应邀在讲话中说，饭要热。", []),
        # a page sets blanks around a name
        ("社区党委书记  章明 发言时算了一笔账：饭要热。", [("章明", "社区党委书记")]),
        # a name with a dot ends before the verb, though another speaks behind it
        (
            "副专员艾尼瓦尔·吐尔地出席并讲话，副秘书长杨军主持。",
            [("艾尼瓦尔·吐尔地", "副专员"), ("杨军", "副秘书长")],
        ),
        # a name that is a word is not known for one, and no longer by what follows
        ("食堂会长万里站起来介绍了账目。", []),
        ("局长章明推介了食堂。监事长彭远报告了账目。", [("章明", "局长"), ("彭远", "监事长")]),
        ("副书记章明作了归纳：饭要热。", [("章明", "副书记")]),
        ("部长章明寄语大家：多走一走。", [("章明", "部长")]),
        ("宣传委员章明从三个方面交流了做法。", [("章明", "宣传委员")]),
        ("副局长章明一一回应，承诺月底办好。", [("章明", "副局长")]),
        ("主任章明以《把饭做热》为题作经验分享。", [("章明", "主任")]),
    ],
)
def test_who_speaks_and_with_which_post(clause: str, speakers: list[tuple[str, str | None]]) -> None:
    assert spoke(clause) == speakers


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("助餐推进会召开\n3月5日，助餐推进会召开。局长李昇讲话。", "李昇"),  # a character that the rules read as 升
        ("助餐推进会召开\n3月5日，助餐推进会召开。局长庄乾坤讲话。", "庄乾坤"),
        ("助餐推進會召開\n3月5日，助餐推進會召開。局長莊乾坤講話。", "庄乾坤"),
        ("助餐推進會召開\n3月5日，助餐推進會召開。局長劉陽講話。", "刘阳"),
    ],
)
def test_a_name_has_the_characters_of_the_text_and_of_traditional_pages_simplified_ones(text: str, name: str) -> None:
    assert [one.name for one in facts(text).speakers] == [name]


def test_the_words_that_show_who_spoke_have_the_characters_of_the_text_too() -> None:
    (speaker,) = facts("助餐推进会召开\n3月5日，助餐推进会召开。局长李昇讲话。").speakers
    assert speaker.evidence == "局长李昇讲话"
