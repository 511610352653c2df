"""OFD: the lines of its pages, whatever pieces they are written in; nothing of it can fill the memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import ofd, ofd_text, package
from steps import growth

from indexer.extract import Block, Unreadable
from indexer.readers import read
from indexer.understand import understand

LINE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"


def lines(data: bytes) -> list[str]:
    return [block.text for block in read(Path("a.ofd"), data).blocks]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(Path("a.ofd"), data)
    return refused.value.reason


def test_letters_that_are_written_one_by_one_are_one_line() -> None:
    letters = "".join(ofd_text(28 + 5.6 * n, 40, letter) for n, letter in enumerate(LINE))
    assert lines(ofd(letters + ofd_text(28, 47, "第二行。"))) == [LINE, "第二行。"]


@pytest.mark.parametrize("aside", [0, 0.2])
def test_what_is_printed_over_itself_to_look_bold_is_read_once(aside: float) -> None:
    letters = ((28 + 5.6 * n + shift, letter) for n, letter in enumerate("人人有饭吃") for shift in (0, aside))
    page = "".join(ofd_text(x, 30, letter) for x, letter in letters)
    assert lines(ofd(page + ofd_text(28, 40, LINE) + ofd_text(28 + aside, 40, LINE))) == ["人人有饭吃", LINE]


def test_columns_and_cells_of_one_height_are_parted_by_a_blank() -> None:
    row = ofd_text(28, 40, "临湖镇") + ofd_text(80, 40, "1200") + ofd_text(120, 40, "850")
    assert lines(ofd(ofd_text(28, 30, LINE) + row)) == [LINE, "临湖镇 1200 850"]


def test_a_page_in_two_columns_is_read_in_the_order_of_the_file() -> None:
    left = [ofd_text(20, 40 + 7 * n, f"左栏第{n}行的话。") for n in range(3)]
    right = [ofd_text(110, 40 + 7 * n, f"右栏第{n}行的话。") for n in range(3)]
    assert lines(ofd("".join(left + right)))[2:4] == ["左栏第2行的话。", "右栏第0行的话。"]


def test_paragraphs_whose_last_line_is_full_are_told_apart_by_where_they_begin(tmp_path: Path) -> None:
    words = ["助餐点的账目要按月张贴在门口的墙上", "送餐的路线由网格员来定要改走大路去"]
    body = [(39.2, words[0][:15]), (28, words[0] + words[1][:1]), (28, words[1][1:] + "的")] * 2
    page = ofd_text(28, 30, "在助餐会议上的讲话", 9) + "".join(
        ofd_text(x, 50 + 8 * n, text) for n, (x, text) in enumerate(body)
    )
    (tmp_path / "a.ofd").write_bytes(ofd(page))
    (document,) = understand(tmp_path / "a.ofd", "a.ofd")
    assert document.paragraphs[-2:] == ("".join(text for _, text in body[:3]),) * 2


def test_larger_letters_at_the_top_are_the_headline() -> None:
    top = ofd_text(40, 30, "关于管好全县", 9) + ofd_text(40, 42, "助餐点的通知", 9)
    blocks = read(Path("a.ofd"), ofd(top + ofd_text(28, 60, LINE))).blocks
    assert blocks[0] == Block("关于管好全县助餐点的通知", level=1, size=1.61)


def test_a_matrix_moves_the_letters() -> None:
    moved = ofd_text(0, 0, "的话。").replace('Font="1"', 'CTM="1 0 0 1 61.6 45.6" Font="1"')
    assert lines(ofd(ofd_text(28, 45.6, LINE[:6]) + moved + ofd_text(28, 60, LINE))) == [f"{LINE[:6]}的话。", LINE]


def test_what_a_template_prints_on_each_page_is_left_out_by_name() -> None:
    template = f'<a:Page xmlns:a="b">{ofd_text(28, 10, "内部资料").replace("ofd:", "a:")}</a:Page>'
    more = '<ofd:CommonData><ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
    data = ofd(ofd_text(28, 30, LINE), parts={"Doc_0/Tpls/Tpl_0/Content.xml": template}, more=more)
    extract = read(Path("a.ofd"), data)
    assert [block.text for block in extract.blocks] == [LINE]
    assert extract.left_out == (("页面模板", "内部资料"),)


def test_places_from_the_root_of_the_package_and_two_documents_are_followed() -> None:
    one = ofd_text(28, 30, LINE).join(('<ofd:Page xmlns:ofd="o">', "</ofd:Page>"))
    document = '<Document><Pages><Page BaseLoc="/Doc_{}/p.xml"/></Pages></Document>'
    roots = "".join(f"<DocBody><DocRoot>/Doc_{n}/Document.xml</DocRoot></DocBody>" for n in (0, 1))
    parts = {"OFD.xml": f"<OFD>{roots}</OFD>"}
    parts |= {f"Doc_{n}/Document.xml": document.format(n) for n in (0, 1)}
    parts |= {f"Doc_{n}/p.xml": one.replace("张贴", f"张贴{n}") for n in (0, 1)}
    assert lines(package(parts)) == [LINE.replace("张贴", f"张贴{n}") for n in (0, 1)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * 99, "损坏"),
        (package({"a.xml": "<a/>"}), "损坏"),
        (package({"OFD.xml": "<a/>"}), "损坏"),
        (ofd(), "损坏"),
        (ofd(""), "扫描件"),
        (ofd(ofd_text(28, 30, "¤" * 60)), "编码有误"),
        (ofd(ofd_text(28, 30, LINE), parts={"Doc_0/Encryptions.xml": "<a/>"}), "加了密"),
        (ofd(ofd_text(28, 30, LINE), parts={"a.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}), "实体"),
        (ofd("<a>" * 300 + "</a>" * 300), "损坏"),
        (ofd(*[""] * 2_001), "超过上限2000页"),
    ],
)
def test_what_gives_no_text_is_refused_with_a_reason(data: bytes, words: str) -> None:
    assert words in reason(data)


def test_what_unpacks_to_too_much_is_refused_with_a_reason() -> None:
    assert "解压后过大" in reason(ofd(ofd_text(28, 30, LINE), parts={"a.bin": "0" * 250_000_000}))


@pytest.mark.parametrize("steps", ["g 999999999999 5.6", "g", "g x y", "nan", "inf -inf", "1e308 1e308", "五"])
def test_steps_that_claim_anything_are_no_work_and_no_crash(steps: str) -> None:
    run = ofd_text(28, 30, LINE).replace(f"g {len(LINE) - 1} 5.6", steps)
    assert lines(ofd(run + ofd_text(28, 40, "第二行。"))) == [LINE, "第二行。"]


def test_a_page_that_is_named_many_times_is_read_once() -> None:
    again = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_0/Content.xml"/>' for n in range(9_000))
    data = ofd(ofd_text(28, 30, LINE), more=f"<ofd:Pages>{again}</ofd:Pages>")
    assert lines(data) == [LINE]


def test_the_work_grows_with_the_letters_of_a_page_and_with_the_pages() -> None:
    def letters(size: int) -> object:
        return lines(ofd("".join(ofd_text(1 + n, 30, "民") for n in range(size))))

    def pages(size: int) -> object:
        return lines(ofd(*(ofd_text(28, 30, LINE) for _ in range(size))))

    assert max(growth(letters, 1_500)) < 4.6 and max(growth(pages, 100)) < 4.6
