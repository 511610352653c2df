"""What Word shows is read: numbers of styles, notes, hyphens, symbols, rows; what it hides is named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls
from steps import growth

from indexer.extract import Extract, Unreadable
from indexer.readers import read

NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SENTENCE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"


def paragraph(text: str, *, style: str = "", inside: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


def word(body: str, **parts: str) -> Extract:
    """A document of this body; parts: numbering, styles, footnotes, endnotes, header as XML inside their root."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>".encode()
            elif name == "word/_rels/document.xml.rels":
                extra = "".join(
                    f'<Relationship Id="x{part}" Type="{NOTES}{part}" Target="{part}.xml"/>'
                    for part in parts
                    if part not in ("numbering", "styles")
                )
                data = data.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
            elif name.removeprefix("word/").removesuffix(".xml") in parts:
                continue
            new.writestr(name, data)
        for part, content in parts.items():
            root = roots.get(part, "hdr")
            new.writestr(f"word/{part}.xml", f"<w:{root} {nsdecls('w')}>{content}</w:{root}>")
    return read(Path("a.docx"), out.getvalue())


def package(**parts: bytes) -> bytes:
    """A document with other bytes in some of its parts, by name with __ for / and _ for the dot."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.replace("/", "__").replace(".", "_"), old.read(name)))
    return out.getvalue()


# --- entities --------------------------------------------------------------------------------------------------

BODY = f"<w:document {nsdecls('w')}><w:body>{paragraph(SENTENCE + '&x;')}</w:body></w:document>"
DOCTYPE = '<!DOCTYPE w [<!ENTITY x "三百万元">]>'


@pytest.mark.parametrize(
    "part",
    [
        f"<!--{'注' * 5_000}-->{DOCTYPE}{BODY}".encode(),
        f"<?xml version='1.0' encoding='UTF-16'?>{DOCTYPE}{BODY}".encode("utf-16"),
        f"<?xml version='1.0' encoding='GB18030'?>{' ' * 40_000}{DOCTYPE}{BODY}".encode("gb18030"),
    ],
    ids=["behind a comment", "in UTF-16", "in GB18030, far behind"],
)
def test_a_document_whose_text_could_lack_an_entity_is_refused(part: bytes) -> None:
    with pytest.raises(Unreadable, match="实体"):
        read(Path("a.docx"), package(word__document_xml=part))


def test_a_document_that_only_speaks_of_a_document_type_is_read() -> None:
    part = BODY.replace("&x;", "&lt;!DOCTYPE html&gt;").encode()
    assert [f"{SENTENCE}<!DOCTYPE html>"] == texts(read(Path("a.docx"), package(word__document_xml=part)))


def texts(extract: Extract) -> list[str]:
    return [block.text for block in extract.blocks]


# --- numbers ---------------------------------------------------------------------------------------------------


def lists(
    *levels: tuple[str, str, str], numbers: str = '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
) -> str:
    """A list of levels (kind of figures, pattern, style)."""
    shown = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'{f"""<w:pStyle w:val="{style}"/>""" if style else ""}<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (kind, pattern, style) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="7">{shown}</w:abstractNum>{numbers}'


def style(name: str, *, number: str = "", based: str = "") -> str:
    place = f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{parent}{place}</w:style>'


def test_numbers_come_from_the_style_of_a_paragraph() -> None:
    body = "".join(
        paragraph(text, style=name) for text, name in (("灶台", "B1"), ("油烟", "B2"), ("水电", "B2"), ("门锁", "B1"))
    )
    found = word(
        body,
        numbering=lists(("chineseCounting", "%1、", "B1"), ("chineseCounting", "（%2）", "B2")),
        styles=style("B1", number="3") + style("B2", number="3"),
    )
    assert texts(found) == ["一、灶台", "（一）油烟", "（二）水电", "二、门锁"]


def test_numbers_come_from_the_style_that_a_style_is_based_on() -> None:
    found = word(
        paragraph("灶台", style="B9") + paragraph("门锁", style="B9"),
        numbering=lists(("chineseCounting", "第%1条", "")),
        styles=style("B1", number="3") + style("B9", based="B1"),
    )
    assert texts(found) == ["第一条灶台", "第二条门锁"]


def test_styles_based_on_each_other_end() -> None:
    styles = style("B1", based="B2") + style("B2", based="B1")
    assert texts(word(paragraph("灶台", style="B1"), numbering=lists(("decimal", "%1.", "")), styles=styles)) == [
        "灶台"
    ]


def test_a_paragraph_may_say_that_it_has_no_number() -> None:
    none = '<w:pStyle w:val="B1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    without = f"<w:p><w:pPr>{none}</w:pPr><w:r><w:t>灶台</w:t></w:r></w:p>"
    found = word(without, numbering=lists(("decimal", "%1.", "")), styles=style("B1", number="3"))
    assert texts(found) == ["灶台"]


@pytest.mark.parametrize(
    ("kind", "pattern", "first", "second"),
    [
        ("decimalEnclosedCircle", "%1", "①", "②"),
        ("decimalEnclosedCircleChinese", "%1", "①", "②"),
        ("upperLetter", "%1.", "A.", "B."),
        ("lowerRoman", "(%1)", "(i)", "(ii)"),
        ("ideographTraditional", "%1、", "甲、", "乙、"),
        ("decimalFullWidth", "%1．", "１．", "２．"),
        ("decimal", "%1", "1\t", "2\t"),
        ("bullet", "●", "", ""),
    ],
)
def test_each_kind_of_figures_is_shown(kind: str, pattern: str, first: str, second: str) -> None:
    body = paragraph("建账", style="B1") + paragraph("销号", style="B1")
    found = word(body, numbering=lists((kind, pattern, "")), styles=style("B1", number="3"))
    assert texts(found) == [f"{first}建账", f"{second}销号"]


def test_a_list_that_starts_anew_counts_anew() -> None:
    again = (
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(
        paragraph(text, style=name) for text, name in (("甲", "B1"), ("乙", "B1"), ("丙", "B2"), ("丁", "B2"))
    )
    found = word(
        body,
        numbering=lists(("decimal", "%1.", ""), numbers=again),
        styles=style("B1", number="3") + style("B2", number="4"),
    )
    assert texts(found) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_list_may_be_the_one_that_a_style_defines() -> None:
    other = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>'
    )
    found = word(
        paragraph("灶台", style="B1") + paragraph("门锁", style="B1"),
        numbering=lists(("chineseCounting", "%1、", ""), numbers=other),
        styles=style("L", number="3") + style("B1", number="4"),
    )
    assert texts(found) == ["一、灶台", "二、门锁"]


def in_list(number: int, depth: str) -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>灶台</w:t></w:r></w:p>"


def test_a_pattern_that_repeats_its_number_does_not_fill_the_memory() -> None:
    found = word(in_list(3, "0") * 100, numbering=lists(("decimal", "%1" * 10_000, "")))
    assert texts(found) == ["灶台"] * 100


def test_a_depth_that_no_number_holds_is_none() -> None:
    assert texts(word(in_list(3, "9" * 5_000), numbering=lists(("decimal", "%1.", "")))) == ["1.灶台"]


def test_lists_that_name_a_style_are_looked_up_once() -> None:
    def work(size: int) -> object:
        kinds = "".join(
            f'<w:abstractNum w:abstractNumId="{100 + n}"><w:numStyleLink w:val="L"/></w:abstractNum>'
            for n in range(size)
        )
        numbers = "".join(f'<w:num w:numId="{3 + n}"><w:abstractNumId w:val="7"/></w:num>' for n in range(size))
        listed = lists(("decimal", "%1.", ""), numbers=kinds + numbers)
        return word(paragraph("灶台"), numbering=listed, styles=style("L", number="3"))

    assert max(growth(work, 100)) < 4.6


# --- what stands beside the text -------------------------------------------------------------------------------


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(kind: str, number: int, text: str, of: str = "") -> str:
    return f'<w:{kind} w:id="{number}"{of}>{paragraph(text)}</w:{kind}>'


def test_footnotes_follow_their_paragraph_and_endnotes_the_text() -> None:
    body = (
        paragraph("要管好“三灶”。", inside=reference("footnote", 2) + reference("endnote", 2))
        + paragraph(SENTENCE)
        + paragraph("临湖县民政局")
    )
    separator = note("footnote", 0, "", ' w:type="separator"')
    found = word(
        body,
        footnotes=separator + note("footnote", 2, " “三灶”指煤灶、气灶、电灶。"),
        endnotes=note("endnote", 2, "数据截至2022年2月底。"),
    )
    assert texts(found) == [
        "要管好“三灶”。",
        "[1]“三灶”指煤灶、气灶、电灶。",
        SENTENCE,
        "临湖县民政局",
        "[1]数据截至2022年2月底。",
    ]


def test_hidden_text_and_the_heads_of_pages_are_named_and_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿勿传</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>抓紧办。</w:t></w:r>'
    found = word(paragraph("要", inside=hidden + shown), header=paragraph("临湖民政"))
    assert (texts(found), found.left_out) == (["要抓紧办。"], (("隐藏文字", "草稿勿传"), ("页眉页脚", "临湖民政")))


def test_hyphens_and_symbols_are_read_and_an_unknown_symbol_is_counted() -> None:
    signs = (
        '<w:r><w:t>投入2</w:t><w:noBreakHyphen/><w:t>3亿元，温度36</w:t><w:sym w:font="Symbol" w:char="F0B0"/>'
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Webdings" w:char="F021"/><w:sym w:char="x"/></w:r>'
    )
    found = word(f"<w:p>{signs}</w:p>")
    assert (texts(found), found.replaced) == (["投入2-3亿元，温度36°☑��"], 2)


# --- tables ----------------------------------------------------------------------------------------------------


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_row_of_short_cells_is_one_line_also_with_two_names_in_a_cell() -> None:
    names = paragraph("鲁平野") + paragraph("姜小满")
    found = word(table([paragraph("临湖镇"), paragraph("1200"), names]))
    assert texts(found) == ["临湖镇\t1200\t鲁平野\t姜小满"]


def test_cells_inside_controls_are_read_and_numbered() -> None:
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('灶台', style='B1')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:tbl><w:tr>{cell}<w:tc>{paragraph('已查')}</w:tc></w:tr></w:tbl>"
    found = word(row, numbering=lists(("decimal", "%1", "")), styles=style("B1", number="3"))
    assert texts(found) == ["1\t灶台\t已查"]


def test_long_cells_and_tables_in_cells_are_paragraphs() -> None:
    long = paragraph(SENTENCE * 2) + paragraph(SENTENCE * 2)
    assert texts(word(table([long]))) == [SENTENCE * 2] * 2
    assert texts(word(table([table([paragraph("甲"), paragraph("乙")]) + paragraph("丙")]))) == ["甲\t乙", "丙"]


@pytest.mark.parametrize(
    "unit", [paragraph("民政"), table([paragraph("甲")] * 3), "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"]
)
def test_the_work_grows_with_the_document(unit: str) -> None:
    def work(size: int) -> object:
        body = paragraph("里")
        for _ in range(size) if "{}" in unit else ():
            body = paragraph("外") + unit.format(body)
        return word(body if "{}" in unit else unit * size)

    assert max(growth(work, 20)) < 4.6


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<m:r><m:t>a+b</m:t></m:r>", "a+b"),
        ("<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>", "a/b"),
        (
            "<m:f><m:num><m:r><m:t>今年-去年</m:t></m:r></m:num><m:den><m:r><m:t>去年</m:t></m:r></m:den></m:f>"
            "<m:r><m:t>×100%</m:t></m:r>",
            "(今年-去年)/去年×100%",
        ),
        ("<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "m^2"),
        ("<m:sSub><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sub><m:r><m:t>1</m:t></m:r></m:sub></m:sSub>", "x_1"),
    ],
)
def test_a_formula_is_written_on_one_line(formula: str, line: str) -> None:
    inside = f"<m:oMath {MATH}>{formula}</m:oMath><w:r><w:t>算</w:t></w:r>"
    assert texts(word(paragraph("按", inside=inside))) == [f"按{line}算"]


def points(half: int | str) -> str:
    return f'<w:rPr><w:sz w:val="{half}"/></w:rPr>'


def named(name: str, properties: str = "", *, based: str = "", default: str = "") -> str:
    above = f'<w:basedOn w:val="{based}"/>' if based else ""
    usual = f' w:default="{default}"' if default else ""
    return (
        f'<w:style w:type="paragraph"{usual} w:styleId="{name}"><w:name w:val="{name}"/>{above}{properties}</w:style>'
    )


@pytest.mark.parametrize(
    ("styles", "headline"),
    [
        (named("N", points(32), default="1") + named("H", points(44)), paragraph("题目", style="H")),
        (
            named("N", points(32), default="1") + named("H", based="G") + named("G", points(44)),
            paragraph("题目", style="H"),
        ),
        (
            f"<w:docDefaults><w:rPrDefault>{points(32)}</w:rPrDefault></w:docDefaults>" + named("H", points(44)),
            paragraph("题目", style="H"),
        ),
        (named("N", points(32), default="1"), f"<w:p><w:r>{points(44)}<w:t>题目</w:t></w:r></w:p>"),
    ],
)
def test_how_large_letters_are_is_said_by_their_run_the_style_or_the_file(styles: str, headline: str) -> None:
    assert [block.size for block in word(headline + paragraph(SENTENCE), styles=styles).blocks] == [1.38, 1.0]


@pytest.mark.parametrize("said", ["", "-2", "99999", "大"])
def test_a_size_that_is_none_is_not_known(said: str) -> None:
    styles = named("N", points(said), based="N", default="1")  # and a style that is based on itself ends
    assert [block.size for block in word(paragraph("题目") + paragraph(SENTENCE), styles=styles).blocks] == [1.0, 1.0]
