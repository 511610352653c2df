"""Of a saved page all text is read: what stands outside the article is named, and nothing of the article is outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer.extract import Block, Extract, Unreadable
from indexer.readers import read

PROSE = [
    "敬老院的灶台要每周查一次，查出的毛病当天修好，修不好的先停用。",
    "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。",
    "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。",
]
LINKS = "".join(f'<li><a href="#">第{n}期助餐简报已经印发</a></li>' for n in range(6))


def page(body: str, title: str = "") -> Extract:
    markup = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
    return read(Path("a.html"), markup.encode())


def texts(extract: Extract) -> list[str]:
    return [block.text.strip("\u3000 ") for block in extract.blocks]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


# --- the article and what stands beside it ---------------------------------------------------------------------


def test_a_body_in_a_layout_table_keeps_the_signature_in_a_row_of_its_own() -> None:
    signed = "<tr><td align=right>临湖县民政局<br>2022年3月8日</td></tr>"
    found = page(f"<table><tr><td>{NOTICE}</td></tr><tr><td>{'<br>'.join(PROSE)}</td></tr>{signed}</table>")
    assert texts(found)[-2:] == ["临湖县民政局", "2022年3月8日"]


def test_a_body_in_one_paragraph_keeps_addressees_and_signature() -> None:
    body = f"<div><p>各街道办事处：</p><p>{'<br>'.join(PROSE)}</p><p>临湖县民政局</p><p>2022年3月8日</p></div>"
    assert texts(page(f'<div class="menu">{LINKS}</div>{body}')) == [
        "各街道办事处：",
        *PROSE,
        "临湖县民政局",
        "2022年3月8日",
    ]


def test_who_speaks_and_where_between_headline_and_text_is_text() -> None:
    who = "<p>访谈嘉宾：临湖县民政局局长 鲁平野</p><p>访谈地点：县政府三楼</p>"
    talk = "<p>[主持人]欢迎收看。今天请来了县民政局局长鲁平野，鲁局长，您好！</p><p>[鲁平野]大家好。</p>"
    body = f'<div class="tt">鲁平野谈助餐点</div><div>{who}</div><div>{talk}</div>'
    found = page(f'<div class="menu">{LINKS}</div>{body}', "临湖县在线访谈")
    assert texts(found)[:2] == ["访谈嘉宾：临湖县民政局局长 鲁平野", "访谈地点：县政府三楼"]
    assert not found.hints.title.startswith("[主持人]")


@pytest.mark.parametrize(
    ("above", "title"),
    [
        # straight above the facts of the page; a meeting that somebody holds is no name of a site
        (
            "<div>临湖县民政局召开助餐点约谈会</div><div>发布时间:2022-03-08 信息来源:县民政局</div>",
            "临湖县民政局召开助餐点约谈会",
        ),
        ("<h1>《一问到底》第7期：问政县民政局</h1><div>播出时间：2022-03-08</div>", "《一问到底》第7期：问政县民政局"),
    ],
)
def test_a_headline_above_the_facts_of_the_page_is_one(above: str, title: str) -> None:
    turns = ["主持人 杨青：灶台几时查一次？", "县民政局局长 鲁平野：每周。", "主持人 杨青：谁来查，什么时候查得完？"]
    talk = paragraphs(*turns, *PROSE)
    found = page(f'<div class="menu">{LINKS}</div>{above}<div>{talk}</div>', "工作动态-临湖县民政局")
    assert found.hints.title == title


def test_a_day_by_a_label_that_no_table_has_is_the_pages() -> None:
    body = f"<h1>灶台每周查一次</h1><div>播出时间：2022-03-08</div><div>{paragraphs(*PROSE)}</div>"
    assert page(body).hints.date == "2022-03-08"
    assert page(body.replace("播出", "报名")).hints.date == ""


def test_a_byline_in_an_element_of_its_own_is_text() -> None:
    above = "<h1>把热饭送上楼</h1><div>临湖县民政局局长　鲁平野</div><div>2022-03-08 10:20 来源：临湖报</div>"
    assert texts(page(f"{above}<div>{paragraphs(*PROSE)}</div>"))[0] == "临湖县民政局局长　鲁平野"


def test_a_body_in_a_nested_div_keeps_its_first_and_last_paragraph() -> None:
    inner = f"<div><div>{paragraphs(*PROSE * 3)}</div></div>"
    body = (
        f"<h1>全县助餐工作会议召开</h1><div><p>3月8日，全县助餐工作会议召开。</p>{inner}<p>县长鲁平野讲话。</p></div>"
    )
    assert texts(page(body))[:2] + texts(page(body))[-1:] == [
        "3月8日，全县助餐工作会议召开。",
        PROSE[0],
        "县长鲁平野讲话。",
    ]


def test_a_container_whose_name_means_article_on_this_site_is_no_furniture() -> None:
    body = f'<div class="top">{LINKS}</div><div class="wz-box">{paragraphs(*PROSE)}</div><div>版权所有：临湖县</div>'
    found = page(body)
    assert texts(found) == PROSE
    assert found.left_out == (
        *(("正文以外", f"第{n}期助餐简报已经印发") for n in range(6)),
        ("正文以外", "版权所有：临湖县"),
    )


def test_a_small_container_of_that_name_is() -> None:
    hot = f'<div class="hot">{paragraphs("群众点赞的助餐点，排队的人多。")}</div>'
    assert texts(page(f"<div>{paragraphs(*PROSE * 3)}</div>{hot}")) == PROSE * 3


def test_lines_of_preformatted_text_are_lines() -> None:
    lines = ["在全县助餐工作会议上的讲话", "", "　　同志们：", *(f"　　{line}" for line in PROSE)]
    found = page("<pre>" + "\n".join(lines) + "</pre>")
    assert (found.wrapped, [block.text for block in found.blocks]) == (True, lines)


# --- tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["<td>{}</td>", "<td><p>{}</p></td>", '<td><div class="x">{}</div></td>'])
def test_the_cells_of_a_row_are_one_line_with_their_boundaries(cell: str) -> None:
    rows = "".join(f"<tr>{cell.format(name)}{cell.format(number)}</tr>" for name, number in (("甲镇", 12), ("乙镇", 7)))
    found = page(f"<div>{paragraphs(*PROSE)}<table>{rows}</table></div>")
    assert texts(found) == [*PROSE, "甲镇\t12", "乙镇\t7"]


def test_names_on_several_lines_of_a_cell_are_parted() -> None:
    found = page(f"<div>{paragraphs(*PROSE)}<table><tr><td>评委</td><td>鲁平野<br>姜小满</td></tr></table></div>")
    assert texts(found)[-1] == "评委\t鲁平野\t姜小满"


# --- the headline ----------------------------------------------------------------------------------------------

NOTICE = "关于开展助餐点消防检查的通知"


@pytest.mark.parametrize(
    ("title", "above"),
    [
        ("通知公告_临湖县民政局网站", f'<div class="tit">{NOTICE}</div><div>日期：2022-03-08</div>'),
        ("临湖县民政局", f"<div>临湖县民政局</div><div>{NOTICE}</div>"),
        ("临湖县民政局门户网站", f"<h2>临湖县民政局</h2><h1>{NOTICE}</h1>"),
        (f"{NOTICE}-临湖县民政局", f"<p>通知公告</p><h1>{NOTICE}</h1>"),
        ("", f"<table><tr><td>临湖县民政局</td></tr><tr><td>{NOTICE}</td></tr></table>"),
    ],
)
def test_the_headline_is_the_line_with_the_most_signs(title: str, above: str) -> None:
    body = f"{above}<div>{paragraphs('各街道办事处要检查助餐点。', *PROSE)}</div>"
    assert page(body, title).hints.title == NOTICE


def test_a_headline_over_two_lines_of_its_element_is_one() -> None:
    body = f"<h1>临湖县民政局<br>{NOTICE}</h1><div>{paragraphs(*PROSE)}</div>"
    assert page(body, "临湖县民政局门户网站").hints.title == f"临湖县民政局 {NOTICE}"


def test_the_number_of_a_paper_is_no_headline() -> None:
    """<title> is that on some sites, and the headline is no heading of the page."""
    paper = ["临湖县民政局关于政协第八届一次会议第12号提案答复的函", "临民函〔2023〕41号", "民盟临湖县委会：", *PROSE]
    found = page(paragraphs(*paper), "临湖县民政局 临民函〔2023〕41号")
    assert found.hints.title == paper[0]


@pytest.mark.parametrize("colon", ["", "："])
def test_a_letter_to_an_office_has_the_headline_and_the_body_that_its_table_states(colon: str) -> None:
    rows = [
        ("来信标题", "咨询助餐卡如何办理"),
        ("来信内容", PROSE[0]),
        ("办理单位", "临湖县民政局"),
        ("回复内容", PROSE[1]),
    ]
    cells = "".join(f"<tr><td>{label}{colon}</td><td>{value}</td></tr>" for label, value in rows)
    found = page(f"<h2>局长信箱</h2><table>{cells}</table>", "局长信箱")
    assert (found.hints.title, found.hints.issuer) == ("咨询助餐卡如何办理", "临湖县民政局")


def test_the_name_of_a_site_is_no_headline() -> None:
    assert page(f"<h1>临湖县民政局</h1><div>{paragraphs(*PROSE)}</div>", "临湖县民政局-首页").hints.title == ""


# --- frames ----------------------------------------------------------------------------------------------------

FRAMES = '<html><head><title>内部网</title></head><frameset><frame src="b.htm"><noframes>请换浏览器。</noframes>'


def test_a_page_of_frames_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable) as refused:
        read(Path("a.html"), FRAMES.encode())
    assert refused.value.reason == "这是框架页，正文在另一个文件里；请在浏览器中单独打开正文，再另存为网页"


def test_of_the_parts_of_a_saved_page_the_one_with_the_text_is_read() -> None:
    part = "--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n"
    parts = "".join(part.format(one) for one in (FRAMES, f"<div>{LINKS}</div>", f"<div>{paragraphs(*PROSE)}</div>"))
    message = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n{parts}--x--\n"
    found = read(Path("a.mht"), message.encode())
    assert found.blocks == tuple(map(Block, PROSE))


# --- growth ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["<div>民政，", "<p>民政工作，要做实。</p>", "<table><tr><td><p>民政，", '<div class="hot">民政。', "民<br>"],
)
def test_the_work_for_a_page_grows_with_the_page(unit: str) -> None:
    twice, four_times = growth(lambda size: read(Path("a.html"), ("<div>" + unit * size).encode()), 60)
    assert twice < 2.3 and four_times < 4.6


def test_facts_beside_the_text_are_read_in_spans_and_lists(tmp_path: Path) -> None:
    text = "<div><p>各地要把助餐点办好，让老人吃上热饭。</p><p>价钱要公道，味道要合口，天天有人管。</p></div>"
    spans = "<div><span>发布日期：2024-03-07</span><span>来源：云溪市民政局</span><span>作者：白露</span></div>"
    listed = "<ul><li><b>索 引 号：</b>003</li><li><b>发布机构：</b>云溪市民政局</li></ul>"
    saved = "<!-- saved from url=(0031)https://mz.example.cn/t20240307_1.html -->"
    page = tmp_path / "a.html"
    page.write_text(f"{saved}<html><body><h1>助餐推进会召开</h1>{spans}{listed}{text}</body></html>", encoding="utf-8")
    hints = read(page, page.read_bytes()).hints
    assert (hints.date, hints.source, hints.issuer, hints.address) == (
        "2024-03-07",
        "云溪市民政局",
        "云溪市民政局",
        "https://mz.example.cn/t20240307_1.html",
    )
