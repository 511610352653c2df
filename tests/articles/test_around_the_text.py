"""What stands right around a text: headings that head nothing, menus, lists, a headline of two lines."""

from __future__ import annotations

from pathlib import Path

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


def test_names_of_annexes_head_nothing() -> None:
    assert outline(FIRST, "附件：1.先进集体名单", "2.先进个人名单", "3.联系表", SECOND) == []
    assert outline(FIRST, "1.把账晒亮", SECOND) == ["1.把账晒亮"]


def test_a_post_ends_at_the_blank_that_parts_it_from_another_person() -> None:
    text = "发布人：市民政局局长鲁平野　市民政局副局长姜小满　市民政局社会救助科科长青禾"
    end = text.index("青禾")
    assert post_before(text, 0, end)[1] == "市民政局社会救助科科长"
    both = "市民政局党组书记　局长鲁平野"
    assert post_before(both, 0, both.index("鲁"))[1] == "市民政局党组书记　局长"
