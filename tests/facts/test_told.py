"""Who opens a clause at a meeting speaks where what is told of them can only be words, whatever verb says so."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from indexer.facts.told import told
from tests.facts.test_metadata import facts
from tests.facts.test_speakers import spoke


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("局长章明坦承，食堂不够。", "坦承"),
        ("局长章明头一个发言，直奔问题。", "头一个发言"),
        ("局长章明翻开本子说，食堂不够。", "说"),
        ("局长章明接过话头，晒出了账本。", "接过话头"),
        ("局长章明则追问：钱从哪里来？", "则追问"),
        ("局长章明听后当场表态，下月开张。", "听后当场表态"),
        ("局长章明登台致贺。", "登台致贺"),
        ("局长章明结合典型案例，给大家敲警钟、划红线：谁也不许挪用。", "结合典型案例，给大家敲警钟、划红线"),
        ("“饭菜不热。”局长章明头一个发言，直奔问题。", "头一个发言"),
        ("镇长彭远参加，局长章明反映，食堂不够。", "反映"),
        ("局长章明讲的是怎样办食堂。", "讲的是怎样办食堂"),
        ("局长章明详解了补贴的办法。", "详解了补贴的办法"),
        ("“食堂的饭菜总是不热。”局长章明心直口快。", "心直口快"),
        ("局长章明第一个“开炮”：食堂的饭不热。", "第一个“开炮”"),
        ("局长章明的一番话引来掌声。", "的一番话引来掌声"),
        ("局长章明道出了办食堂的难处。", "道出了办食堂的难处"),
        ("局长章明则从“怎么算账”讲起，说饭要热。", "则从“怎么算账”讲起"),
        ("局长章明代表尚未开张的食堂表态：月底开张。", "代表尚未开张的食堂表态"),
    ],
)
def test_a_part_of_a_word_that_only_speaking_has_and_a_colon_tell_of_speech(clause: str, role: str) -> None:
    (speaker,) = facts(f"助餐推进会召开\n3月5日，助餐推进会召开。\n{clause}").speakers
    assert (speaker.name, speaker.post, speaker.role) == ("章明", "局长", role)


@pytest.mark.parametrize(
    "clause",
    [
        "局长章明为获奖者颁发证书。",
        "局长章明全程旁听。",
        "局长章明陪同专家介绍情况。",
        "局长章明询问了菜价。",
        "局长章明提出的办法很好。",
        "局长章明与青禾公司签署协议：双方合办食堂。",
        "局长章明带领志愿者演示了急救。",
        "章明主席提出办好食堂的倡议。",
        "局长章明进行座谈交流。",
        "“一老一小”局长章明很关心。",
        "局长章明创办了食堂，解决了大家反映的问题。",
        "局长章明认真学习讲话精神。",
        "局长系范立坦承，食堂不够。",  # 系 is no frequent surname, and 范 is one
    ],
)
def test_what_people_do_without_a_word_is_no_speech(clause: str) -> None:
    assert spoke(clause) == []


def test_where_nobody_met_a_clause_tells_of_no_speech() -> None:
    assert facts("食堂开张\n食堂开张了。\n局长章明坦承，食堂不够。").speakers == ()


@pytest.mark.parametrize(
    ("clause", "speakers"),
    [
        # three characters, where the words behind them are likelier: 站起来, not 全站
        ("镇长伍德全站起来说，食堂不够。", [("伍德全", "镇长")]),
        ("管理员涂老实在座谈时感慨，食堂不够。", [("涂老实", "管理员")]),
        ("会上，徐老同志介绍了经验。", []),  # how one speaks to him
        ("大队长周先明说，食堂不够。", [("周先明", "大队长")]),
        ("主任敖雪第一个发言，直奔问题。", [("敖雪", "主任")]),  # no name ends in 第 before 一个
        # a dotted name in a list, and one whose text always goes on alike
        (
            "副书记木拉提·哈力克、民政专干古丽娜孜先后交流了转场期间“一人一帮扶”的经验。",
            [("木拉提·哈力克", "副书记"), ("古丽娜孜", "民政专干")],
        ),
        ("副理事长努尔兰·哈德尔应邀出席会议并讲话。努尔兰·哈德尔应邀出席座谈。", [("努尔兰·哈德尔", "副理事长")]),
        ("民政助理杜拉尔·梅介绍了经验。", [("杜拉尔·梅", "民政助理")]),
        # what a place or an institution is called is no second name: 古南街|道, 康乐|护理院
        ("站长彭远、古南街道社工站站长章明交流了经验。", [("彭远", "站长"), ("章明", "古南街道社工站站长")]),
        ("院长彭远、康乐护理院院长章明作了经验介绍。", [("彭远", "院长"), ("章明", "康乐护理院院长")]),
        # another before whose name none of ours is
        ("镇长禤桂、镇长章明汇报了工作。", [("章明", "镇长")]),
        # who does so one after the other does it with others, whether their names are known or not
        ("镇长彭远、镇长章明、镇长禤桂分别汇报了工作。", [("彭远", "镇长"), ("章明", "镇长")]),
        ("旗民政局局长宝音图主持会议并就落实提出要求。", [("宝音图", "旗民政局局长")]),
        ("民政干事赵芳芳上台分享了做法。", [("赵芳芳", "民政干事")]),
        ("站主代表孔祥云、单丽娟分别谈了难处。", [("孔祥云", "站主代表"), ("单丽娟", "站主代表")]),
        ("救助中心干部章明演示了操作。", [("章明", "救助中心干部")]),
        ("治疗师章明主讲了急救课。", [("章明", "治疗师")]),
        ("《意见》对弘扬尊师重教社会风尚提出了明确要求。", []),
        ("主任章明对表册填写作了培训。", [("章明", "主任")]),
        ("副市长师文超到会致辞。", [("师文超", "副市长")]),
        ("县长助理官清华坦言，食堂不够。", [("官清华", "县长助理")]),
        # no dictionary has every verb; what the text has again before another word is a name
        ("局长申红梅领学了文件。申红梅围绕食堂谈了感受。", [("申红梅", "局长")]),
        ("副理事长阿里·哈德尔应邀出席，副厅长章明讲话。", [("章明", "副厅长")]),
        ("局长章明边听边记。他说，食堂不够。", [("章明", "局长")]),
        # where names write another language's sounds: 毕力 is a word, and 提在; what may be either is no name
        ("嘎查达苏德毕力格介绍了做法，提出问题。", [("苏德毕力格", "嘎查达")]),
        ("旗民政局局长包宝力道主持会议。", []),
        ("嘎查党支部书记娜仁用蒙汉两种语言讲了做法。", []),
        ("副局长艾尼瓦尔·买买提在会上算了一笔账：食堂不够。", [("艾尼瓦尔·买买提", "副局长")]),
        ("培训由旗民政局局长白萨日娜主讲，内容实在。", [("白萨日娜", "旗民政局局长")]),
        ("旗民政局副局长白乌云其木格介绍了做法。", [("白乌云其木格", "旗民政局副局长")]),
        ("藏族聚居。县民政局局长边巴卓玛汇报了工作。", [("边巴卓玛", "县民政局局长")]),
        ("旗民政局局长办公会议强调，饭要热。", []),
        ("旗民政局局长在通报中指出，饭要热。自治县的专干论坛上介绍了做法。", []),
        ("自治县民政局局长杨帆安排部署了工作。", [("杨帆", "自治县民政局局长")]),
        ("书记羊角作表态发言。", []),  # 羊角 is a word, and 作 is no name's
        ("云溪大学教师章明接着公布了调查结果。", [("章明", "云溪大学教师")]),
    ],
)
def test_where_a_name_ends_and_whose_it_is(clause: str, speakers: list[tuple[str, str]]) -> None:
    assert spoke(clause) == speakers


def test_known_people_speak_in_their_order_between_those_with_posts() -> None:
    text = (
        "局长彭远、科长章明、科长白露到会。\n会上，县民政局局长卓一帆通报了情况，白露作专题发言，章明就食堂作了汇报，"
        "主席范立新作了书面交流。"
    )
    found = facts(f"助餐推进会召开\n3月5日，助餐推进会召开。\n{text}").speakers
    assert [one.name for one in found] == ["卓一帆", "白露", "章明", "范立新"]


def test_who_stands_before_a_colon_in_a_report_speaks_below_it() -> None:
    text = (
        "助餐推进会召开\n3月5日，助餐推进会召开。\n云溪镇镇长章明：\n我们把校舍改成食堂。\n松台乡乡长彭远：“饭要热。”"
    )
    assert [(one.name, one.post) for one in facts(text).speakers] == [("章明", "云溪镇镇长"), ("彭远", "松台乡乡长")]


def test_she_is_who_opened_the_sentence() -> None:
    clause = "村主任章明远当了四年志愿者，她在结业时说，以前只晓得送书包。"
    assert spoke(clause) == [("章明远", "村主任")]
    assert spoke("护理员章明夺得第一名，她激动地说：“这是门手艺。”") == [("章明", "护理员")]


@pytest.mark.parametrize("unit", ["翻开本子", "好，", "好、", "“好”", "接过", "代表", "会上"])
def test_the_time_for_a_clause_grows_with_its_length(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        return cpu_seconds(lambda: [told(text, at, len(text)) for at in range(0, len(text), len(unit))])

    seconds(100)
    assert seconds(4000) < 8 * seconds(1000) + 0.2


@pytest.mark.parametrize(
    ("told_so", "post"),
    [
        ("云溪学院教师　章明远\n章明远提醒，食堂不够。", "云溪学院教师"),  # a list of guests
        ("章明远当选首任会长。章明远在当选后的发言中承诺，饭要热。", "首任会长"),
        ("听课的有副处长阿里·买买提、云溪大学教授章明远。章明远讲授了做法。", "云溪大学教授"),
    ],
)
def test_posts_are_known_from_lists_and_from_elections(told_so: str, post: str) -> None:
    found = facts(f"助餐推进会召开\n3月5日，助餐推进会召开。\n{told_so}").speakers
    assert [(one.name, one.post) for one in found] == [("章明远", post)]


def test_where_two_speak_people_met_and_others_told_of_spoke_too() -> None:
    text = "食堂开张\n食堂开张了。\n局长章明讲话。镇长彭远致辞。会长卓一帆坦承，食堂不够。"
    assert [one.name for one in facts(text).speakers] == ["章明", "彭远", "卓一帆"]
