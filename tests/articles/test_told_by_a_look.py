"""What is looked for before a rule that costs more leaves no line out: with it and without, the rule says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.articles import apart, headlines, lines
from indexer.articles import articles as splitting
from indexer.articles.lines import Line, lines_of
from indexer.extract import Block, Extract


def _made_of(*pieces: str) -> st.SearchStrategy[str]:
    """Lines of these pieces, a few letters and signs between them."""
    return st.lists(st.sampled_from(pieces) | st.text("民政局白露。，：:1 \u3000", max_size=4), max_size=8).map("".join)


_CAPTIONS = _made_of(
    *(
        "摄",
        "记者",
        "图为",
        "供图",
        "图片来源：",
        "摄影报道",
        "现场",
        "合影",
        "合照",
        "剪影",
        "掠影",
        "▲",
        "老人",
        "第",
    ),
    *("（右）", "（中）", "(左二)", "(中)", "<image ", "<img>", "data:image/png", "图源：", "（白露/摄）", "前排"),
)


@settings(max_examples=500, deadline=None)
@given(_CAPTIONS)
def test_captions(line: str) -> None:
    assert headlines._OF_CAPTIONS.search(line) or not headlines._CAPTION.match(line)


@pytest.mark.parametrize(
    "line",
    [
        *("云溪日报记者 白露 摄", "白露摄影报道", "活动现场", "▲大家合影", "颁奖掠影。", "两人合照"),
        *(
            "白露局长（右）看望老人青禾",
            "白露局长(中)看望老人",
            "白露（后排左三）走访",
            "代表们合影",
            "老人用餐。白露 供图",
        ),
        *("老人用餐。白露 供图", "<image src=1>", "data:image/png;base64,x", "图为食堂", "图源：云溪网"),
    ],
)
def test_every_form_of_a_caption_is_looked_for(line: str) -> None:
    assert headlines._CAPTION.match(line)
    assert headlines.is_caption(line)


@settings(max_examples=300, deadline=None)
@given(_made_of("云溪市召开推进会", "|", "｜", " ", "\t", "\n", "名称：", "甲"))
def test_empty_cells_end_a_line_with_a_stroke(line: str) -> None:
    assert line.rstrip().endswith(lines._STROKES) or not lines._EMPTY_CELLS.search(line)


def test_empty_cells_are_left_out() -> None:
    found, left_out = lines_of(Extract((Block("云溪市召开推进会 | | ｜ "),), wrapped=False))
    assert ([line.bare for line in found], left_out) == (["云溪市召开推进会"], [("分隔线", " | | ｜ ")])


@settings(max_examples=300, deadline=None)
@given(_made_of("云溪市召开推进会", "...", "…", ".", "\u3000"))
def test_what_is_cut_off_ends_with_dots(line: str) -> None:
    bare = line.strip()
    assert bare.endswith(splitting._DOTS) or not splitting._CUT_OFF.search(bare)
    if not bare.endswith(splitting._DOTS):
        for at in range(len(bare)):
            assert splitting._CUT_OFF.sub("", bare[at:]) == bare[at:]


@settings(max_examples=300, deadline=None)
@given(_made_of("升至三级", "http", "s://", "://", "www.a-b.com", " ", "2024年", "2024-"))
def test_an_address_behind_a_headline_has_its_scheme(line: str) -> None:
    assert "http" in line or not apart._ADDRESS_BEHIND.search(line)


def test_headline_and_address_are_parted() -> None:
    line = Line("助餐服务升至三级https://www.a-b.com/c 2024年3月5日 21:46")
    assert [one.text for one in apart.apart([line])] == ["助餐服务升至三级", "https://www.a-b.com/c 2024年3月5日 21:46"]


@settings(max_examples=500, deadline=None)
@given(
    _made_of("云溪市", "召开", "推进会", "(", ")", "\u200b", "\u3000", "Ａ", "3", "“", "㐀", "\xa0"),
    st.lists(_made_of("云溪市", "召开", "推进会", "(", ")", "\u200b", "\u3000", "Ａ", "3", "“", "㐀"), max_size=6),
)
def test_a_headline_stands_again_as_without_the_look(title: str, texts: list[str]) -> None:
    whole = splitting._squeezed(title)
    below = [Line(text) for text in (title, *texts) if text.strip()]
    for start in range(len(below)) if whole else ():
        text, plain = "", None
        for end in range(start, min(len(below), start + 5)):
            text += splitting._squeezed(below[end].bare)
            if text == whole:
                plain = end + 1
            if not whole.startswith(text) or plain:
                break
        assert splitting._end_of(whole, below, start) == plain
