"""Five made-up files in the state in which such files come, and what they hold: six documents.

A page of a ministry with its headline twice; two articles out of the columns of a newspaper, one of them without a
headline; a report without headline, source or final line end; a speech whose year was changed, shown below its own
first line; a speech from a sharing site, on one line and broken off. Places are real, everything else is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.understand import understand
from search.documents.document import Document


def columns(*paragraphs: str, width: int = 14) -> str:
    """The paragraphs as a narrow column with a blank line below each line, as they are copied off a newspaper page."""
    lines = [one[at : at + width] for one in paragraphs for at in range(0, len(one), width)]
    return "\n\n".join(lines)


def on_one_line(*paragraphs: str, width: int = 38) -> str:
    """The paragraphs as a program leaves them that made a blank of every line end."""
    return " ".join(one[at : at + width] for one in paragraphs for at in range(0, len(one), width))


# --- the paragraphs, as they must come out ----------------------------------------------------------------

MINISTRY = (
    "民政部官网消息，3月4日下午，民政部召开机关业务骨干座谈会，交流情况，对接任务。部党组成员、副部长缪青川出席会议并讲话。",
    "会议指出，2022年各地民政部门认真落实习近平总书记关于寒冬救助的要求，街面巡查没有断过档，站内照料没有出过事。",
    "会议强调，2023年要接着把小事办细、把难事办成，让基层少填一张表、多走一户门。",
    "一要把底数理清楚。要逐村逐户核对名册，去世的及时销号，搬走的随迁转接，不让名册成为“糊涂账”。",
    "二要盯紧两头带中间，补上服务短板。冬春两季最难熬，伏天雨天最易出事，要提前备足物资。"
    "临时救助工作，要用好乡镇备用金，急事当天办结。"
    "助餐服务工作，要算清成本账，让老人吃得起、食堂开得久。"
    "要让每一名流浪人员平安返乡，一个也不能落在桥洞里。"
    "殡葬服务工作，要把收费贴在墙上，不许在价目之外多收一分。",
    "三要把窗口管住。要让来办事的人少跑一趟，办不成的当面说明缘由。",
    "四要把队伍带好。要让年轻人下得去、待得住，老同志传得动。",
    "五要守牢安全门。要逐院检查电线、灶台和门锁，隐患不过夜。",
    "会议还对清明祭扫的引导和车辆疏散作出安排。",
)
MINISTRY_TITLE = "民政部：让每一名流浪人员平安返乡"

HUBEI = (
    "4月9日，湖北省民政厅在襄阳召开2023年全省养老助餐工作推进会，总结2022年工作，交流做法，部署2023年工作任务。"
    "厅党组书记虞北辰主持会议并讲话，厅长隗素云作工作报告。",
    "会议指出，一年来各地开灶不停火，送餐不断线，老人的饭桌有了着落，运行成本也降了下来。",
    "会议明确，今年要围绕建点位、降成本、保安全三大任务，重点抓好四个方面工作："
    "一是以盘活闲置房屋为重点，把食堂开到楼下。空着的门面、停用的校舍都可以用起来。"
    "二是以集中采购为重点，把米面油的价钱降下来。各县的订单合在一起谈，省下的都进老人的碗里。"
    "三是以明厨亮灶为重点，把吃饭的安全看住。四是以志愿送餐为重点，把最后一百米走完。"
    "送餐时多敲一次门，多问一句话。",
    "会议要求，要把群众吃得满不满意作为唯一的标准，少搞挂牌，多添座位。",
    "襄阳、荆门、孝感、大悟等4个市（县）民政局负责同志作了交流发言。各处室负责同志参加会议。（据湖北省民政厅）",
)
HUBEI_TITLE = "湖北省民政厅召开2023年全省养老助餐工作推进会"

GANSU = (
    "日前，甘肃省民政厅举行2023年第五次党组（扩大）会议暨党组理论学习中心组2023年第四次集体学习会。"
    "会议学习了二〇二三年清明祭扫工作提示和服务窗口评议办法。厅党组书记、厅长亓远山主持集体学习并讲话。",
    "会议指出，学习要和手头的事连在一起，读完一篇就改一件。"
    "一是要带着问题学，先把信访件摊在桌面上。二是要坐到群众的板凳上学，听真话，记原话。",
    "会议要求，要让机关支部同山区的村支部结成“一帮一”对子，每月去一趟，每趟办一件事。",
    "厅机关各处室负责同志参加学习。（据甘肃省民政厅）",
)
GANSU_TITLE = "甘肃省民政厅2023年第五次党组（扩大）会议暨党组理论学习中心组2023年第四次集体学习会"

GUIZHOU = (
    "1月12日，全省民政重点工作电视会议召开。会议全面总结2022年工作，安排部署2023年工作。"
    "厅党组书记、厅长冼明澈出席会议并讲话。",
    "会议指出，2022年是落实“2604”助老计划的头一年，贵州山高路远，送一次餐要翻两道梁，仍有1.3万名老人按时吃上热饭。",
    "会议强调，要做山村老人的“跑腿人”；要做孤儿上学的“陪伴人”；要做困难家庭的“明白人”。",
    "会议要求，要加强对困难群体的走访，办好“坝上幸福饭桌”，抓实养老机构（含敬老院）的夜间值守。"
    "为山区助餐长久运行才提供保障。要讲好贵州故事，用足数字贵州的底子，让贵州的饭桌越开越多。",
    "会上，5个市（州）民政局作交流发言。",
)
GUIZHOU_TITLE = "贵州省民政厅全省民政重点工作电视会议（2023年1月12日）"

SHAANXI = (
    "同志们：",
    "刚才，会议表彰了2024年度敬老助餐先进集体，四个县区介绍了做法，讲的都是自己干过的事，我都赞成。",
    "2024年是新中国成立70周年，也是我市民政系统认真贯彻党的十九大精神、把服务送进山沟的一年。借此机会，我代表市政府向起早贪黑的同志们道一声辛苦！",
    "下面，我就做好今后的工作讲几点意见：",
    "一、要把百姓的小事当大事办",
    "民政干的是雪中送炭的活，事关百姓福址，来不得半点马虎。山里路远，老人又多，哪家的灶冷了、哪家的灯没亮，都要有人知道。"
    "要到最冷的屋里坐一坐，把温暧送到炕头上。",
    "二、要咬住难点，办好今年的实事",
    "今年，要集中力量办好六项重点工作："
    "一是办好山村饭桌。拟建设126个互助食堂，在绥德县先建3个中心灶房。有位老人说“饭热了，心也就热了。"
    "二是管好临时救助备用金。乡镇账上要常有钱，低保对象看急病不用等。三是修好旧敬老院。先修屋顶，再修厕所。"
    "四是办好米脂县的孤儿助学试点，同时抓紧殡仪馆迁建。五是立好规矩。每月公示一次，让群众看得见钱去了哪里。",
    "三、要围绕“三个到户”，建好“四本台账”",
    "如何建好四本台账？一是要先走访后填表。表上的每个数字都要有人认。二是要按月核对。对不上的当月查清，不拖到年底。",
    "同志们，千条计划抵不过一次上门。我们要以实干的成绩迎接新中国成立70周年。",
)
SHAANXI_TITLE = "在全市山区敬老助餐现场推进会上的讲话"

JIANGXI = (
    "同志们：",
    "刚才，怀川同志通报了去年的情况，讲得很实在，我都同意。下面，我讲三个方面意见。",
    "一、把学到的用在手上",
    "2022年，江西的乡村食堂从无到有，江西各县都拿出了自己的办法，江西的老人有了吃饭的去处。"
    "市委六届四次全会对兜底工作提出了新要求，我代表市政府向全省民政战线的同志们表示感谢。",
    "一要学深一层。不能只念文件，要对照着改。",
    "二要学用相连。探索“一人掌勺+多人送餐”的办法，全年发放救助资金36.8亿元，“江西帮到家”平台服务7.2万人次，“帮到家”要再往山里延伸。",
    "二、抓紧办好2023年的几件事",
    "一要兜住底。对因难群体要早发现、早上门，组织好“助老周”活动，不让一户掉队，不让一人落单。",
    "二要敬好老。要把食堂办到村口，把医生请到院里，抓紧建立老年人助餐补贴和送餐",
)
JIANGXI_TITLE = "在2023年全省乡村助餐工作会议上的讲话"

# --- the files ------------------------------------------------------------------------------------------

FILES: dict[str, str] = {
    "0-部委.txt": "\n\n".join((f"# {MINISTRY_TITLE}", f"# {MINISTRY_TITLE}", *MINISTRY)) + "\n\n",
    "1-两则.txt": columns(*HUBEI)
    + "\n 湖北省民政厅召开\n2023 年全省养老助餐工作推进会\n\nTOPIC\n\n"
    + columns(*GANSU).replace("，", ", ")
    + "\n \n",
    "2-视频会.txt": "\n".join(GUIZHOU).translate(str.maketrans("，；（）", ",;()")),
    "3-讲话.txt": "\n".join(
        (
            f" {SHAANXI_TITLE}{''.join(SHAANXI)[:70]}...",
            SHAANXI_TITLE,
            SHAANXI[0],
            SHAANXI[1].replace("2024年度", "\n2024年度"),
            *SHAANXI[2:5],
            SHAANXI[5].replace("屋里坐", "屋\n里坐"),
            *SHAANXI[6:],
        )
    )
    + "\n \n",
    "4-分享站.txt": "\n".join(
        (
            "购物车\n我的足迹\n",
            f"{JIANGXI_TITLE}\n",
            "加入Vip免费下载 立即下载",
            on_one_line(JIANGXI_TITLE, *JIANGXI).translate(str.maketrans("，：", ",:")),
        )
    ),
}


@dataclass(frozen=True)
class Expected:
    """What a document must be. date: as printed; place: city or county; doubts: the codes of its warnings."""

    paragraphs: tuple[str, ...]
    title: str
    title_how: str
    date: str | None
    region: str
    place: str | None
    level: str
    issuer: str | None
    meeting: str
    speakers: tuple[tuple[str, str, str], ...]  # name, post, role
    source: str | None
    genre: str
    doubts: frozenset[str]


EXPECTED: dict[str, Expected] = {
    "0-部委.txt": Expected(
        MINISTRY,
        MINISTRY_TITLE,
        "stated",
        "2023-03-04",
        "全国",
        None,
        "国家",
        "民政部",
        "机关业务骨干座谈会",
        (("缪青川", "部党组成员、副部长", "出席会议并讲话"),),
        "民政部官网消息",
        "会议报道",
        frozenset({"year_inferred"}),
    ),
    "1-两则.txt#1": Expected(
        HUBEI,
        HUBEI_TITLE,
        "after_body",
        "2023-04-09",
        "湖北",
        "襄阳",
        "省级",
        "湖北省民政厅",
        "2023年全省养老助餐工作推进会",
        (("虞北辰", "厅党组书记", "主持会议并讲话"), ("隗素云", "厅长", "作工作报告")),
        "据湖北省民政厅",
        "会议报道",
        frozenset({"several_articles", "year_inferred"}),
    ),
    # its meeting has a date of its own: not that of the article above it
    "1-两则.txt#2": Expected(
        GANSU,
        GANSU_TITLE,
        "derived",
        "2023",
        "甘肃",
        None,
        "省级",
        "甘肃省民政厅",
        "2023年第五次党组（扩大）会议暨党组理论学习中心组2023年第四次集体学习会",
        (("亓远山", "厅党组书记、厅长", "主持集体学习并讲话"),),
        "据甘肃省民政厅",
        "学习会报道",
        frozenset({"several_articles", "title_derived", "date_unknown"}),
    ),
    "2-视频会.txt": Expected(
        GUIZHOU,
        GUIZHOU_TITLE,
        "derived",
        "2023-01-12",
        "贵州",
        None,
        "省级",
        "贵州省民政厅",
        "全省民政重点工作电视会议",
        (("冼明澈", "厅党组书记、厅长", "出席会议并讲话"),),
        None,
        "会议报道",
        frozenset({"title_derived", "year_inferred", "source_unknown", "suspected_typo"}),
    ),
    # two counties of one city, and no speaker: 习近平 and 同志们 are none
    "3-讲话.txt": Expected(
        SHAANXI,
        SHAANXI_TITLE,
        "stated",
        None,
        "陕西",
        "榆林",
        "市级",
        "市政府",
        "全市山区敬老助餐现场推进会",
        (),
        None,
        "讲话稿",
        frozenset(
            {
                "year_contradiction",
                "date_unknown",
                "region_inferred",
                "source_unknown",
                "suspected_typo",
                "count_mismatch",
                "unclosed_quote",
            }
        ),
    ),
    # a province by its headline, a city by its words; who reported is not who speaks
    "4-分享站.txt": Expected(
        JIANGXI,
        JIANGXI_TITLE,
        "stated",
        "2023",
        "江西",
        None,
        "省级",
        None,
        "2023年全省乡村助餐工作会议",
        (),
        None,
        "讲话稿",
        frozenset({"region_contradiction", "truncated", "count_mismatch", "source_unknown", "suspected_typo"}),
    ),
}


@cache
def documents() -> dict[str, Document]:
    """The documents of the files, by the names they have in EXPECTED."""
    with TemporaryDirectory() as folder:
        write(Path(folder))
        found = [one for name in FILES for one in understand(Path(folder) / name, name)]
    return {one.external_id: one for one in found}


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
