"""What stands above a text by its place: the page's own title, menus over a trail, facts beside facts, a picture's."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import Article, split
from indexer.articles.headlines import is_caption
from indexer.articles.labels import is_page_facts, labels_only
from indexer.articles.marks import is_dateline
from indexer.extract import Block, Extract


def article(lines: list[str]) -> Article:
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return found


def shown(found: Article) -> tuple[str, list[str]]:
    return found.title.value if found.title else "", [line.bare for line in found.lines]


# --- the title of the page ----------------------------------------------------------------------------------------


def test_the_pages_title_tells_the_headline_and_the_names_of_the_site() -> None:
    lines = [f"{REPORT[0]}_助餐动态_云溪日日新", "打开引导", "助餐动态", REPORT[0], "云溪日日新【yunxi.example.com】"]
    found = article([*lines, *REPORT[1:]])
    assert shown(found) == (REPORT[0], REPORT[1:])
    names = [("站名栏目", line) for line in (lines[0], lines[2], lines[4])]
    assert [one for one in found.furniture if one in names] == names


def test_a_headline_that_no_line_repeats_is_no_pages_title() -> None:
    lines = ["温饱—从一顿饭说起", *REPORT[1:]]
    assert body(lines) == (lines[0], REPORT[1:])
    # what is added to a headline below is more than the name of a site
    longer = ["把热饭送到楼上", "把热饭送到楼上的三十天", *REPORT[1:]]
    assert "把热饭送到楼上" in "".join([body(longer)[0], *body(longer)[1]])


# --- trails -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trail", [">会议报道>常委会>三届常委会", "民生 > 助餐 > 云溪日报"])
def test_rows_of_words_above_any_trail_are_menus(trail: str) -> None:
    menu = "云溪 Yunxi 17 房产 云溪"
    found = article([menu, trail, *REPORT])
    assert shown(found) == (REPORT[0], REPORT[1:])
    assert {("导航", menu), ("位置", trail)} <= set(found.furniture)


def test_short_lines_above_a_trail_are_the_sites_and_those_below_it_of_the_headline() -> None:
    found = article(["把热饭送上楼", "首页 > 要闻", "把助餐办进社区", *REPORT])
    assert shown(found) == (f"把助餐办进社区{REPORT[0]}", REPORT[1:])
    assert ("导航", "把热饭送上楼") in found.furniture


def test_menus_between_facts_and_a_trail_leave_the_headline_where_it_is() -> None:
    facts, menu, trail = "2024-05-16 09:12 来源：云溪网", "云溪 Yunxi 17 房产", "民生 > 助餐 > 云溪日报"
    found = article([REPORT[0], menu, facts, trail, *REPORT[1:]])
    assert shown(found) == (REPORT[0], REPORT[1:])
    assert found.facts == (facts,)


def test_a_menu_of_one_entry_to_a_line_is_no_shoulder() -> None:
    menu = ["首页", "新闻", "直播", "助餐会报", "专题"]
    found = article([*menu, *REPORT])
    assert shown(found) == (REPORT[0], REPORT[1:])
    assert {text for _, text in found.furniture} == set(menu)
    shoulders = ["热饭上楼", "老人点赞"]
    assert "热饭上楼" in "".join([shown(article([*shoulders, *REPORT]))[0], *shown(article([*shoulders, *REPORT]))[1]])


def test_a_row_of_menu_entries_may_draw_the_first_one_apart() -> None:
    assert body(["首   页 走进云溪 新闻中心 政务服务", *REPORT]) == (REPORT[0], REPORT[1:])


def test_the_name_of_a_site_above_a_text_without_a_headline_is_none_of_it() -> None:
    lines = ["云溪网首页", "| 云溪日报 | 云溪晚报 | 版面导航 |", *REPORT[1:]]
    assert body(lines) == ("", REPORT[1:])
    assert body(["云溪县民政局", *REPORT[1:]])[1][-2:] == REPORT[1:]


def test_latin_names_of_buttons_above_a_chinese_text_are_none_of_it() -> None:
    lines = [REPORT[0], "来源：云溪网 2024-05-16 09:00", "• weixin", "• weibo", "loading..", *REPORT[1:]]
    assert body(lines) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    ["2024年05月16日 星期四上一期下一期", "bailu 发表于 2024-5-16 16:30", "2024-05-16 09:12 发布于 云溪网"],
)
def test_a_row_with_a_day_says_when_a_page_was_put_up(line: str) -> None:
    assert is_page_facts(line)
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


def test_the_whole_of_a_headline_below_what_a_list_had_cut_off_is_the_headline() -> None:
    cut, facts, whole = (
        "云溪市助餐点荣获全国最美",
        "民生  2024-05-16 15:47 字号: 大 中 小",
        "云溪市助餐点荣获全国“最美食堂”称号",
    )
    found = article([cut, facts, whole, *REPORT[1:]])
    assert shown(found) == (whole, REPORT[1:])
    assert {("重复标题", cut), ("页面信息", facts)} <= set(found.furniture)
    lines = ["市长对助餐作出重要批示", "2024-05-16 15:47", "市长对助餐作出重要批示强调", *REPORT[1:]]
    assert shown(article(lines))[0] == lines[0]


def test_the_site_between_headline_and_day_is_the_source() -> None:
    found = article([REPORT[0], "云溪市民政局网站", "2024-05-16 00:00:00", *REPORT[1:]])
    assert shown(found) == (REPORT[0], REPORT[1:])
    assert found.facts == ("来源：云溪市民政局网站", "2024-05-16 00:00:00")


def test_a_row_of_labels_is_no_headline() -> None:
    lines = [REPORT[0], "生效状态：在用 所属类型：助餐", "适用地区：云溪市 适用领域：助餐", *REPORT[1:]]
    assert shown(article(lines))[0] == REPORT[0]


@pytest.mark.parametrize(
    "line",
    [
        "您的当前位置：",
        "云溪民政 2024-05-16",
        "图源：云溪创意",
        "查看: 19669|回复: 0",
        "发表于 2024-5-16 17:54:53 | 显示全部楼层 |阅读模式",
        "32px",
        "• 12px",
        "欢迎访问云溪网",
    ],
)
def test_the_head_of_a_forum_and_sizes_of_type_go(line: str) -> None:
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


def test_a_list_of_labels_longer_than_a_front_is_the_pages_up_to_its_last_value() -> None:
    labels = ["信息索引号", "公开方式", "信息分类", "成文日期", "发布单位", "有效性", "公开属性", "信息类别"]
    values = ["12340/2024-00017", "主动公开", "助餐", "2024-05-16", "县政府办", "有效", "公开", "动态"]
    listed = [line for pair in zip(labels, values, strict=True) for line in (f"• {pair[0]}:", pair[1])]
    found = article([*listed, "• 统一编号:", "YX01-2024-0006", *REPORT])
    assert shown(found) == (REPORT[0], REPORT[1:])
    assert found.facts[-1] == "统一编号：YX01-2024-0006"


def test_a_headline_broken_inside_a_title_that_it_names_is_one() -> None:
    lines = ["云溪市人民政府办公室 云溪市委办公室", "转发《市民政局关于做好", "助餐工作的意见》的通知", "各县区："]
    whole = "云溪市人民政府办公室 云溪市委办公室转发《市民政局关于做好助餐工作的意见》的通知"
    assert shown(article([*lines, REPORT[2]])) == (whole, ["各县区：", REPORT[2]])


def test_a_page_put_up_on_a_day_says_so_without_a_colon() -> None:
    assert body([REPORT[0], "发布于2024-05-16", *REPORT[1:]]) == (REPORT[0], REPORT[1:])
    assert not is_page_facts("施行于2024-05-16")


def test_a_label_with_several_words_above_the_headline_is_a_menu() -> None:
    menu = "热搜助餐： 长者食堂 助浴 请输入"
    assert ("站名栏目", menu) in article([menu, *REPORT]).furniture


# --- facts of the page --------------------------------------------------------------------------------------------


def test_the_day_above_a_headline_is_the_pages_and_one_below_it_the_texts() -> None:
    above = article(["2024年05月16日", *REPORT])
    assert (shown(above), above.facts) == ((REPORT[0], REPORT[1:]), ("日期：2024年05月16日",))
    below = article([REPORT[0], "2024年05月16日", *REPORT[1:]])
    assert shown(below) == (REPORT[0], ["2024年05月16日", *REPORT[1:]])


def test_a_body_a_day_and_a_counter_are_the_facts_of_a_page() -> None:
    assert is_page_facts("云溪县民政局 2024-05-16 0")
    assert not is_page_facts("云溪县民政局 2024-05-16")  # signs
    assert not is_page_facts("云溪县民政局 2024-05-16 三十家 0")
    assert body([REPORT[0], "云溪县民政局 2024-05-16 0", *REPORT[1:]]) == (REPORT[0], REPORT[1:])


def test_a_row_of_labels_below_the_facts_of_a_page_is_the_pages() -> None:
    facts, row = "索引号：A12/2024 发布机构：云溪县民政局", "号：非正式文件，无文号　性：有效"
    assert labels_only(row) and not is_page_facts(row)
    assert ("页面信息", row) in article([facts, row, *REPORT]).furniture


def test_a_persons_own_labels_below_the_facts_are_text() -> None:
    row = "姓名：白露 性别：女 职务：科长"
    assert row in body([REPORT[0], "来源：云溪网 发布时间：2024-05-16", row, *REPORT[1:]])[1]


# --- said again ---------------------------------------------------------------------------------------------------


def test_a_paragraph_that_the_text_below_begins_with_is_its_summary() -> None:
    lead = "5月15日，我市召开助餐推进会，副市长卓一帆出席会议并讲话，各县区民政局和市直有关单位的负责人参加会议。"
    assert body([REPORT[0], lead, lead, REPORT[2]]) == (REPORT[0], [lead, REPORT[2]])
    assert body([REPORT[0], lead, REPORT[2], lead]) == (REPORT[0], [lead, REPORT[2], lead])


def test_a_summary_above_the_headline_said_again_goes() -> None:
    lead = "5月15日，我市召开助餐推进会，副市长卓一帆出席会议并讲话，各县区民政局和市直有关单位的负责人参加会议。"
    lines = [REPORT[0], lead, REPORT[0], "来源：云溪网 2024-05-16 09:00", f"{lead}{REPORT[2]}"]
    assert body(lines) == (REPORT[0], [f"{lead}{REPORT[2]}"])
    # paragraphs that a text says three times, or again below others, are its own
    assert body([REPORT[0], lead, lead, lead])[1] == [lead] * 3
    assert body([REPORT[0], lead, "青禾说，饭菜是热的。", f"{lead}好。"])[1].count(lead) == 1


def test_the_first_words_of_a_text_cut_off_without_a_mark_are_a_summary() -> None:
    lead = "云溪网讯（通讯员 青禾）5月15日，我市召开助餐推进会，副市长卓一帆出席会议并讲话，"
    lead += "各县区民政局、财政局和市直有关单位的负责人参加会议。"
    lines = [REPORT[0], "2024-05-16 15:47 来源：云溪网", lead[:-6], lead, REPORT[2]]
    assert body(lines) == (REPORT[0], [lead, REPORT[2]])


def test_a_site_and_who_owns_it_above_a_headline_are_the_sites() -> None:
    assert body(["云溪网 云溪县助餐协会", *REPORT]) == (REPORT[0], REPORT[1:])


def test_a_summary_cut_off_after_a_few_characters_goes() -> None:
    assert body([REPORT[0], "[摘要]5月15日...", *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    ("above", "lead", "kept"),
    [
        ("白露为三十家食堂授牌。", "云溪网讯（通讯员 青禾）5月15日，白露为三十家社区食堂授牌。", False),
        (
            "白露为三十家食堂授牌。",
            "5月15日，白露为三十家社区食堂授牌。",
            True,
        ),  # no dateline: it may be the first sentence
        ("老人们都说饭菜好。", "云溪网讯（通讯员 青禾）5月15日，白露为三十家社区食堂授牌。", True),  # said nowhere else
    ],
)
def test_a_sentence_above_the_dateline_that_says_nothing_else_is_a_pictures(above: str, lead: str, kept: bool) -> None:
    lines = [REPORT[0], "来源：云溪网 2024-05-16 09:00", above, lead, REPORT[2]]
    assert (above in body(lines)[1]) is kept


def test_who_stands_left_and_right_is_told_of_a_picture() -> None:
    caption = "副市长卓一帆（右）看望老人白露（中）"
    assert is_caption(caption)
    assert is_caption("（云溪社 白露/摄）")
    assert not is_caption("左邻右舍都来（包括老人）")
    assert body([*REPORT[:2], caption, REPORT[2]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("云溪网讯（通讯员 青禾）5月15日", True),
        ("新华社北京5月15日电 近日", True),
        ("5月15日，我市", False),
        ("近日，我市", False),
    ],
)
def test_a_dateline_names_the_medium(line: str, is_one: bool) -> None:
    assert is_dateline(line) is is_one
