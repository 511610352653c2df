"""What is left of a page right below a text, known by its form: Latin words, mark-up, who wrote, another headline."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.extract import Block, Extract


@pytest.mark.parametrize(
    "line",
    [
        "footer",
        "The End",
        "- E N D -",
        "（报道：白露）",
        "【通讯员/卓一帆】",
        "原标题：云溪三十家食堂开张",
        "--> 2024-05-16 1 1 云溪报 c1234.html 1 /enpproperty-->",
        "</div><!-- 正文结束 -->",
        "关联稿件：",
        "本文已被浏览过：",
        "该文观点仅代表作者本人，云溪养老平台仅提供信息存储空间服务。",
        "校 对丨白露 青禾 卓一帆",
        "出 品丨云溪广播电视台",
        "上报单位：云溪县民政局",
    ],
)
def test_it_is_left_out_by_name(line: str) -> None:
    (article,) = split(Extract(tuple(map(Block, [*REPORT, line])), wrapped=False))
    assert [one.bare for one in article.lines] == REPORT[1:]
    assert [text for _, text in article.furniture] == [line]
    assert body([*REPORT, line, "", "-"]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "云溪县民政局",
        "（云溪县民政局 白露）",
        "（施工：两家）",
        "（答：三十家）",
        "附件：Report of 30 kitchens",
        "谢谢大家",
        "KPI：30",
        "食堂<30家的乡镇要补上",
    ],
)
def test_the_last_words_of_a_text_stay(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], [*REPORT[1:], line])


def test_a_latin_line_stays_where_the_text_goes_on_below_it() -> None:
    assert body([*REPORT[:2], "The End", REPORT[2]]) == (REPORT[0], [REPORT[1], "The End", REPORT[2]])


def test_a_text_in_latin_letters_keeps_its_last_line() -> None:
    lines = ["Notice", "The kitchens open at noon.", "Office of Yunxi"]
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    kept = " ".join([article.title.value if article.title else "", *(line.bare for line in article.lines)])
    assert [line for line in lines if line not in kept] == []


@pytest.mark.parametrize("sign", ["（记者白露、青禾）", "（白露 青禾）", "【白露】"])
def test_a_paragraph_signed_in_brackets_is_text_whatever_button_stands_above_it(sign: str) -> None:
    signed = f"会议要求，让老人吃上热饭，把食堂开到楼下，送餐的人要认得路，送到的饭菜要热。{sign}"
    assert body([*REPORT[:2], "分享到微信", signed, "扫码下载"]) == (REPORT[0], [REPORT[1], signed])


def test_what_stands_under_a_declaration_goes_with_it() -> None:
    notes = [
        f"原标题：{REPORT[0]}",
        "责任编辑：白露",
        "声明",
        "1、部分文章来源于网络，仅作参考。",
        "2、如果网站中的图片侵犯了您的版权，请联系qq1234处理！",
        "搜索",
    ]
    found = split(Extract(tuple(map(Block, [*REPORT, *notes])), wrapped=False))[0]
    assert [one.bare for one in found.lines] == REPORT[1:]
    assert {text for _, text in found.furniture} == set(notes)


def test_numbered_lines_of_the_texts_own_stay() -> None:
    own = ["1、饭菜要热。", "2、送餐要快"]
    assert body([*REPORT, *own]) == (REPORT[0], [*REPORT[1:], *own])


def test_the_headline_behind_a_label_is_said_again() -> None:
    again = f"查看完整版本：{REPORT[0]}"
    assert body([*REPORT, "页： [1]", again]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "联系人：白露"]) == (REPORT[0], [*REPORT[1:], "联系人：白露"])


def test_titles_that_have_nothing_in_common_with_the_text_are_other_pages() -> None:
    others = ["小孩发热吃什么药", "怎样挑选新手机", "冠心病早期症状", "旧车换新补贴多少", "考研成绩查询入口"]
    assert body([*REPORT, *others, "热门排行"]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, *others]) == (REPORT[0], [*REPORT[1:], *others])  # nothing below shows a page


@pytest.mark.parametrize(
    "own",
    [
        ["白露", "青禾", "章明", "彭远", "方可"],
        ["云溪县第一食堂", "云溪县第二食堂", "望江小学", "迎江社区", "太湖县民政局"],
        ["推进会上的三点", "副市长怎样讲话", "老人吃热饭之后", "助餐会议的安排", "出席会议的名单"],
    ],
)
def test_lists_of_the_texts_own_stay_above_the_name_of_a_box(own: list[str]) -> None:
    assert body([*REPORT, *own, "热门排行"]) == (REPORT[0], [*REPORT[1:], *own])


@pytest.mark.parametrize(
    "line",
    [
        "Powered by Discuz! X3.5",
        "GMT+8, 2024-6-14 04:35 , Processed in 0.08 second(s), 18 queries",
        "手机版|小黑屋|公安备案:45072102000519|云溪家园 ( 桂ICP备19000664号 )",
        "欢迎来到云溪家园网-www.example.cn",
        "附件下载",
    ],
)
def test_the_foot_of_a_forum_goes(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "Email: bailu@example.cn",
        "www.example.cn",
        "plan-2024.docx",
        "网址：www.example.cn",
        "GB/T 9704-2012",
        "GDP 3.5",
    ],
)
def test_where_to_write_and_attachments_stay(line: str) -> None:
    assert line in body([*REPORT, line])[1]


@pytest.mark.parametrize(
    "line",
    [
        "云溪县民政局助餐科 白露供稿",
        "（审 核：白露）",
        "（ ：白露 审核：青禾）",
        "——本信息真实性未经云溪养老网证实，仅供您参考",
        "·云溪养老地图 ·助餐点名录 ·养老服务热线",
        "请输入验证码",
        "……（未完，全文共2230字，请登录后阅读）",
        "标题：云溪食堂",
        "网址：http://www.yunxi.example.com/1.html",
        "1373",
    ],
)
def test_what_speaks_of_the_page_goes(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize("line", ["地址：云溪县松台镇", "30", "姓名： 电话：", "·开食堂 ·送上楼，天天有"])
def test_what_may_be_the_texts_stays(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], [*REPORT[1:], line])


def test_titles_with_a_day_glued_to_them_and_marks_between_them_are_other_pages() -> None:
    others = [
        "-",
        "云溪着力打造千亿级园区2024/05/14",
        "-",
        "迎江迈出坚实的一步。2024/05/13",
        "-",
        "松台普洱会展开幕2024/05/12",
    ]
    assert body([*REPORT, *others]) == (REPORT[0], REPORT[1:])


def test_a_form_and_a_counter_go_with_what_only_a_page_has_below_them() -> None:
    assert body([*REPORT, "名称：电话：", "共0条评论"]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "0", "评论"]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        f"来源标题：{REPORT[0]}",
        "】相关阅读",
        "https://www.example.cn/a/1.html",
        "网友评论请理智发言，文明上网",
        "（责任编辑白露）",
        "'); })();",
        "后一篇：浓雾中的早饭",
        "消耗 1 篇云溪文库配额,会员有效期内无限次查看",
        '    1. <blockquote id="h4"><rt id="h4"></rt></blockquote>',
        "微信图片_20240516160106",
        "文章来源:http://www.example.cn/hot/1.shtml",
        "最后更新:2024-05-16 04:41:45",
        "相关热词搜索: 助餐 热饭 低保",
    ],
)
def test_what_is_left_of_a_page_goes(line: str) -> None:
    assert body([*REPORT, line, "责任编辑：白露"]) == (REPORT[0], REPORT[1:])


def test_the_headline_is_said_again_with_a_dash_before_it() -> None:
    headline = "云溪县把热饭送到老人楼上"
    assert body([headline, *REPORT[1:], f"——{headline}", "责任编辑：白露"]) == (headline, REPORT[1:])


def test_a_line_with_the_address_of_the_site_stands_above_its_foot() -> None:
    foot = "云溪养老网 www.yunxi.example 版权所有"
    assert body([*REPORT, "热饭、助浴、助医 上云溪养老网www.yunxi.example", foot]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "网址：www.other.example", foot])[1] == [*REPORT[1:], "网址：www.other.example"]


@pytest.mark.parametrize("end", ["/p>", "……等地", "（下转3版"])
def test_paragraphs_that_end_alike_without_a_stop_are_text(end: str) -> None:
    text = [
        f"{one}，要把老人的事一件一件办实，把助餐点的灶台、门锁、水电一处一处查到，查了要记，记了要改，改了再看，"
        f"并把查到的事写在门口的牌子上，让来吃饭的老人都看得到，也请他们来评一评哪里还不够好，够不够热，够不够近{end}"
        for one in ("会议指出", "会议要求", "会议强调", "会议明确")
    ]
    assert body([*REPORT, *text]) == (REPORT[0], [*REPORT[1:], *text])
