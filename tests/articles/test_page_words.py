"""Lines whose every word is one of pages, and notes of those who publish: left out above and below a text only."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.page_words import is_of_page, is_publishers_note


@pytest.mark.parametrize(
    "line",
    [
        "轻触屏幕右下角按钮",
        "切换到夜间模式",
        "用手机浏览器打开本页",
        "请在客户端内查看全文",
        "开灯",
        "上一节 | 菜单 | 下一节",
        "BACK TO HOME",
        "一键转发给微信好友！",
        "本文共1288字，阅读约需4分钟",
        "全文2000余字 读完大约6分钟",
    ],
)
def test_what_only_a_page_says_is_neither_headline_nor_text(line: str) -> None:
    assert is_of_page(line)
    assert body([line, *REPORT]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize("line", ["往期视频", "往期回顾", "随机文章", "站长推荐", "即时快讯"])
def test_what_stands_below_the_name_of_a_box_is_the_sites(line: str) -> None:
    assert body([*REPORT, line, "某地新车上市", "秋天吃什么好"]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "上下一心",
        "联系方式",
        "信息公开",
        "手机：13900000000",
        "长者食堂",
        "网站建设",
        "大会主席团",
        "未来可期",
        "点击屏幕，打开手机。",
        "公众号：云溪民政",
        "主要内容",
        "工作回顾",
    ],
)
def test_one_word_of_another_matter_makes_it_text(line: str) -> None:
    assert not is_of_page(line)
    assert body([*REPORT, line]) == (REPORT[0], [*REPORT[1:], line])


def test_in_the_middle_of_a_text_it_may_be_a_heading() -> None:
    guide = ["用户注册", "先填写本人姓名。", "账号登录", "再输入收到的数字。"]
    assert body([*REPORT, *guide]) == (REPORT[0], [*REPORT[1:], *guide])


@pytest.mark.parametrize(
    "note",
    [
        "本页文字由网友上传，若侵犯了您的权益，请与我们联系删除。",
        "凡标明“稿件来源：云溪台”的作品，版权归本台所有，未经授权不得转载。",
        "编者注：此篇来自网络，版权归作者，仅供参考，不代表本网立场！",
        "本站免責聲明：文章觀點屬原作者，轉載請註明出處。",
    ],
)
def test_a_publishers_note_is_no_text_of_the_page(note: str) -> None:
    assert is_publishers_note(note)
    assert body([*REPORT, note, "云溪台出品"]) == (REPORT[0], REPORT[1:])
    assert body([REPORT[0], note, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "text",
    [
        "欢迎提供线索，举报电话：0000-1234567，来信请寄云溪市民政局。",
        "要加强网络宣传，用好微信公众号，转载先进经验。",
        "依法保护著作权，查处侵权盗版，未经许可不得传播。",
        "本文所称养老机构，是指依法登记的机构，来源包括新建和改建。",
    ],
)
def test_who_speaks_of_publishing_is_no_publisher(text: str) -> None:
    assert not is_publishers_note(text)
    assert body([*REPORT, text]) == (REPORT[0], [*REPORT[1:], text])
