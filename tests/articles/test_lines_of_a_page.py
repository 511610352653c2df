"""Lines that only a page has, told by what stands beside them: a page's facts, who edited it, a headline."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.articles.labels import page_facts
from indexer.extract import Block, Extract

TITLE, *TEXT = REPORT
TRAIL = "当前位置：首页 > 要闻"


def facts(lines: list[str]) -> tuple[str, ...]:
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return article.facts


def test_boxes_that_the_text_says_nothing_of_go_where_a_page_stands_above() -> None:
    assert body([TRAIL, *REPORT, "热图一览", "股票名称 最新价 涨跌幅"]) == (TITLE, TEXT)


@pytest.mark.parametrize("line", ["热图一览", "金秋送爽情满人间"])
def test_without_a_page_above_the_same_lines_are_the_texts(line: str) -> None:
    assert body([*REPORT, line]) == (TITLE, [*TEXT, line])


@pytest.mark.parametrize(
    "lines",
    [
        ["白露", "欧阳青禾"],
        ["松台县社会事务中心", "二〇二四年三月五日"],
        ["金秋送爽情满人间", "白露"],
        ["祝各位万事如意！"],
        ["热图一览，", "请看明天！"],
    ],
)
def test_who_signs_and_what_ends_with_a_mark_stay_under_a_page(lines: list[str]) -> None:
    assert body([TRAIL, *REPORT, *lines]) == (TITLE, [*TEXT, *lines])


def test_foreign_lines_straight_above_a_box_go_and_what_signs_above_them_stays() -> None:
    lines = [*REPORT, "松台县社会事务中心", "热图一览", "相关新闻", "某某会议召开"]
    assert body(lines) == (TITLE, [*TEXT, "松台县社会事务中心"])


def test_who_worked_on_a_page_stands_above_who_edited_it() -> None:
    assert body([*REPORT, "编导：白露", "", "摄像：卓一帆 青禾", "责编：石磊"]) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "lines", [["编导：白露"], ["主持：白露", "责编：石磊"], ["地点：松台食堂", "责编：石磊"], ["编导：白露", "散会。"]]
)
def test_names_behind_a_label_stay_where_no_editor_follows_or_where_they_took_part(lines: list[str]) -> None:
    kept = [line for line in lines if not line.startswith("责编")]
    assert body([*REPORT, *lines]) == (TITLE, [*TEXT, *kept])


def test_a_list_of_labels_with_blanks_for_colons_is_the_pages() -> None:
    lines = [TITLE, "作者 白露", "来源 本站", "浏览", "发布时间 2024/03/05", *TEXT]
    assert body(lines) == (TITLE, TEXT)
    assert facts(lines) == ("作者：白露", "来源：本站", "发布时间：2024/03/05")


@pytest.mark.parametrize("lines", [["作者 白露", "来源 本站"], ["文字 白露", "摄影 青禾", "图片 石磊"]])
def test_two_such_labels_or_those_that_texts_have_are_no_list(lines: list[str]) -> None:
    (article,) = split(Extract(tuple(map(Block, [TITLE, *lines, *TEXT])), wrapped=False))
    assert [line.bare for line in article.lines] == [*lines, *TEXT]


def test_a_paper_and_its_reader_beside_a_day_are_the_facts_of_a_page() -> None:
    lines = [TITLE, "云溪日报·新云溪客户端   2024-03-05 00:19:04", *TEXT]
    assert body(lines) == (TITLE, TEXT)
    assert page_facts(*facts(lines)) == {"日期": "2024-03-05", "来源": "云溪日报"}


def test_a_trail_that_ends_with_the_headline_is_no_headline() -> None:
    assert body([f"云溪文库 > {TITLE}", TITLE, *TEXT]) == (TITLE, TEXT)


@pytest.mark.parametrize("row", ["首页 资讯 400-600-4000", "首页 | 要闻", "网站首页 要闻 民生"])
def test_a_row_that_begins_with_the_first_page_is_a_menu(row: str) -> None:
    assert body([row, *REPORT]) == (TITLE, TEXT)


def test_a_word_below_a_button_is_the_pages_and_a_headline_may_stand_between_dashes() -> None:
    assert body(["返回按钮", "详情", f"-{TITLE}-", *TEXT]) == (f"-{TITLE}-", TEXT)


@pytest.mark.parametrize("caption", ["图为老人在食堂用餐。 白露 摄", "图为食堂一角", "三十家食堂开张。白露摄"])
def test_what_a_picture_shows_goes_between_any_paragraphs(caption: str) -> None:
    longer = [*TEXT * 4]
    assert body([TITLE, TEXT[0], caption, *longer[1:]]) == (TITLE, longer)


@pytest.mark.parametrize("line", ["图为什么要这样画，老人们各有各的说法。", "食堂的照片由白露拍摄，挂在门口。"])
def test_a_sentence_that_speaks_of_pictures_stays(line: str) -> None:
    longer = [*TEXT * 4]
    assert body([TITLE, TEXT[0], line, *longer[1:]]) == (TITLE, [TEXT[0], line, *longer[1:]])


@pytest.mark.parametrize(
    "line",
    [
        "“云溪养老网”提供的资料仅供您参考，您应自行核实并承担由此产生的风险。",
        "更多内容请看：《云溪县助餐三年》",
    ],
)
def test_what_is_said_to_a_visitor_goes(line: str) -> None:
    assert body([*REPORT, line]) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "使用高级回帖 （可批量传图）快速回复",
        "查看隐藏内容（*）需先登录",
        "关注云溪网",
        "下一篇4 2024年3月5日 放大 缩小 默认",
        "民生热线：16800001111违法和不良信息举报：0700-8000000",
    ],
)
def test_what_is_done_with_a_page_is_no_text(line: str) -> None:
    assert body([line, *REPORT]) == (TITLE, TEXT)


@pytest.mark.parametrize("line", ["（记者 白露）", "=（总台记者 白露）", "登录养老平台（每天一次）", "关注老人"])
def test_a_line_in_brackets_and_what_is_asked_for_in_the_matter_stay(line: str) -> None:
    assert body([*REPORT[:2], line, REPORT[2]]) == (TITLE, [TEXT[0], line, TEXT[1]])


def test_a_label_that_ends_with_the_headline_is_no_headline() -> None:
    title = "云溪县民政局关于印发助餐办法的通知"
    assert body([title, f"文件名称 {title}", *TEXT]) == (title, TEXT)


@pytest.mark.parametrize(("paper", "kept"), [("云溪报", []), ("一封喜报", ["一封喜报"])])
def test_a_papers_name_below_the_headline_is_the_source(paper: str, kept: list[str]) -> None:
    lines = [TITLE, paper, *TEXT]
    assert body(lines) == (TITLE, [*kept, *TEXT])
    assert facts(lines) == (() if kept else (f"来源：{paper}",))


@pytest.mark.parametrize("caption", ["圖為老人在食堂用餐。（白露 攝）", "會議現場。白露攝"])
def test_captions_in_traditional_characters_go_too(caption: str) -> None:
    longer = [*TEXT * 4]
    assert body([TITLE, TEXT[0], caption, *longer[1:]]) == (TITLE, longer)


ELSEWHERE = [
    "白露赴松台调研 石磊陪同",
    "近日，白露来到松台水库，看望一线职工，一行人乘船察看大坝，叮嘱工人注意安全，按时完工，确保下游安澜。",
]


def test_a_box_that_tells_of_another_page_ends_the_text() -> None:
    assert body([*REPORT, "新闻推荐", *ELSEWHERE]) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "below",
    [
        ["相关链接", *ELSEWHERE],  # a paper explains what it tells of
        ["新闻推荐", "副市长卓一帆在助餐推进会上要求，让老人吃上热饭，会议开了一天。"],  # goes on with the matter
        ["新闻推荐", *ELSEWHERE, *ELSEWHERE, *ELSEWHERE],  # a whole report
        ["新闻推荐", ELSEWHERE[0], f"{ELSEWHERE[1]}（石磊）"],  # a report that is signed
    ],
)
def test_what_may_be_the_texts_below_such_a_name_stays(below: list[str]) -> None:
    kept = body([*REPORT, *below])[1]
    assert kept[-1] == below[-1]


def test_a_link_to_another_site_below_a_page_goes() -> None:
    assert body([*REPORT, "发布时间：2024-03-05", "白癜病的治法 https://m.example.com/b/1.html"]) == (TITLE, TEXT)


def test_whatever_stands_above_a_trail_and_a_headline_below_it_is_the_sites() -> None:
    sold = "云溪特产在线下载，山货图片在线播放，云溪干货精选商城，松台土货东邻西舍传媒，松台山货在线"
    assert body([sold, TRAIL, *REPORT]) == (TITLE, TEXT)


@pytest.mark.parametrize("line", ["❍新2登录旧2登录❎", "🚈云溪资讯🚇"])
def test_a_line_with_a_pictograph_is_no_headline(line: str) -> None:
    assert body([line, *REPORT]) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "line", ["🚈（撰稿：松台）", "给我们一个爱的鼓励吧❤", "，本文章阅览地址是云溪网www.yunxi.example.cn"]
)
def test_a_line_with_a_pictograph_or_the_address_of_the_page_below_a_text_goes(line: str) -> None:
    assert body([*REPORT, line]) == (TITLE, TEXT)


@pytest.mark.parametrize("line", ["❶让老人吃上热饭", "✔让老人吃上热饭", "🚈食堂开到了家门口。"])
def test_numbers_in_circles_ticks_and_sentences_stay(line: str) -> None:
    assert body([TITLE, TEXT[0], line, TEXT[1]]) == (TITLE, [TEXT[0], line, TEXT[1]])


TITLES = [
    "今日辟谣（2024年3月5日）",
    "“云超”松台赛区的比赛将于3月5日星期六晚上在松台县金叶广场篮球场开赛，欢迎四面八方的朋友前来观看，敬请关注！",
    "海报上新了",
]


def test_long_titles_below_who_edited_a_page_are_other_pages() -> None:
    assert body([*REPORT, "责编：白露", *TITLES]) == (TITLE, TEXT)


def test_below_who_edited_it_a_text_may_go_on_with_sentences() -> None:
    more = "副市长卓一帆说，食堂要开到家门口。"
    assert body([*REPORT, "责编：白露", more]) == (TITLE, [*TEXT, more])


def test_a_column_between_headline_and_facts_is_the_sites() -> None:
    assert body([TITLE, "松台头条", "来源：云溪日报 2024-03-05", *TEXT]) == (TITLE, TEXT)


def test_the_headline_that_a_label_names_is_the_headline() -> None:
    bodies, title = ("云溪县民政局", "云溪县财政局"), "关于印发《助餐办法（试行）》的通知"
    whole = "".join(bodies) + title
    known = ["索引号 /2024-0021 公开目录: 部门文件", "公开责任部门 云溪县民政局 公开形式: 主动公开"]
    day = "有效性 有效 公开日期: 2024-03-05 13:03"
    to = ["各乡镇人民政府：", "为进一步规范助餐，现将办法印发给你们，请认真执行。"]
    lines = [TRAIL, whole, f"文件名称 {whole}", *known, day, "  ".join(bodies), title, *to]
    assert body(lines)[0] == whole


LIST = ["两会现场展新貌", TITLE, "云溪食堂今年评出十家星级食堂"]


@pytest.mark.parametrize("facts_of_page", ["下一篇4 2024年3月5日 放大 缩小 默认", "来源：云溪日报 2024-03-05"])
def test_the_headline_of_a_list_that_stands_again_below_the_facts_is_the_headline(facts_of_page: str) -> None:
    assert body([*LIST, facts_of_page, TITLE, *TEXT])[0] == TITLE


def test_no_headline_goes_on_across_the_facts_of_a_page() -> None:
    (article,) = split(Extract(tuple(map(Block, ["首次设司", *LIST, "来源：云溪日报", TITLE, *TEXT])), wrapped=False))
    assert article.title is not None
    assert article.title.value == TITLE


def test_labels_and_values_in_cells_are_the_pages_and_one_names_the_headline() -> None:
    rows = [
        "索引号: | 014207264/2024-00377 | 分类: | 综合政务\\应急管理 通知 | ||",
        "成文日期: | 2024-03-05 | 发布日期: | 2024-03-06 | 有效性: | 有效 |",
        "名称: | 云溪县人民政府办公室关于助餐的通知 |",
    ]
    to = ["各乡镇人民政府：", "为进一步规范助餐，现将办法印发给你们，请认真执行。"]
    assert body([*rows, *to]) == ("云溪县人民政府办公室关于助餐的通知", to)


def test_a_row_of_a_table_keeps_its_last_stroke() -> None:
    assert body([*REPORT, "食堂|三十家|松台|", TEXT[0]])[1][2] == "食堂|三十家|松台|"


def test_an_address_and_a_day_glued_to_a_headline_are_facts_of_the_page() -> None:
    lines = [f"{TITLE}http://www.yunxi.example.cn 2024年03月05日 21:46 YXTV《云溪新闻联播》", *TEXT]
    assert body(lines) == (TITLE, TEXT)
    assert page_facts(*facts(lines)) == {"日期": "2024年03月05日"}


def test_a_row_whose_entries_end_alike_is_a_menu_and_one_of_places_in_a_text_stays() -> None:
    row = "松台镇信息公开 青禾镇信息公开 石磊乡信息公开 白露街道信息公开"
    assert body([row, *REPORT]) == (TITLE, TEXT)
    places = "松台镇 青禾镇 石磊镇 白露镇"
    assert body([*REPORT[:2], places, REPORT[2]]) == (TITLE, [TEXT[0], places, TEXT[1]])


@pytest.mark.parametrize("headline", ["❤云溪县召开养老助餐推进会", "🎉云溪县召开养老助餐推进会🎉"])
def test_a_headline_may_have_pictographs(headline: str) -> None:
    assert body([headline, *TEXT]) == (headline, TEXT)


def test_a_row_of_bodies_is_to_whom_a_paper_goes_and_no_menu() -> None:
    row = "松台县民政局 青禾县民政局 石湖县民政局 云溪县民政局"
    kept = body([TITLE, row, *TEXT])[1]
    assert "".join(kept[0].split()) == "".join(row.split())


@pytest.mark.parametrize("heading", ["好书推荐", "亲子阅读", "山货排行"])
def test_a_heading_that_ends_as_boxes_do_keeps_what_is_below_it(heading: str) -> None:
    assert body([*REPORT, heading, *ELSEWHERE])[1] == [*TEXT, heading, *ELSEWHERE]
