"""The first lines of an article, each with one role, and what a site puts under it."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from indexer.articles.articles import Article, split
from indexer.articles.labels import facts_in, is_page_facts
from indexer.articles.lines import lines_of
from indexer.articles.official import NUMBER, is_head_line
from indexer.articles.parts import parts_of
from indexer.articles.tail import without_tail
from indexer.extract import Block, Extract, Hints

TEXT = "3月5日，云溪市民政局召开老年助餐推进会。\n会议要求，饭菜要热，价钱要公道。"


def article(text: str) -> Article:
    (one,) = split(Extract(tuple(Block(line) for line in text.split("\n")), wrapped=True))
    return one


def shown(text: str) -> tuple[str, list[str]]:
    """Headline and lines of an article."""
    found = article(text)
    return found.title.value if found.title else "", [line.bare for line in found.lines]


@pytest.mark.parametrize(
    "front",
    [
        "云溪市召开老年助餐推进会",
        "云溪民政网\n\n云溪市召开老年助餐推进会",
        "工作动态\n\n工作动态\n\n云溪市召开老年助餐推进会\n\n2024-03-06 09:10",
        "當前位置:\n\n云溪新聞網\n\n>\n\n民政\n\n云溪市召开老年助餐推进会\n\n新聞來源:云溪報",
        "原标题：云溪市召开老年助餐推进会",
        "云溪市人民政府 无障碍浏览 长者模式\n云溪市召开老年助餐推进会",
        "云溪市召开老年助餐推进会来源：云溪网 作者： 发布时间：2024-03-06 09:10 浏览次数：12【字体：大 中 小】",
        "云溪市召开老年助餐推进会\n来源：\n云溪日报\n【字体：\n大\n中\n小\n】",
        "云溪市召开老年助餐推进会\n来源: 发布时间:2024-03-06 字体:[ ]",
        "云溪市召开老年助餐推进会\n发布时间 2024-03-06  字号 大 中 小",
        "云溪市召开老年助餐推进会\n来源:市民政局 上传于:2024-03-06 09:10:02",
        "云溪市召开老年助餐推进会\n2024年03月06日 来源:云溪日报 作者:白露\n0 收藏 打印 增大字体 减小字体",
        "云溪市召开老年助餐推进会\n本报记者 白露 摄",
        "云溪市召开老年助餐推进会\n<image>data:image/png,AAAA</image>",
    ],
)
def test_what_stands_above_a_text_is_named_and_the_headline_found(front: str) -> None:
    assert shown(f"{front}\n{TEXT}") == ("云溪市召开老年助餐推进会", TEXT.split("\n"))


@pytest.mark.parametrize(
    ("text", "title", "header"),
    [
        ("让老人吃上\n一口热饭\n百家食堂开张\n" + TEXT, "让老人吃上一口热饭百家食堂开张", []),
        (
            "局长给老人回信\n\n发布时间：2024-03-06 09:10 | 来源：云溪网\n\n把热饭送到楼上\n\n副市长出席推进会\n\n"
            + TEXT,
            "局长给老人回信",
            ["把热饭送到楼上", "副市长出席推进会"],
        ),
        (
            "政府工作报告\n――2024年1月9日在云溪市第五届人民代表大会上\n市长 白露\n各位代表：\n现在，我报告工作。",
            "政府工作报告",
            ["――2024年1月9日在云溪市第五届人民代表大会上", "市长 白露"],
        ),
        (
            "在全县助餐会上的讲话\n县民政局　白露\n2024 年 3 月 5 日\n同志们：\n要实干。",
            "在全县助餐会上的讲话",
            ["县民政局　白露", "2024 年 3 月 5 日"],
        ),
        # who came is told under a headline
        (
            "云溪市老年助餐推进会召开\n副市长白露出席并讲话\n" + TEXT,
            "云溪市老年助餐推进会召开",
            ["副市长白露出席并讲话"],
        ),
        # minutes and bulletins: who issues them and when stands between their head and their text
        (
            "云溪县民政局党组会议纪要\n（第3次）\n云溪县民政局办公室　　　2024年3月8日\n" + TEXT,
            "云溪县民政局党组会议纪要",
            ["（第3次）", "云溪县民政局办公室　　　2024年3月8日"],
        ),
        (
            "工作简报\n第3期\n云溪县民政局办公室　　　2024年3月8日\n────────\n百家食堂开张\n\n" + TEXT,
            "百家食堂开张",
            ["云溪县民政局办公室　　　2024年3月8日"],
        ),
        # a column between the headline and the facts of the page
        (
            "云溪市民政局局长白露：饭菜要热\n一线访谈\n2024年3月6日 09:10 来源：云溪日报\n"
            "“价钱要公道。”3月5日，云溪市民政局局长白露说，饭菜要热。",
            "云溪市民政局局长白露：饭菜要热",
            ["一线访谈"],
        ),
    ],
)
def test_lines_between_headline_and_text_stand_alone(text: str, title: str, header: list[str]) -> None:
    found = article(text)
    assert (found.title and found.title.value, [line.bare for line in found.lines if line.alone][: len(header)]) == (
        title,
        header,
    )


def test_who_issues_and_when_stands_under_the_headline() -> None:
    title, lines = shown(f"政协委员视察老年助餐\n政协云溪市委员会　2024年3月6日\n{TEXT}")
    assert (title, lines[0], lines[1:]) == ("政协委员视察老年助餐", "政协云溪市委员会　2024年3月6日", TEXT.split("\n"))


def test_what_follows_the_facts_said_again_is_the_sites() -> None:
    facts = "2024-03-06 09:10"
    text = f"云溪市召开老年助餐推进会\n{facts}\n{TEXT}\n{facts}\n进博会今日开幕\n来自云溪的小哥,总工会"
    assert shown(text)[1] == TEXT.split("\n")


def test_what_stands_under_the_facts_of_a_page_continues_no_headline() -> None:
    title, lines = shown(f"副局长对助餐提出三点要求\n2024-03-06 09:10\n大社会 2024年11期\n\n{TEXT}")
    assert (title, lines[0]) == ("副局长对助餐提出三点要求", "大社会 2024年11期")
    assert shown(f"云溪市老年助餐推进会会议\n在京召开\n\n2024-03-06\n\n{TEXT}")[0] == "云溪市老年助餐推进会会议在京召开"


def test_the_only_line_without_an_end_mark_names_the_text_below_it() -> None:
    long = (
        "为了让老人吃上热饭，县民政局局长白露一连几天到十九个镇的食堂看厨房、看菜价、看账本，"
        "把老人的话一一记在本子上，回来就办，办完再去看一遍。"
    )
    title, lines = shown(f"民政局加强春节期间监管\n{long}\n会议要求，价钱要公道。")
    assert (title, lines) == ("民政局加强春节期间监管", [long, "会议要求，价钱要公道。"])
    assert shown(f"云溪民政服务在线\n{long}\n会议要求，价钱要公道。")[0] == ""


def test_a_bulletin_is_named_by_its_headline_and_not_by_its_own_name() -> None:
    found = article(f"云溪工作信息\n第12期\n云溪市民政局办公室编 2024年3月6日\n老干部视察老年助餐推进会\n{TEXT}")
    assert (found.title and found.title.value, [line.bare for line in found.lines]) == (
        "老干部视察老年助餐推进会",
        ["云溪市民政局办公室编 2024年3月6日", *TEXT.split("\n")],
    )
    assert ("公文版头", "云溪工作信息") in found.furniture


def test_headline_and_greeting_on_one_line_are_parted() -> None:
    title, lines = shown("在全县助餐会上的讲话同志们，今天我讲三点。一是要实干，二是要细致，三是要长久。")
    assert (title, lines[0][:3]) == ("在全县助餐会上的讲话", "同志们")


def test_who_speaks_and_when_may_stand_on_that_line_too() -> None:
    found = article("在全县助餐会上的讲话 局长 白露 2024年3月5日 同志们：今天我讲三点。一是要实干，二是要细致。")
    assert (found.title and found.title.value, [line.bare for line in found.lines][:2]) == (
        "在全县助餐会上的讲话",
        ["局长 白露", "2024年3月5日"],
    )


@pytest.mark.parametrize(
    "tail",
    [
        "本文为云溪网原创文章，转载请附上出处和链接。",
        "赞(0) 打赏\n未经允许不得转载:云溪网 » 推进会\n关于云溪网",
        "扫一扫在手机打开当前页\n账号+密码登录\n还没有账号?\n立即注册",
        "編輯:白露\n校對:青禾\n特別聲明:以上內容為用戶上傳,本平臺僅提供存儲。",
        "信息部网站备案:云ICP备01234567号\n免责声明:本站部分信息来自互联网,如有侵权请告知!",
        "清河市召开养老工作会议\n我市部署防汛救灾工作\n市民政局开展主题党日活动",
        "·清河市召开养老工作会议 2024-03-01\n·我市部署防汛救灾工作 2024-03-02",
        "3f2a9c7b1e5d4a6f8b0c2d4e6f8a0b1c",
        "主办：云溪市临湖区民政局 云公网安备00000000000000号",
        "一审：白露 二审：青禾 三审：杨柳",
        "白科长发表讲话\n领导为助餐点揭牌",
        "（编辑：白露）\n进博会今日开幕\n来自云溪的小哥,总工会",
        "（责任编辑：白露）\n标签推荐\n频道精选\n去看本文专题",
        "申明:本站新闻未经书面同意不得复制\n云溪民政网 版权所有 | 电话:0715-0000000\n建议使用1024×768分辨率",
        "声明:本文已注明出处,如有侵权请告知!联系邮箱:a@b.cn",
        "来源 云溪时报\n通讯员 白露 青禾\n编辑 杨柳",
        "2024-03-06,118| 2024-03-05,117| 2024-03-04,116",
        "云溪成立助餐联盟云溪在线网\n清河举行赛龙舟活动云溪在线网\n白云山步道今日开放云溪在线网",
    ],
)
def test_what_a_site_puts_under_a_text_is_left_out(tail: str) -> None:
    assert shown(f"云溪市召开老年助餐推进会\n{TEXT}\n{tail}")[1] == TEXT.split("\n")


def test_an_annex_and_a_signature_are_no_tail() -> None:
    text = "关于做好老年助餐的通知\n各县民政局：\n现通知如下。\n附件：助餐点名单\n云溪市民政局\n2024年3月5日"
    assert shown(text)[1][-3:] == ["附件：助餐点名单", "云溪市民政局", "2024年3月5日"]


def test_a_label_without_a_colon_says_the_source_and_a_sentence_that_begins_so_stays() -> None:
    assert article(f"云溪市召开老年助餐推进会\n{TEXT}\n来源 云溪时报").facts == ("来源：云溪时报",)
    last = "编辑 部里的同志要下沉一线，把饭菜送到老人手上。"
    assert shown(f"云溪市召开老年助餐推进会\n{TEXT}\n{last}")[1][-1] == last


def test_the_time_for_a_long_tail_grows_with_its_length() -> None:
    def seconds(times: int) -> float:
        blocks = [Block(TEXT), Block("相关阅读"), *map(Block, ["清河市养老"] * times)]
        assert without_tail(blocks, []) == blocks[:1]
        return cpu_seconds(lambda: without_tail(blocks, []))

    seconds(10)
    assert seconds(20_000) < 8 * seconds(5_000) + 0.2


# --- official papers --------------------------------------------------------------------------------------------


def test_of_the_head_of_an_official_paper_its_number_is_kept_as_text() -> None:
    found = article(
        "特急\n云溪市民政局文件\n云民发〔2024〕7号　　签发人：白露\n云溪市民政局\n关于做好老年助餐的通知\n"
        "各县（区）民政局：\n现通知如下。\n云溪市民政局\n2024年3月5日\n云溪市民政局办公室　2024年3月6日印发"
    )
    assert found.title and found.title.value == "云溪市民政局关于做好老年助餐的通知"
    assert found.official == ("特急", "云溪市民政局文件", "云民发〔2024〕7号　　签发人：白露")
    lines = ["云民发〔2024〕7号", "各县（区）民政局：", "现通知如下。", "云溪市民政局", "2024年3月5日"]
    assert [line.bare for line in found.lines] == lines
    assert ("公文版头", "签发人：白露") in found.furniture


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("云民发〔2024〕7号", True),
        ("云民函[2024]12号", True),
        ("云溪市人民政府令", True),
        ("第79号", True),
        ("机密★1年", True),
        ("000012", True),
        ("云溪市民政局召开会议", False),
        ("各县（区）民政局：", False),
        ("根据云民发〔2024〕7号文件，现通知如下。", False),
    ],
)
def test_what_is_a_line_of_the_head(line: str, head: bool) -> None:
    assert is_head_line(line) is head


def test_a_document_number_is_found_in_any_brackets() -> None:
    assert [bool(NUMBER.search(f"云民发{a}2024{b}7号")) for a, b in ("〔〕", "[]", "【】", "（）")] == [True] * 4


# --- labels -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "values", "opened"),
    [
        ("来源: 发布时间:2024-05-03", {"发布时间": "2024-05-03"}, ""),
        ("更新時間:2024-11-01 20:03:37", {"更新时间": "2024-11-01 20:03:37"}, ""),
        ("来源：", {}, "来源"),
        # a row: every part is of the page, and a day without a label is the page's
        (
            "云溪市民政局　　www.yunxi.example.cn　　2022年05月26日",
            {"日期": "2022年05月26日", "来源": "云溪市民政局"},
            "",
        ),
        ("民政局 2023-05-19 10:11", {"日期": "2023-05-19"}, ""),
        ("浏览（12） 2023-05-19 星期五", {"日期": "2023-05-19"}, ""),
        ("成文日期：2023-05-19　浏览：12", {"成文日期": "2023-05-19", "浏览": "12"}, ""),
        ("生效日期：2023年5月19日", {}, ""),
        ("23.02.2024  20:08", {"日期": "2024.02.23"}, ""),
    ],
)
def test_labels_are_read_token_by_token(line: str, values: dict[str, str], opened: str) -> None:
    found = facts_in(line)
    assert (found.values, found.open) == (values, opened)


@pytest.mark.parametrize(
    ("line", "of_the_page"),
    [
        ("云溪市民政局　www.yunxi.example.cn　2022年05月26日　来源：云溪市民政局", True),
        ("供稿单位：婚姻登记处　发布时间：2023-05-06", True),
        ("文章出处：本站原创 发布时间：2010年05月06日 浏览数：556", True),
        ("2010年05月06日 星期四 来源：云溪日报", True),
        ("云溪日报 2023-05-06", True),
        ("云溪市民政局 2023-05-06", False),
        # who signs a paper and when; when something is to take place; a sentence
        ("云溪市民政局　2023年5月6日", False),
        ("报名时间：2023年5月6日　地点：三楼会议室", False),
        ("请于2023年5月6日 10:00 前报送", False),
    ],
)
def test_a_row_of_page_facts_has_nothing_else_in_it(line: str, of_the_page: bool) -> None:
    assert is_page_facts(line) is of_the_page


# --- one article ------------------------------------------------------------------------------------------------


def test_a_speech_under_a_column_name_is_no_digest() -> None:
    text = "云溪要闻\n在全县助餐会上的讲话\n同志们：\n今天开会。\n"
    text += "一、要实干\n要实干。\n二、要细致\n要细致。\n三、要长久\n要长久。"
    lines, _ = lines_of(Extract(tuple(map(Block, text.split("\n"))), wrapped=True))
    assert len(parts_of(lines)) == 1


def test_the_time_for_a_front_of_labels_grows_with_its_length() -> None:
    def seconds(times: int) -> float:
        text = "云溪召开推进会\n" + "来源：" * times + "\n" + "2024年3月5日 来源:" * times + "\n" + TEXT
        return cpu_seconds(lambda: article(text))

    seconds(10)
    assert seconds(20_000) < 8 * seconds(5_000) + 0.2


def test_a_byline_under_the_headline_that_the_format_gave_stands_above_the_text() -> None:
    lines = ("云溪市民政工作报告", "（2024年3月5日）", "云溪市民政局局长　卓一帆", "发布时间：2024-03-08 来源：办公室")
    blocks = tuple(map(Block, (*lines, "各位代表：", "现在，我作工作报告，请予审议。")))
    (one,) = split(Extract(blocks, wrapped=False, hints=Hints(title=lines[0])))
    assert (one.title and one.title.value, one.facts) == (lines[0], lines[3:])
    assert [(line.bare, line.alone) for line in one.lines][:2] == [(lines[1], True), (lines[2], True)]
