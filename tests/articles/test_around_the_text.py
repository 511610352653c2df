"""What stands right around a text: headings that head nothing, menus, lists, a headline of two lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.articles.articles import Article, split
from indexer.articles.lines import Line
from indexer.articles.passages import passages
from indexer.extract import Extract
from indexer.facts.posts import post_before
from indexer.readers import read
from indexer.understand import clean, understand

FIRST = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
SECOND = "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。"
SPEECH = "在全市助餐工作视频会议上的讲话"
WHO = "云溪市民政局党组书记、局长　鲁平野"
WHEN = "（2022年6月15日，根据录音整理，未经本人审阅）"


def extracted(text: str, name: str) -> Extract:
    return read(Path(name), text.encode())


def only(text: str, name: str = "a.txt") -> Article:
    (article,) = split(extracted(text, name))
    return article


def page(*lines: str, menu: str = "") -> str:
    return f"<meta charset=utf-8><title>{SPEECH}</title><body>{menu}{''.join(lines)}</body>"


# --- who speaks and when, set as headings ----------------------------------------------------------------------


def test_who_speaks_and_when_are_read_where_a_page_sets_them_as_headings(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        page(
            f"<h1>{SPEECH}</h1><h4>{WHO}</h4><h4>{WHEN}</h4>",
            f"<p>同志们：</p><p>{FIRST}</p><h4>把账晒亮</h4><p>{SECOND}</p>",
            menu="<div class=menu><a href=/>首页</a><a href=/ld>局领导</a><a href=/jh>讲话</a></div>",
        ),
        encoding="utf-8",
    )
    (document,) = understand(file, "a.html")
    (speaker,) = document.metadata.speakers
    assert (speaker.name, speaker.post) == ("鲁平野", "云溪市民政局党组书记、局长")
    assert document.metadata.date is not None and document.metadata.date.text == WHEN
    assert [(one.text, one.outline) for one in document.passages] == [
        (WHO, ()),
        (WHEN, ()),
        ("同志们：", ()),
        (FIRST, ()),
        ("把账晒亮", ()),
        (SECOND, ("把账晒亮",)),
    ]


def test_a_menu_inside_the_article_is_left_out_by_name_and_a_linked_sentence_is_not() -> None:
    linked = f"<p><a href=/1>{FIRST}</a></p>"
    article = only(
        page(
            f"<h1>{SPEECH}</h1><p>同志们：</p>{linked}<p>{SECOND}</p>",
            menu="<div class=menu><a href=/>首页</a><a href=/jh>讲话</a></div>",
        ),
        "a.html",
    )
    assert [line.bare for line in article.lines] == ["同志们：", FIRST, SECOND]
    assert ("导航", "首页讲话") in article.furniture


# --- lists below a text whose paragraphs are indented ----------------------------------------------------------


def test_entries_of_a_list_below_indented_paragraphs_stay_lines() -> None:
    lines = [
        "关于表彰助餐工作先进集体的决定",
        "",
        "各乡镇人民政府：",
        f"  {FIRST}{SECOND}",
        f"  {SECOND}",
        "",
        "  附件：1.先进集体名单",
        "        2.先进个人名单",
        "",
        "附件1",
        "先进集体名单",
        "（2个）",
        "松台区东岭街道办事处",
        "石桥县社会福利院",
    ]
    article = only("\n".join(lines))
    assert [line.text for line in clean(article)] == [
        "各乡镇人民政府：",
        f"{FIRST}{SECOND}",
        SECOND,
        "附件：1.先进集体名单",
        "2.先进个人名单",
        "附件1",
        "先进集体名单",
        "（2个）",
        "松台区东岭街道办事处",
        "石桥县社会福利院",
    ]


def test_a_broken_line_of_an_indented_paragraph_is_still_joined() -> None:
    paragraphs = (
        FIRST + "这件事看着小，办好了老人天天都能感觉得到。" + SECOND,
        "下一步要把账目公开推到每一个村，" + FIRST,
    )
    rows = [f"　　{whole}"[at : at + 28] for whole in paragraphs for at in range(0, len(whole) + 2, 28)]
    article = only("\n".join(["关于做好助餐工作的通知", "", *rows]))
    assert tuple(line.text for line in clean(article)) == paragraphs


# --- headlines -------------------------------------------------------------------------------------------------


def test_a_headline_goes_on_below_with_and() -> None:
    article = only(f"云溪市民政局2022年工作总结\n和2023年工作安排\n\n　　{FIRST}\n　　{SECOND}")
    assert article.title is not None and article.title.value == "云溪市民政局2022年工作总结和2023年工作安排"


def test_the_name_of_a_form_is_the_headline_of_a_paper_that_has_no_other() -> None:
    article = only(f"主持词\n（2023年2月21日）\n市政府副秘书长 鲁平野\n\n同志们：\n　　{FIRST}\n　　{SECOND}")
    assert article.title is not None and (article.title.value, article.title.how) == ("主持词", "stated")


def test_a_picture_that_tells_a_plan_is_an_explanation(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"一图读懂｜云溪市助餐行动方案\n\n{FIRST}\n\n{SECOND}", encoding="utf-8")
    (document,) = understand(file, "a.txt")
    assert document.metadata.genre is not None and document.metadata.genre.value == "政策解读"


# --- what is stated of a meeting -------------------------------------------------------------------------------


def outline(*lines: str) -> list[str]:
    return [one.text for one in passages([Line(line) for line in lines]) if one.heading]


def test_what_is_stated_of_a_meeting_line_by_line_heads_nothing() -> None:
    stated = ["地点：市政府新闻发布厅", "主持人：市政府新闻办副主任青禾"]
    assert outline(*stated, FIRST, "石桥：账目贴上墙", SECOND) == ["石桥：账目贴上墙"]


def test_headings_without_a_number_below_one_another_are_equals() -> None:
    found = passages(
        [Line(line) for line in ("一月", FIRST, "三月", SECOND, "一、账目", FIRST, "怎样公开", SECOND, "谁来看", FIRST)]
    )
    assert [one.outline for one in found if not one.heading] == [
        ("一月",),
        ("三月",),
        ("三月", "一、账目"),
        ("三月", "一、账目", "怎样公开"),
        ("三月", "一、账目", "谁来看"),
    ]


def test_bodies_that_sign_together_head_nothing() -> None:
    assert outline(FIRST, "云溪市民政局　云溪市财政局", "2021年7月30日", SECOND) == []


def test_nothing_has_no_outline() -> None:
    assert passages([]) == ()


def test_names_of_annexes_head_nothing() -> None:
    assert outline(FIRST, "附件：1.先进集体名单", "2.先进个人名单", "3.联系表", SECOND) == []
    assert outline(FIRST, "1.把账晒亮", SECOND) == ["1.把账晒亮"]


def test_a_post_ends_at_the_blank_that_parts_it_from_another_person() -> None:
    text = "发布人：市民政局局长鲁平野　市民政局副局长姜小满　市民政局社会救助科科长青禾"
    end = text.index("青禾")
    assert post_before(text, 0, end)[1] == "市民政局社会救助科科长"
    both = "市民政局党组书记　局长鲁平野"
    assert post_before(both, 0, both.index("鲁"))[1] == "市民政局党组书记　局长"


# --- the page around its article -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        f"<h2>{WHEN}</h2><p class=author>{WHO}</p>",
        f"<div class=sub>{WHO}　　（2022年6月15日）</div>",
    ],
)
def test_who_speaks_and_when_are_read_outside_the_element_of_the_text_too(tmp_path: Path, above: str) -> None:
    file = tmp_path / "a.html"
    row = "<div>发布日期：2022-07-01 <a href=/s>分享</a></div><div><a href=#>【字号 大 中 小】 打印 留言 网摘</a></div>"
    text = f"<div><p>同志们：</p><p>{FIRST}{SECOND}</p><p>{SECOND}{FIRST}</p></div>"
    file.write_text(page(f"<h1 id=title>{SPEECH}</h1>{above}{row}{text}"), encoding="utf-8")
    (document,) = understand(file, "a.html")
    assert [(one.name, one.post) for one in document.metadata.speakers] == [("鲁平野", "云溪市民政局党组书记、局长")]
    assert document.metadata.date is not None and str(document.metadata.date.value) == "2022-06-15"
    assert not any("字号" in one.text for one in document.passages)


HEADLINE = "云溪市人民政府关于同意石桥县新建道路命名的批复"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (HEADLINE, f"<table><tr><td>{HEADLINE[:13]}<br>{HEADLINE[13:]}</td></tr></table>"),
        (HEADLINE, f"<h1>{HEADLINE}<br><span>2019-10-16　来源：云溪市政府办公室　点击：</span></h1>"),
        (f"云溪日报数字报-{HEADLINE}", f"<div>{HEADLINE}</div>"),
    ],
)
def test_the_headline_that_a_page_is_called_by_is_known_in_whatever_form_it_stands_there(
    title: str, shown: str
) -> None:
    text = f"<div><p>石桥县人民政府：</p><p>{FIRST}{SECOND}</p><p>{SECOND}{FIRST}</p></div>"
    markup = f"<meta charset=utf-8><title>{title}</title><body>{shown}<p>〔2019〕17号</p>{text}</body>"
    article = only(markup, "a.html")
    assert article.title is not None and article.title.value == HEADLINE


def test_the_day_of_a_papers_page_is_read_and_todays_is_not() -> None:
    text = f"<div><p>　　本报讯 6月11日，助餐点开张。{FIRST}</p><p>{SECOND}{FIRST}</p></div>"
    paper = page("<div>云溪日报 &gt; 2019年06月12日 星期三 &gt; 第A02版：要闻</div>", f"<h1>{SPEECH}</h1>", text)
    today = page("<div>今天是2019年06月12日 星期三</div>", f"<h1>{SPEECH}</h1>", text)
    assert [extracted(markup, "a.html").hints.date for markup in (paper, today)] == ["2019年06月12日", ""]


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ("索引号|1134/2023-18|发布机构|云溪市民政局|文号|云民函〔2023〕17号|成文日期|2023-08-29", "云民函〔2023〕17号"),
        ("序号|文号|说明|备注", ""),
        ("索引号|名称|文号|发布日期|1134|办法|云民函〔2023〕17号|2023-08-29", ""),
    ],
)
def test_labels_of_a_table_need_no_colon_where_each_is_answered(cells: str, number: str) -> None:
    table = "".join(f"<td>{cell}</td>" for cell in cells.split("|"))
    text = f"<div><p>{FIRST}{SECOND}</p><p>{SECOND}{FIRST}</p></div>"
    assert extracted(page(f"<table><tr>{table}</tr></table>", text), "a.html").hints.number == number
