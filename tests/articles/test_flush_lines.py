"""In a text of indented paragraphs headings, signatures and lines behind a blank one stand at the margin."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.articles.cleaning import unwrapped
from indexer.articles.lines import lines_of
from indexer.extract import Block, Extract
from indexer.understand import understand

FIRST = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
SECOND = "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。"


def paragraphs(*lines: str) -> list[str]:
    blocks = tuple(map(Block, lines))
    return [line.text for line in unwrapped(lines_of(Extract(blocks, wrapped=True))[0])]


def indented(*lines: str) -> list[str]:
    return [f"　　{line}" for line in lines]


@pytest.mark.parametrize("margin", ["", "　　　　　　　　"])
def test_a_heading_at_the_margin_or_in_the_middle_is_a_paragraph(margin: str) -> None:
    text = [*indented(FIRST, SECOND), f"{margin}一、管好灶台", *indented(SECOND, FIRST), f"{margin}二、管好账目"]
    assert paragraphs(*text, *indented(FIRST)) == [FIRST, SECOND, "一、管好灶台", SECOND, FIRST, "二、管好账目", FIRST]


def test_a_signature_at_the_margin_is_a_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    lines = ["关于管好助餐点的通知", "", *indented(FIRST, SECOND, FIRST), "安徽省望江县民政局", "2022年3月8日"]
    file.write_text("\n".join(lines), encoding="utf-8")
    (document,) = understand(file, "a.txt")
    issuer = document.metadata.issuer
    assert list(document.paragraphs)[-2:] == ["安徽省望江县民政局", "2022年3月8日"]
    assert issuer is not None and issuer.value == "安徽省望江县民政局"


def test_a_blank_line_behind_a_sentence_ends_the_paragraph() -> None:
    assert paragraphs(*indented(FIRST, SECOND), "", f"{FIRST[:-1]}，查了要改。") == [
        FIRST,
        SECOND,
        f"{FIRST[:-1]}，查了要改。",
    ]


def test_wrapped_lines_of_indented_paragraphs_still_run_on() -> None:
    text = f"　　{(FIRST + SECOND) * 3}"
    wrapped = [text[at : at + 20] for at in range(0, len(text), 20)]
    assert paragraphs(*wrapped, *wrapped) == [text.strip()] * 2


def test_two_short_lines_without_an_end_do_not_make_a_wrapped_text() -> None:
    lines = ["临湖县人民政府办公室　　　2022年3月9日", "关于管好全县各乡镇助餐点的会议纪要", FIRST * 2, "记录：鲁平野"]
    assert paragraphs(*lines) == ["临湖县人民政府办公室　2022年3月9日", *lines[1:]]
