"""What is quoted and what is marked."""

from __future__ import annotations

import pytest
from conftest import document
from hypothesis import given, settings
from hypothesis import strategies as st

from search import text
from search.documents.document import Document
from search.matching import marks as marking
from search.matching import spans as span_sets
from search.query.parsing import parse
from search.results import snippets


def quoted(one: Document, question: str, limit: int = 3) -> list[tuple[int, str]]:
    """(passage, text with 【marks】) of each quotation."""
    marked = marking.mark(one, parse(question))
    return [(q.number, shown(q.text, q.marks)) for q in snippets.quotations(one, marked, limit=limit)]


def shown(quotation: str, marks: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"【{p.text}】" if p.hit else p.text for p in marking.pieces(quotation, marks))


def test_the_sentence_is_quoted_whole_and_alone() -> None:
    one = document("甲", "更好发挥慈善作用。要进一步规范福利彩票发行销售管理，确保安全运行。社会事务工作要提升水平。")
    assert quoted(one, "福利彩票") == [(1, "要进一步规范【福利彩票】发行销售管理，确保安全运行。")]


def test_sentences_far_apart_are_joined_with_a_gap() -> None:
    one = document("甲", "发展养老服务。其他工作照常推进。规范养老服务。")
    assert quoted(one, "养老服务") == [(1, "发展【养老服务】。…规范【养老服务】。")]


def test_a_long_sentence_is_cut_at_clauses_around_the_mark() -> None:
    sentence = "，".join(f"第{n}项工作要按照既定的安排扎实有序推进到位" for n in "一二三四五六七八九")
    one = document("甲", sentence.replace("第五项工作", "第五项福利彩票工作") + "。")
    (_, quotation), *_ = quoted(one, "福利彩票")
    assert quotation.startswith("…第") and quotation.endswith("，…")
    assert "第五项【福利彩票】工作要按照既定的安排扎实有序推进到位，" in quotation
    assert len(quotation) < 120


def test_a_text_without_any_clause_is_cut_too() -> None:
    one = document("甲", "民" * 500 + "福利彩票" + "政" * 500)
    (_, quotation), *_ = quoted(one, "福利彩票")
    assert quotation == "…" + "民" * 60 + "【福利彩票】" + "政" * 60 + "…"


def test_the_passage_with_most_of_the_question_comes_first() -> None:
    one = document("甲", "殡葬改革。", "婚姻登记和殡葬服务。", "殡葬殡葬殡葬。")
    assert [number for number, _ in quoted(one, "殡葬 婚姻登记")] == [2, 3, 1]


def test_a_word_is_marked_whole_and_its_neighbour_is_not() -> None:
    one = document("甲", "低收入人口动态监测。收入人口。养老事业与养老服务。")
    assert quoted(one, "低收入人口") == [(1, "【低收入人口】动态监测。")]
    assert quoted(one, "养老服务") == [(1, "养老事业与【养老服务】。")]


def test_the_longest_string_wins_where_two_overlap() -> None:
    assert quoted(document("甲", "健全养老服务体系。"), "养老 养老服务") == [(1, "健全【养老服务】体系。")]


def test_a_string_across_two_passages_is_quoted_with_both_sentences() -> None:
    one = document("甲", ["一是抓养老。", "二是抓慈善。", "三是抓登记。"])
    assert quoted(one, "“养老。二是”") == [(1, "一是抓【养老。二是】抓慈善。")]


def test_synonyms_are_marked_only_where_the_term_is_absent() -> None:
    assert quoted(document("甲", "福彩管理站。"), "福利彩票") == [(1, "【福彩】管理站。")]
    assert quoted(document("甲", "福利彩票和福彩。"), "福利彩票") == [(1, "【福利彩票】和福彩。")]


def test_marks_stand_in_the_displayed_text() -> None:
    one = document("甲", "發展養老服務，２０２４年⺠政工作。")
    assert quoted(one, "养老服务 民政") == [(1, "發展【養老服務】，２０２４年【⺠政】工作。")]


def test_scattered_words_are_marked_only_in_a_passage_that_has_them_all() -> None:
    one = document("甲", "节日安排。", "重视节日安全，做好走访慰问。")
    assert quoted(one, "节日慰问") == [(2, "重视【节日】安全，做好走访【慰问】。")]


CHARS = "民政养老服务福利彩票，。！？”"


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.lists(st.text(CHARS, min_size=1, max_size=80), min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(st.text(CHARS[:10], min_size=1, max_size=4), min_size=1, max_size=3),
)
def test_marks_are_disjoint_inside_the_text_and_what_was_asked(body: list[list[str]], terms: list[str]) -> None:
    one = document("甲", *body)
    marked = marking.mark(one, parse(" ".join(f"“{term}”" for term in terms)))
    for quotation in snippets.quotations(one, marked, limit=9):
        at = 0
        for start, end in quotation.marks:
            assert at <= start < end <= len(quotation.text)
            assert text.fold(quotation.text[start:end]) in terms
            at = end
        assert quotation.marks
    there = [text.fold(one.text[a:b]) for a, b in marked.body]
    beside = zip(one.paragraphs, marked.paragraphs, strict=True)
    assert [text.fold(paragraph[a:b]) for paragraph, spans in beside for a, b in spans] == there
    begins = [*one.offsets, len(one.text)]
    assert all(begins[at] <= a < begins[at + 1] for at, spans in marked.by_passage.items() for a, _ in spans)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=6))
def test_pieces_put_together_are_the_text(shown_text: str, spans: list[tuple[int, int]]) -> None:
    marks = span_sets.disjoint([(a, min(a + n, len(shown_text))) for a, n in spans if a < len(shown_text)])
    pieces = marking.pieces(shown_text, marks)
    assert "".join(piece.text for piece in pieces) == shown_text
    assert [piece.hit for piece in pieces if piece.hit] == list(range(1, len(marks) + 1))


@pytest.mark.parametrize("question", ["养老", "福利彩票 销售"])
def test_an_absent_term_gives_no_quotation(question: str) -> None:
    assert quoted(document("甲", "社会救助。"), question) == []


def test_a_word_across_two_words_is_not_marked_beside_the_word_itself() -> None:
    assert quoted(document("甲", "人民政府重视民政工作。"), "民政") == [(1, "人民政府重视【民政】工作。")]


def test_a_question_met_in_part_quotes_the_passage_with_most_of_its_words() -> None:
    one = document("甲", "低保是一项制度。", "农村低保每人每年4020元。", "会议结束。")
    assert quoted(one, "农村低保每年发多少钱") == [(2, "【农村低保】每人【每年】4020元。")]


def test_a_known_slip_is_marked_as_it_is_written() -> None:
    assert quoted(document("甲", "关心各类因难群众。"), "困难群众") == [(1, "关心各类【因难群众】。")]
