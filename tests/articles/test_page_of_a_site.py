"""What sites run together with a headline, or set beside it, is theirs: menus, accounts, their own name, labels."""

from __future__ import annotations

import pytest
from conftest import value
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.articles.furniture import furniture
from indexer.articles.labels import is_page_facts, page_facts
from indexer.extract import Block, Extract
from tests.facts.test_metadata import facts

DAY = "2024-05-16 09:10 云溪"


@pytest.mark.parametrize(
    "headline",
    [
        f"云溪生活网首页资讯民生县域健康教育{REPORT[0]}",
        f"{REPORT[0]} - 助餐动态 - 云溪县融媒体中心",
        f"{REPORT[0]}_助餐动态_云溪新闻网",
    ],
)
def test_a_headline_is_freed_of_the_menu_before_it_and_the_sites_behind_it(headline: str) -> None:
    (found,) = split(Extract(tuple(map(Block, [headline, *REPORT[1:]])), wrapped=False))
    assert (value(found.title), [line.bare for line in found.lines]) == (REPORT[0], REPORT[1:])
    assert "".join(text for _, text in found.furniture) == headline.replace(REPORT[0], "")


@pytest.mark.parametrize(
    "headline",
    [
        "首页专栏办得怎样：云溪县助餐网站评估情况",  # 首页 begins what the text says
        "云溪县助餐推进会-白露同志讲话",  # no site behind the stroke
    ],
)
def test_a_headline_stays_whole_where_nothing_shows_a_site(headline: str) -> None:
    assert body([headline, *REPORT[1:]])[0] == headline


@pytest.mark.parametrize(("account", "is_title"), [("五月田野小站", False), ("让老人吃上热饭", True)])
def test_whose_account_it_is_stands_between_headline_and_day(account: str, is_title: bool) -> None:
    headline = "我市召开会议推进助餐工作，老人都说好"
    title, lines = body([headline, account, DAY, *REPORT[1:]])
    assert (title, lines) == (headline + account if is_title else headline, REPORT[1:])


def test_the_body_above_a_trail_owns_the_site_and_issues_nothing() -> None:
    site, trail = "景宁县人民政府", "您当前的位置: 首页 > 鹤溪街道 > 动态"
    found = facts("\n".join((site, trail, "街道召开助餐推进会", "5月15日，街道召开助餐推进会。")))
    assert (value(found.issuer), value(found.region)) == (None, "浙江")
    assert value(facts(f"{site}\n关于开办食堂的通知\n各乡镇：\n请开办食堂。\n2024年5月15日").issuer) == site


@pytest.mark.parametrize(
    ("site", "region"), [("睢宁民政网 WWW.SN.EXAMPLE", "江苏"), ("睢宁生活网", None), ("新安晚报网", None)]
)
def test_the_site_of_a_bureau_tells_where_its_pages_are_from(site: str, region: str | None) -> None:
    lines = (site, "首页 > 基层动态", "街道召开助餐推进会", "5月15日，街道召开助餐推进会。")
    assert value(facts("\n".join(lines)).region) == region


def test_a_column_in_brackets_is_nobody_who_speaks() -> None:
    headline = "三十家食堂，今日开张"
    lines = [
        "YUNXI NEWS 云溪传媒网",
        "今天是：2025年3月6日 星期四 多云",
        "导航：要闻 / 时政 / 乡镇",
        "【时政】",
        headline,
    ]
    (found,) = split(
        Extract(tuple(map(Block, [*lines, "发布：2024-05-16 17:06 来源：云溪网", *REPORT[1:]])), wrapped=True)
    )
    assert (value(found.title), [line.bare for line in found.lines]) == (headline, REPORT[1:])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("今天是：2025年3月6日 星期四 多云", "按钮"),
        ("今天是2025年3月6日，我们开会", ""),
        ("今天是3月5日 学雷锋纪念日", ""),
        ("推荐阅读：《老年人权益保障法》释义", ""),
        ("导航：要闻 / 时政 / 乡镇 / 人物", "导航"),
        ("【广告】年货节满减，点击领取>>", "广告"),
        ("□广告 云溪消夏月 门票买二赠一", "广告"),
        ("广告牌一律拆除", ""),
        ("#助餐服务 5 个", "标签"),
        ("#助餐服务 #热饭", "标签"),
        ("#工作总结", ""),  # a heading of Markdown without its blank
        ("收录于合集 #助餐", "标签"),
        ("收录于合集，发表于2024年", ""),
        ("【 双击自动滚屏 】 【 发表评论 】 【 打印此文 】", "按钮"),
        ("【重点】 【难点】 【亮点】", ""),
        ("【2024-05-16】 【云溪网】 【打印此文】", ""),  # it says when
        ("> 上一页：食堂开张    > 下一页：没有了", "翻页"),
        ("上一个：食堂开张", "翻页"),
        ("★★★★☆ 4.2分   下载次数 37", "下载"),
        ("¥ 8.00 立即下载   加入收藏", "下载"),
        ("★★★★★ 云溪县社会福利院", ""),
        ("￥100 助餐补贴 每月", ""),
        ("请将表格资料下载后填写，于5月10日前报送", ""),
        ("09:00 / 10:30", ""),
        ("广告位设置规范", ""),
        ("评分：★★★★☆  收藏  举报  分享", "下载"),
        ("该文档为免费预览版，下载后可阅读全文", "下载"),
        ("亲，该文档总共6页，到这儿已超出免费预览范围，如果喜欢就下载吧！", "下载"),
        ("请下载全文后填写", ""),
        ("广告位招租 QQ：83140026", "广告"),
        ("推荐阅读：云溪新城区最新房价走势", "推荐"),
        ("00:00 / 02:17", "按钮"),
        ("T大　T小", "按钮"),
        ("点击进入>>云溪福利彩票走势图", "提示"),
        ("亲，该文档总共4页，到此已预览完，如果喜欢就下载吧！", "下载"),
        (">>> 当前栏目：助餐", "位置"),
        ("所属栏目：助餐 发布时间：2024-05-16", ""),
        ("B1版编辑 白露 美编 青禾 校对 卓一帆", "编辑"),
        ("编辑 白露", ""),
        ("本帖最后由 白露 于 2024-5-16 22:31 编辑", "论坛"),
    ],
)
def test_a_line_shows_by_its_form_that_it_is_the_pages(line: str, kind: str) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[索引号] D31-24 [所属主题]助餐[发文日期] 2024-05-16 [公开方式]主动公开", {"发文日期": "2024-05-16"}),
        ("2024年5月16日 云溪时报 B1·县域", {"日期": "2024年5月16日"}),
        ("2024.05.16 周四 A3版 要闻", {"日期": "2024.05.16"}),
        ("2024-05-16 18:05 云溪县融媒体中心 阅读 2163", {"来源": "云溪县融媒体中心"}),
        ("2024-05-16 15:20:08 | 来源：云溪网 | 分享： QQ  微信  微博 | 我要纠错", {"来源": "云溪网"}),
        ("来源：云溪县融媒体中心  作者：白露 章小明  编辑：青禾  2024-05-16 09:37:05", {"日期": "2024-05-16"}),
        ("原创 云溪民政 云溪民政 2024年05月16日 18:56 云溪", {"日期": "2024年05月16日"}),
        ("时间：2024-05-16 09:31　来源：助餐股　点击量：<script src=hits.asp?id=4></script>次", {"来源": "助餐股"}),
    ],
)
def test_facts_of_a_page_in_other_forms(line: str, expected: dict[str, str]) -> None:
    stated = page_facts(line)
    assert (is_page_facts(line), {name: stated[name] for name in expected}) == (True, expected)


@pytest.mark.parametrize("line", ["【重点】【难点】办好食堂", "2024年5月16日 云溪县食堂 要闻"])
def test_brackets_and_days_alone_state_nothing_of_a_page(line: str) -> None:
    assert not is_page_facts(line)


def test_an_accounts_row_says_when_it_was_put_up_and_the_line_above_is_the_headline() -> None:
    headline = "这堂课，讲的是“怎么做热饭”"
    lines = ["查看原文", "", headline, "", "原创 白露 云溪助餐 2024-05-16", "", *REPORT[1:]]
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    assert (value(found.title), found.facts) == (headline, ("原创 白露 云溪助餐 2024-05-16",))


@pytest.mark.parametrize("box", ["相关资源  更多", "推荐文档"])
def test_names_of_files_that_a_site_offers_are_no_annexes(box: str) -> None:
    files = ["局长在清明节会上的发言.docx", "公墓建设汇报材料.docx"]
    assert body([*REPORT, "第2页 / 共4页", box, *files]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "附件：", *files])[1] == [*REPORT[1:], "附件：", *files]


def test_who_took_the_pictures_goes_with_who_edited_though_the_name_is_a_word() -> None:
    assert body([*REPORT, "供稿：云溪县民政局", "图片：连绵", "编辑：白露"]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "记录：连绵", "编辑：白露"])[1] == [*REPORT[1:], "记录：连绵"]


def test_a_rule_below_the_text_goes_with_what_follows() -> None:
    assert body([*REPORT, "━━━━━━━━", "相关阅读："]) == (REPORT[0], REPORT[1:])


def test_a_sites_name_is_no_headline_though_the_facts_below_say_it_again() -> None:
    lines = ["银龄视界网", "首页 资讯 政策 机构 福彩3D 快乐8", *REPORT[1:], "来源：银龄视界网", "上一篇：食堂开张"]
    assert body(lines) == ("", REPORT[1:])


def test_a_transcript_that_says_what_it_is_in_brackets_is_one_text() -> None:
    headline = "云溪养老服务新闻发布会（文字实录）"
    said = ["白露：", "各位记者朋友，上午好！", "记者：", "请问食堂怎么办？", "青禾：", "办好为止。"]
    day = "2024-05-16 15:20:08 | 来源：云溪网"
    assert body([headline, day, "时间：5月16日上午", *said])[1][-6:] == said


def test_a_row_of_who_posts_and_how_often_it_was_seen_begins_a_post() -> None:
    row = "青禾 | 发表于 2024-5-16 14:20:51 | 查看: 771 | 回复: 2"
    answer = [
        "收藏  0  支持  反对  举报",
        "使用道具",
        "白露 | 发表于 2024-5-17 16:02:17 来自手机",
        "沙发",
        "早该开了！",
    ]
    assert body(["云溪生活圈", row, "只看该作者  电梯直达  楼主", *REPORT[1:], *answer]) == ("", REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "简介云溪市启动助餐服务，三十家食堂当天开张……",
        "摘要：云溪市启动助餐服务，三十家食堂当天……",
        "原创 云溪民政 云溪民政",
    ],
)
def test_a_summary_that_a_site_cut_off_and_whose_account_it_is_are_no_headline(line: str) -> None:
    assert body([REPORT[0], "云溪热线 2024-05-16 07:30", line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


def test_the_name_of_a_record_stands_behind_its_label() -> None:
    assert body([f"信息名称　{REPORT[0]}", "索引号　014210378/2023-00934", *REPORT[1:]])[0] == REPORT[0]


def test_steps_that_end_a_text_are_its_own() -> None:
    steps = ["第一步　群众提事", "第二步　支部定事", "第三步　会上议事", "第四步　大家办事", "第五步　公开评事"]
    assert body([*REPORT, *steps, "[ 责任编辑：白露 ]", "打赏"])[1] == [*REPORT[1:], *steps]


def test_who_wrote_and_edited_below_the_end_of_a_text_are_no_headline() -> None:
    title, lines = body([*REPORT, "（完）", "作者：白露 编辑：青禾", "发表评论 推荐给朋友 打印本稿", "相关报道"])
    assert (title, lines[:2]) == (REPORT[0], REPORT[1:])
    assert "作者" not in "".join(lines)


def test_a_row_of_facts_before_the_first_sentence_on_its_line_is_the_pages() -> None:
    lead = "5月15日，我市召开助餐推进会，副市长卓一帆出席会议并讲话，各县民政局负责人参加。"
    row = "2024-05-16 21:17:40 来源：云溪发布 编辑：白露 阅读：1.2万"
    (found,) = split(Extract((Block(REPORT[0]), Block(f"{row} {lead}"), Block(REPORT[2])), wrapped=False))
    assert (value(found.title), [line.bare for line in found.lines], found.facts) == (
        REPORT[0],
        [lead, REPORT[2]],
        (row,),
    )
    told = "时间：3月5日 地点：云溪县民政局会议室，参加人员为各股室负责人，请准时到会并带上第一季度的工作总结材料。"
    assert body([*REPORT[:2], told])[1][-1] == told


@pytest.mark.parametrize(
    ("above", "left_out"),
    [
        # the site straight above its facts is no headline, though its reports begin with its name
        (["云溪在线", "2024-05-16 08:30:15 | 云溪在线客户端"], {"站名栏目", "页面信息"}),
        # columns of a site, one to a line, are no first lines of a headline
        (["云溪县养老网", "助餐园地"], {"站名栏目", "导航"}),
        (["微信号 yxmz0898", "功能介绍 云溪县民政局官方公众号，发布助餐政策，回应老人关切。"], {"站名栏目"}),
        (["索 引 号：yx/2024-00418", "公开方式：主动公开"], {"页面信息"}),
        (["云溪县人民政府 政府信息公开平台"], {"站名栏目", "公文版头"}),
        (["信息公开目录", "索 引 号：\t006941303/2024-00187"], {"站名栏目", "页面信息"}),
        (["云溪县人民政府门户网站 今天是:"], {"按钮"}),
        (["云溪新闻发布 发布会实录"], {"站名栏目", "导航"}),
        (["云溪县民政局 通知公告"], {"站名栏目", "公文版头"}),
        (["云溪晨报数字报"], {"站名栏目"}),
        (["复制链接", "电梯直达 1#"], {"按钮", "论坛"}),
        (["云溪客户端 3-28 19:46 关注 播放 00:00 / 02:17 倍速 高清 全屏"], {"按钮"}),
    ],
)
def test_what_a_site_has_above_the_headline_is_left_out_by_name(above: list[str], left_out: set[str]) -> None:
    lines = [
        *above,
        REPORT[0],
        "作者： admin　　添加时间： 2024-05-16 14:10:52",
        "云溪在线讯 " + REPORT[1],
        *REPORT[2:],
    ]
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    assert value(found.title) == REPORT[0]
    names = {name for name, text in found.furniture if text in above}
    assert names <= left_out and {text for _, text in found.furniture} >= set(above)


def test_a_line_with_the_address_of_a_site_is_no_headline_and_its_name_goes() -> None:
    site = ["云溪新闻网 www.yx.example", "首页 时政 经济 图片 专题", "2024-05-16  来源:云溪新闻网  记者:白露"]
    assert body([f"{REPORT[0]}--云溪新闻网", *site, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "facts_line", ["本文来源: 云溪民政信息", "[日期：2024-05-16] [来源：云溪县民政局] [作者：佚名]"]
)
def test_whose_report_it_is_above_the_text_closes_none(facts_line: str) -> None:
    lead = "5月15日，云溪县召开助餐推进会，让老人吃上热饭。"
    title, lines = body([REPORT[0], "2024-05-16 14:10", facts_line, lead, *REPORT[2:]])
    assert (title, lines) == (REPORT[0], [lead, *REPORT[2:]])


def test_facts_run_together_with_the_headline_are_found_whatever_blanks_they_have() -> None:
    stated = "发布日期：2024 - 05 - 16 16 : 35浏览次数：76来源： 云溪县民政局 字体：[大 中 小]"
    assert body([f"云溪县召开助餐推进会{stated}", *REPORT[1:]])[0] == "云溪县召开助餐推进会"
    assert page_facts(stated)["来源"] == "云溪县民政局"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("⬅ 上一篇 让老人吃上热饭 食堂开张", "翻页"),
        ("→ 上一条 食堂飘满院", "翻页"),
        ("下一篇4　食堂丰收季 订单飞进村", "翻页"),
        ("上一篇文章讲了食堂。", ""),
        ("功能介绍会召开", ""),
        ("功能介绍：食堂可以预约。", ""),
    ],
)
def test_a_pager_has_a_blank_for_its_colon(line: str, kind: str) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("颍上县八里河镇人民政府信息公开", "阜阳颍上"),
        ("巴里坤哈萨克自治县民政局 主办 邮编：839200", "哈密巴里坤"),
        ("Copyright 2024 睢宁县民政局 苏ICP备05000000号", "徐州睢宁"),
        ("友情链接：河南省民政厅 鹤壁市政府网", None),
    ],
)
def test_who_has_the_site_tells_where_its_pages_are_from(row: str, place: str | None) -> None:
    lines = ["我镇召开助餐推进会", "2024-05-16 09:10 浏览：3次", *REPORT[1:], "上一条：食堂开张了"]
    at = 0 if "信息公开" in row else len(lines)
    assert value(facts("\n".join((*lines[:at], row, *lines[at:]))).place) == place


def test_a_headline_of_two_lines_stays_whole_above_who_came() -> None:
    headline = ["全市农村低保与扶贫开发制度", "衔接工作会议召开"]
    lead = "5月15日，全市农村低保与扶贫开发制度衔接工作会议召开。"
    title, lines = body([*headline, "卓一帆出席并讲话", lead, *REPORT[2:]])
    assert (title, lines[0]) == ("".join(headline), "卓一帆出席并讲话")


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        (["云溪民政"], "站名栏目"),
        (["信息公开 > 通知公告"], "位置"),
        (["云溪晚刊 2024年05月16日 星期四 今日8版 下载PDF"], "页面信息"),
    ],
)
def test_accounts_trails_and_days_of_papers_above_a_headline_go_by_name(above: list[str], kind: str) -> None:
    (found,) = split(Extract(tuple(map(Block, [*above, *REPORT])), wrapped=False))
    assert (value(found.title), [line.bare for line in found.lines]) == (REPORT[0], REPORT[1:])
    assert {name for name, _ in found.furniture} == {kind}


def test_a_day_with_its_weekday_dates_the_paper_and_a_meeting_with_its_hour_none() -> None:
    assert (
        str(value(facts("云溪晚刊 2024年05月16日 星期四 今日8版\n食堂开张\n饭菜热了，老人满意。").date)) == "2024-05-16"
    )
    line = "2024年05月16日 星期四上午9时 三楼会议室"
    assert line in body(["食堂开张", line, *REPORT[1:]])[1]


def test_a_summary_that_runs_headline_and_text_together_goes() -> None:
    summary = f"【摘要】{REPORT[0]}5月15日，为了让老人吃上热饭……"
    assert body([REPORT[0], "上传者：白露 页数：3", summary, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "facts_row", ["2024-05-16 15:36 来源：云溪县民政局 【纠错】", "作者：区民政局 时间：2024-05-16 11:20:05 点击率：77"]
)
def test_a_page_on_one_line_is_cut_at_its_facts(facts_row: str) -> None:
    text = "5月15日下午，我市召开助餐推进会，让老人吃上热饭。副市长卓一帆出席会议并讲话。" + "会议要求把饭做热。" * 20
    for headline in (REPORT[0], f"{REPORT[0]} 让老人吃上热饭"):
        assert body([f"云溪民政网 地方快讯 {headline} {facts_row} {text}"]) == (headline, [text])
    trail = "云溪市松台区民政局 >> 工作交流 >> 我市召开助餐推进会"  # and the headline below it
    assert body([f"{trail} {REPORT[0]} {facts_row} {text}"]) == (REPORT[0], [text])
    plain = "我市召开会议 讨论助餐 " + text  # no facts of a page between them
    assert "".join(body([plain])[1]).endswith(text[-100:])
