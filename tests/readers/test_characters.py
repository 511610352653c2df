"""Characters that were never written: names of characters in a text, what fonts of a PDF give for others."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_pdf import pdf

from indexer.extract import Block
from indexer.readers import read

SENTENCE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
TRADITIONAL = "發現一個、救助一個，兜住底線，辦好實事，群眾滿意。"


def first(name: str, data: bytes) -> str:
    return read(Path(name), data).blocks[0].text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("&nbsp;&nbsp;要管好&ldquo;三灶&rdquo;&mdash;&mdash;天天查。", "\xa0\xa0要管好“三灶”——天天查。"),
        ("共&#49;2户，&#x4e00;户不落。", "共12户，一户不落。"),
        ("编号A&B;C，见R&D报告。", "编号A&B;C，见R&D报告。"),  # no name that a page knows
        ("要管好三灶，1 < 2 & 3。", "要管好三灶，1 < 2 & 3。"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_names_of_characters_are_the_characters(name: str, written: str, read_as: str) -> None:
    assert read(Path(name), written.encode()).blocks == (Block(read_as),)


@pytest.mark.parametrize("lost", ["?", "？", "\ufffd"])
def test_an_end_of_a_tag_that_lost_its_first_character_ends_a_paragraph(lost: str) -> None:
    sentences = [f"第一是查灶台，天天要查{lost}", f"第二是查门锁，查了要记{lost}", f"第三是查水电，记了要改{lost}"]
    text = "".join(f"{one}/p>" for one in sentences).encode()
    page = "".join(f"<p>{one}/p>" for one in sentences)
    of_text = [block.text for block in read(Path("a.txt"), text).blocks if block.text]
    of_page = [block.text for block in read(Path("a.html"), f"<html><body>{page}</body></html>".encode()).blocks]
    assert of_text == of_page == sentences


def test_a_path_behind_a_question_is_text() -> None:
    assert (
        first("a.txt", "在哪里看？/policy>的目录里。要管好三灶，天天查。".encode())
        == "在哪里看？/policy>的目录里。要管好三灶，天天查。"
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (f"一⼾一策，⺠政⼯作。{SENTENCE}", f"一户一策，民政工作。{SENTENCE}"),
        (
            "第一︑查灶台︔第二︑查门锁︒（二︶查水电，天天要查，查了要记，记了要改。",
            "第一、查灶台；第二、查门锁。（二）查水电，天天要查，查了要记，记了要改。",
        ),
        (
            "發現一⼾、救助一⼾，絕不漏掉一個，兜住底線，辦好實事，群眾滿意。",
            "發現一戶、救助一戶，絕不漏掉一個，兜住底線，辦好實事，群眾滿意。",
        ),
        ("發現一戶、救助一戶，絕不漏掉一個，兜住底線，辦好實事，群眾滿意。",) * 2,
        ("\uf967不漏一\uf9dd，天天查门锁，查了要记，记了要改。", "不不漏一利，天天查门锁，查了要记，记了要改。"),
    ],
)
def test_of_a_pdf_the_character_is_read_that_was_meant(given: str, meant: str) -> None:
    assert first("a.pdf", pdf(given)) == meant


def test_other_formats_keep_what_is_written() -> None:
    assert first("a.txt", f"一戶一策，⺠政。{SENTENCE}".encode()) == f"一戶一策，⺠政。{SENTENCE}"
