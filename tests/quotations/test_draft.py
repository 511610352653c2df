"""How a draft is cut into what is looked up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quotations.draft import LONGEST, parts


def cut(draft: str) -> list[tuple[str, str]]:
    return [(part.kind, draft[part.begin : part.end]) for part in parts(draft)]


def test_sentences_of_the_draft_and_what_it_quotes_are_parts() -> None:
    draft = "会议总结了去年工作。卞知秋指出：“要补齐短板。要守住底线！”各地要抓好落实工作。"
    assert cut(draft) == [
        ("sentence", "会议总结了去年工作。"),
        ("lead", "卞知秋指出："),
        ("quote", "要补齐短板。"),
        ("quote", "要守住底线！"),
        ("sentence", "各地要抓好落实工作。"),
    ]


def test_a_name_in_quotation_marks_stays_in_its_sentence() -> None:
    draft = "要落实“第一议题”制度，抓好学习。"
    assert cut(draft) == [("sentence", draft)]


def test_what_claims_a_source_stands_before_or_in_brackets_behind() -> None:
    draft = "《办法》要求：“坚持以人民为中心的思想。”（全省工作会议，2024年3月5日）"
    (quote,) = (part for part in parts(draft) if part.kind == "quote")
    assert quote.context == "《办法》要求：（全省工作会议，2024年3月5日）"
    assert quote.whole == (0, len(draft))


def test_a_second_quotation_keeps_the_source_of_the_first() -> None:
    quotes = [
        part for part in parts("《办法》提出，“要守住安全底线”，并要求“要提高服务质量”。") if part.kind == "quote"
    ]
    assert ["《办法》" in one.context for one in quotes] == [True, True]


def test_what_may_claim_a_source_is_bounded() -> None:
    found = list(parts("卞知秋在会上说“要规范福利彩票发行”" * 3000))
    assert len(found) > 3000
    assert max(len(part.context) for part in found) < 400


def test_a_line_that_was_wrapped_inside_a_sentence_is_joined_and_a_heading_is_not() -> None:
    wrapped = "各级民政部门要切实加强对困难群众基本生活的保障\n工作，守住底线。"
    assert cut(wrapped) == [("sentence", wrapped)]
    assert len(cut("一、加强组织领导\n各级要高度重视。")) == 2


def test_a_stretch_without_an_end_is_cut_at_clauses() -> None:
    draft = "要办好养老服务，" * 100
    found = [draft[part.begin : part.end] for part in parts(draft)]
    assert max(map(len, found)) <= LONGEST
    assert "".join(found) == draft


@given(st.text(alphabet='民政要办好。！，“”‘’「」"（）《》一、\n 　1说：', max_size=200))
def test_parts_are_disjoint_and_leave_out_no_word(draft: str) -> None:
    found = list(parts(draft))
    edges = [edge for part in found for edge in (part.begin, part.end)]
    assert edges == sorted(edges)
    kept = "".join(draft[part.begin : part.end] for part in found)
    assert [char for char in draft if char.isalnum()] == [char for char in kept if char.isalnum()]


@pytest.mark.parametrize("unit", ["“", "”", "“民政要办好事", "。", "（", "「民", "《", "1 ", "民政\n"])
def test_time_grows_as_the_draft_does(unit: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        sum(1 for _ in parts(unit * (length // len(unit))))
        return time.process_time() - begun

    assert min(seconds(80_000) for _ in range(3)) < 8 * min(seconds(20_000) for _ in range(3)) + 0.1
