"""OpenDocument: what stands in the text is read in its order, with the numbers of its lists and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import ODF, odt, package
from steps import growth

from indexer.extract import Block, Unreadable
from indexer.readers import read


def blocks(body: str, styles: str = "") -> list[str]:
    return [block.text for block in read(Path("a.odt"), odt(body, styles)).blocks]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(Path("a.odt"), data)
    return refused.value.reason


def level(at: int, figures: str, before: str = "", behind: str = "", more: str = "") -> str:
    named = f'text:level="{at}" style:num-format="{figures}" style:num-prefix="{before}" style:num-suffix="{behind}"'
    return f"<text:list-level-style-number {named} {more}/>"


def style(*levels: str) -> str:
    return f'<text:list-style style:name="L1">{"".join(levels)}</text:list-style>'


def items(*texts: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f'<text:list text:style-name="L1" {more}>{inside}</text:list>'


def test_signs_blanks_and_spans_make_the_text_that_is_shown() -> None:
    line = '甲<text:span>乙<text:s text:c="2"/></text:span>丙<text:tab/>丁\n   戊<text:line-break/>己'
    assert blocks(f"<text:p>{line}</text:p>") == ["甲乙  丙\t丁 戊", "己"]
    assert blocks('<text:p>甲<text:s text:c="999999999"/>乙</text:p>') == ["甲" + " " * 100 + "乙"]


def test_headings_keep_their_level() -> None:
    found = read(Path("a.odt"), odt('<text:h text:outline-level="2">把饭做热</text:h><text:p>正文。</text:p>')).blocks
    assert found == (Block("把饭做热", level=2), Block("正文。"))


def test_the_numbers_of_lists_are_written_before_their_paragraphs() -> None:
    numbered = style(level(1, "一, 二, 三, ...", "", "、"), level(2, "一, 二, 三, ...", "（", "）"))
    inner = f"<text:list-item><text:p>灶台</text:p>{items('查锅', '查碗').replace('text:style-name=', 'a=')}"
    body = f'<text:list text:style-name="L1">{inner}</text:list-item></text:list>'
    assert blocks(body, numbered) == ["一、灶台", "（一）查锅", "（二）查碗"]
    going_on = items("门锁", more='text:continue-numbering="true"')
    assert blocks(f"{body}<text:p>中间的话。</text:p>{going_on}{items('重来')}", numbered)[-3:] == [
        "中间的话。",
        "二、门锁",
        "一、重来",
    ]


@pytest.mark.parametrize(
    ("figures", "shown"),
    [("1", "3."), ("a", "c."), ("I", "III."), ("①, ②, ③, ...", "③."), ("壹, 贰, 叁, ...", "叁."), ("", "")],
)
def test_each_kind_of_figures_is_written_as_people_see_it(figures: str, shown: str) -> None:
    numbered = style(level(1, figures, "", ".", 'text:start-value="3"'))
    assert blocks(items("查锅"), numbered) == [f"{shown}查锅"]


def test_a_level_may_show_those_above_it() -> None:
    numbered = style(level(1, "1"), level(2, "1", more='text:display-levels="2"'))
    inner = items("查锅").replace("text:style-name=", "a=")
    body = f'<text:list text:style-name="L1"><text:list-item><text:p>灶台</text:p>{inner}</text:list-item></text:list>'
    assert blocks(body, numbered) == ["1\t灶台", "1.1\t查锅"]


def test_rows_of_values_are_lines_and_long_cells_are_paragraphs() -> None:
    def row(*cells: str) -> str:
        inside = "".join(f"<table:table-cell>{one}</table:table-cell>" for one in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    values = row("<text:p>临湖镇</text:p>", "<text:p>1200</text:p>")
    long = row(f"<text:p>{'查灶台。' * 30}</text:p><text:p>{'查门锁。' * 30}</text:p>", "<text:p>是</text:p>")
    assert blocks(f"<table:table>{values}{long}</table:table>") == [
        "临湖镇\t1200",
        "查灶台。" * 30,
        "查门锁。" * 30,
        "是",
    ]


def test_a_note_stands_behind_its_paragraph_and_a_text_box_behind_the_one_it_hangs_on() -> None:
    note = (
        "<text:note text:note-class='{}'><text:note-citation>{}</text:note-citation><text:note-body>"
        "<text:p>{}</text:p></text:note-body></text:note>"
    )
    box = "<drawing:frame><drawing:text-box><text:p>框里的话。</text:p></drawing:text-box></drawing:frame>"
    foot, end = note.format("footnote", 1, "见去年的账。"), note.format("endnote", "i", "完。")
    body = f"<text:p>张贴{end}账目{foot}。{box}</text:p><text:p>下一段。</text:p>"
    assert blocks(body) == ["张贴账目。", "框里的话。", "[1]见去年的账。", "下一段。", "[i]完。"]


def test_comments_and_page_heads_are_left_out_by_name_and_what_was_deleted_is_gone() -> None:
    deleted = "<text:tracked-changes><text:p>删去的话</text:p></text:tracked-changes>"
    comment = "<office:annotation><text:p>再核一遍</text:p></office:annotation>"
    heads = f"<a {ODF}><style:footer><text:p>第3页</text:p></style:footer></a>"
    extract = read(Path("a.odt"), odt(f"{deleted}<text:p>正文{comment}。</text:p>", parts={"styles.xml": heads}))
    assert extract.blocks == (Block("正文。"),)
    assert extract.left_out == (("批注", "再核一遍"), ("页眉页脚", "第3页"))


def test_notes_and_comments_in_a_cell_are_no_part_of_its_row() -> None:
    note = (
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>见去年的账。</text:p></text:note-body></text:note>"
    )
    comment = "<office:annotation><text:p>再核一遍</text:p></office:annotation>"
    cells = "".join(
        f"<table:table-cell>{one}</table:table-cell>"
        for one in (f"<text:p>临湖镇{note}{comment}</text:p>", items("1200"))
    )
    row = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    extract = read(Path("a.odt"), odt(row))
    assert [block.text for block in extract.blocks] == ["临湖镇\t1200", "[1]见去年的账。"]
    assert extract.left_out == (("批注", "再核一遍"),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * 99, "损坏"),
        (package({"a.xml": "<a/>"}), "损坏"),
        (package({"content.xml": "<a/>"}), "损坏"),
        (package({"content.xml": "<a>" * 300 + "</a>" * 300}), "损坏"),
        (odt("<text:p>甲</text:p>", parts={"a.xml": "<!DOCTYPE a><a/>"}), "实体"),
        (
            odt("", parts={"META-INF/manifest.xml": f"<a {ODF}><manifest:encryption-data/></a>"}),
            "密码",
        ),
    ],
)
def test_what_gives_no_text_is_refused_with_a_reason(data: bytes, words: str) -> None:
    assert words in reason(data)


def test_what_unpacks_to_too_much_is_refused_with_a_reason() -> None:
    assert "解压后过大" in reason(odt("<text:p>甲</text:p>", parts={"a.bin": "0" * 250_000_000}))


def test_the_work_grows_with_the_items_the_lists_and_the_depth() -> None:
    def flat(size: int) -> object:
        return blocks(items(*["查锅"] * size), style(level(1, "1")))

    def lists(size: int) -> object:
        names = [f"L{n}" for n in range(size)]
        one = style(level(1, "1"))
        return blocks(
            "".join(items("查锅").replace("L1", name) for name in names),
            "".join(one.replace("L1", name) for name in names),
        )

    def deep(size: int) -> object:
        return blocks(f"<text:p>{'<text:span>' * 100}甲{'</text:span>' * 100}</text:p>" * size)

    assert all(max(growth(work, size)) < 4.6 for work, size in ((flat, 1_500), (lists, 800), (deep, 60)))


def test_a_manifest_may_name_its_type_as_those_of_older_offices_do() -> None:
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><a/>'
    data = odt("<text:p>甲</text:p>", parts={"META-INF/manifest.xml": manifest})
    assert [block.text for block in read(Path("a.odt"), data).blocks] == ["甲"]
