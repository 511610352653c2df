"""Which blanks part, and which only space out letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer.articles.boundaries import is_row, parted
from indexer.articles.characters import tidy
from indexer.understand import understand


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("鲁平野\t临湖县民政局局长", "鲁平野　临湖县民政局局长"),  # cells
        ("临湖镇\t助餐点要有灭火器，每月查。\t已办", "临湖镇　助餐点要有灭火器，每月查。　已办"),
        ("鲁　平　姜小满　孔　丘　欧阳文", "鲁平　姜小满　孔丘　欧阳文"),  # names of a list
        ("鲁平野 姜小满 孔丘", "鲁平野　姜小满　孔丘"),
        ("临湖县民政局 临湖县财政局", "临湖县民政局　临湖县财政局"),  # who signs together
        ("鲁平野　县民政局局长", "鲁平野　县民政局局长"),  # a name and a post
        ("临湖镇  1200  850", "临湖镇　1200　850"),  # a row of a table of text
        ("临湖镇 1200 850.5 -3%", "临湖镇　1200　850.5　-3%"),
        ("临民发〔2022〕8号　　　　　签发人：鲁平野", "临民发〔2022〕8号　签发人：鲁平野"),
    ],
)
def test_blanks_between_things_stay_as_one(written: str, shown: str) -> None:
    assert (tidy(written), tidy(tidy(written))) == (shown, shown) or "，" in shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("局　　长：鲁平野", "局长：鲁平野"),  # spaced out letters
        ("关 于 开 展 检 查 的 通 知", "关于开展检查的通知"),
        ("一、　加强检查", "一、加强检查"),
        ("（一）\t加强检查", "（一）加强检查"),
        ("第八条　　助餐点应当有灭火器", "第八条助餐点应当有灭火器"),
        ("同志们：\t今天开会", "同志们：今天开会"),
        ("全县 12 个乡镇 35 个村", "全县12个乡镇35个村"),
        ("查出的毛病　当天修好，修不好的　　先停用。", "查出的毛病当天修好，修不好的先停用。"),  # prose
        ("李　克强", "李克强"),
        ("临湖县民政局 关于开展检查的通知", "临湖县民政局关于开展检查的通知"),
    ],
)
def test_other_blanks_go(written: str, shown: str) -> None:
    assert tidy(written) == shown


def test_a_row_is_several_things_and_no_sentence() -> None:
    assert is_row("临湖镇\t12") and not is_row("临湖镇\t查过了，没有毛病。") and not is_row("临湖镇民政办")


def test_rows_of_a_text_file_are_paragraphs(tmp_path: Path) -> None:
    rows = "乡镇　　点数　　人数\n临湖镇　　12　　340\n高桥镇　　7　　96\n"
    rows = f"助餐点检查情况\n\n{rows}各镇要在月底前补齐，逐点验收。\n"
    (tmp_path / "a.txt").write_text(rows, encoding="utf-8")
    (document,) = understand(tmp_path / "a.txt", "a.txt")
    assert list(document.paragraphs) == [
        "乡镇　点数　人数",
        "临湖镇　12　340",
        "高桥镇　7　96",
        "各镇要在月底前补齐，逐点验收。",
    ]


@pytest.mark.parametrize("unit", ["民 ", "民\t", "民　政　", "民政 1 ", " \t"])
def test_the_work_for_a_line_grows_with_the_line(unit: str) -> None:
    assert max(growth(lambda size: parted("文" + unit * size + "末"), 100)) < 4.6
