"""同题对照, 共同表述 and 相近段落 as texts to take away in Word: what is said, and under each what it is from.

host: what their addresses lack, as they were asked under; empty where they are whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.excerpts.exports import Block, Told
from search.tools.matrix import Cell, MatrixPage
from search.tools.shared import CommonPage, Holder
from search.tools.similar import SimilarPage


def matrix_blocks(page: MatrixPage, host: str) -> Iterator[Block]:
    """Region by region, its years; who is silent and of whom there is nothing is told, too."""
    for row in page.rows:
        yield row.region
        yield from (_cell(cell, host) for cell in row.cells)


def _cell(cell: Cell, host: str) -> Told:
    if cell.hit is None or cell.passage is None:
        return Told(f"{cell.year}：{cell.label}")
    doubts = "；".join(one.message for one in cell.hit.doubts)
    beside = [
        f"《{cell.hit.title}》第 {cell.passage.paragraph} 段，{cell.hit.region_label} · {cell.hit.date_label} · "
        f"{cell.hit.quotation_label}。{host}{cell.url}",
        *([f"有与{'、'.join(cell.alike)}一字不差的话"] if cell.alike else []),
        *([f"引用前请核对：{doubts}"] if doubts else []),
    ]
    return Told(f"{cell.year}：{cell.passage.text}", tuple(beside))


def common_blocks(page: CommonPage, host: str) -> Iterator[Block]:
    """The wordings, the longest first, with all that have them."""
    for one in page.wordings:
        first = f"比过的文献里最早：{one.first.title}，{one.first.date_label}" if one.first else "分不出先后"
        others = (_holder("也见于", other, host) for other in one.others)
        here = [_holder("本文", one.here, host)] if one.here else []
        yield Told(f"{one.text}（{one.characters} 字）", (*here, *others, first))


def _holder(label: str, one: Holder, host: str) -> str:
    about = f"{one.region_label} · {one.date_label}"
    return f"{label}：《{one.title}》第 {one.paragraph} 段，{about}。{host}{one.url}"


def similar_blocks(page: SimilarPage, host: str) -> Iterator[Block]:
    """The passage that was asked about, then those like it, each with the reasons."""
    if page.asked:
        yield Told(page.asked.text, (f"《{page.title}》第 {page.asked.paragraph} 段。{host}{page.back_url}",))
    for one in page.alike:
        at = one.place
        about = f"《{at.title}》第 {at.paragraph} 段，{at.region_label} · {at.date_label}。{host}{at.url}"
        same = [f"一字不差：{'；'.join(one.wordings)}"] if one.wordings else []
        yield Told(one.text, (about, f"都讲到：{'、'.join(one.words)}", *same))
