"""Folding, words, grams: one analysis for documents and questions."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from search import text

anything = st.text(
    st.one_of(st.characters(), st.sampled_from("民政⺠養老服務ＡＢab１2〇○帐賬裡…①㎡\u200b㍿ﬁİß𠀀")), max_size=40
)


@given(anything, anything)
def test_folding_knows_no_context_and_keeps_the_length(one: str, other: str) -> None:
    assert len(text.fold(one)) == len(one)
    assert text.fold(one + other) == text.fold(one) + text.fold(other)


@given(anything)
def test_folding_twice_changes_nothing_more(shown: str) -> None:
    assert text.fold(text.fold(shown)) == text.fold(shown)


def test_every_folded_character_is_folded_for_good() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    folded = text.fold("".join(characters))
    assert [shown for shown, one in zip(characters, folded, strict=True) if text.fold(one) != one] == []


def test_the_tables_name_all_chinese_characters_that_are_folded() -> None:
    """They are asked for no width or case, which of 28,000 took 11 ms of each start: they have none."""
    chinese = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    assert [char for char in chinese if unicodedata.normalize("NFKC", char) != char or char.lower() != char] == []


def test_what_is_folded_is_told_for_each_character() -> None:
    characters = list(map(chr, range(0x10000)))
    changed = zip(characters, text.fold("".join(characters)), strict=True)
    assert {char: folded for char, folded in changed if folded != char} == text.folds()


def test_traditional_characters_are_simplified_as_opencc_does() -> None:
    characters = "\n".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]))
    simplified = text.fold(OpenCC("t2s").convert(characters))
    assert [one for one in zip(characters, text.fold(characters), simplified, strict=True) if one[1] != one[2]] == []


@pytest.mark.parametrize(
    ("shown", "folded"),
    [
        ("養老服務，ＧＢ／Ｔ", "养老服务,gb/t"),
        ("⺠政⼯作", "民政工作"),
        ("台帐", "台账"),
        ("１．８万家", "1.8万家"),
        ("“第一议题”（扩大）", "“第一议题”(扩大)"),
        ("①㎡…", "1㎡…"),  # what would change the length stays
    ],
)
def test_width_case_script_and_look_are_folded(shown: str, folded: str) -> None:
    assert text.fold(shown) == folded


def test_invisible_characters_in_a_question_are_dropped() -> None:
    assert text.fold_query("养\u200b老\ufeff服务") == "养老服务"


def test_words_have_offsets_and_share_the_position_of_the_long_word() -> None:
    sentence = text.fold("加强养老服务，兜底")
    found = list(text.tokens(sentence, fine=True))
    assert all(sentence[token.start : token.end] == token.text for token in found)
    service = next(token for token in found if token.text == "养老服务")
    assert {token.text for token in found if token.position == service.position} >= {"养老", "服务", "养老服务"}
    assert [t.position for t in text.tokens(sentence, fine=False)] == list(
        range(len([*text.tokens(sentence, fine=False)]))
    )


@given(anything)
def test_words_stand_where_they_say(shown: str) -> None:
    folded = text.fold(shown)
    assert all(folded[token.start : token.end] == token.text for token in text.tokens(folded, fine=True))


written = st.lists(
    st.sampled_from(
        [
            "县人民政府",
            "发展养老服务",
            "和服务对象",
            "2024年",
            "3.5%",
            "covid-19",
            "，",
            "。",
            "\n",
            "𠀀",
            "㐀",
            "民" * 25,
        ]
    ),
    max_size=12,
).map("".join)
sought = st.lists(st.sampled_from(["人民", "民政", "养老服务", "服务", "和服", "对象", "3.5%", "19", "㐀", "民", "，"]))


@given(written, sought)
@example("，" + "会议" * 999 + "县人民政府", ["人民"])  # cut behind 2,000 characters, wherever that is
def test_a_text_holds_the_words_that_it_is_cut_into(folded: str, words: list[str]) -> None:
    assert text.holds(folded, words) == {one.text for one in text.tokens(folded, fine=True)}.issuperset(words)


def test_a_run_of_21_equal_characters_is_left_out_and_one_of_20_is_not() -> None:
    for length, left in ((19, 19), (20, 20), (21, 0), (22, 0)):
        words = text.cut(f"开头，{'民' * length}。结尾")[0]
        assert "".join(words).count("民") == left


def test_a_run_of_one_character_does_not_stop_the_segmenter() -> None:
    run, plain = "民" * 100_000, "民政工作要抓实。" * 12_500
    begun = time.perf_counter()
    assert [token.text for token in text.tokens("开头" + run + "结尾", fine=False)] == ["开头", "结尾"]
    spent = time.perf_counter() - begun
    begun = time.perf_counter()
    assert sum(1 for _ in text.tokens(plain, fine=False)) > 12_500
    assert spent < time.perf_counter() - begun  # jieba alone takes a minute for the run


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("2024年", ("二〇二四年", "二零二四年")),
        ("二〇二四年", ("2024年", "二零二四年")),
        ("二零二四年春节", ("2024年春节", "二〇二四年春节")),
        ("2月20日", ("二月二十日",)),
        ("十月十日", ("10月10日",)),
        ("一日三餐", ()),
        ("3815", ("3,815",)),
        ("1,234元", ("1234元",)),
        ("95.5%", ("百分之九十五点五",)),
        ("百分之九十五", ("95%",)),
        ("8个方面", ("八个方面",)),
        ("中央一号文件", ("中央1号文件",)),
        ("两个", ("2个",)),
        ("一体", ()),
        ("2.5个", ()),
        ("二〇二四年二月", ("2024年2月", "二零二四年二月", "2024-02")),
        ("养老服务", ()),
        ("12024", ("12,024",)),
    ],
)
def test_years_are_looked_for_in_their_other_writings(typed: str, forms: tuple[str, ...]) -> None:
    assert text.number_forms(text.fold(typed)) == forms


@pytest.mark.parametrize(
    ("typed", "is_word"),
    [
        *[(one, True) for one in ("民", "〇", "㐀", "\uf900", "\U00020000", "a1")],
        *[(one, False) for one in ("한", "\ue000", "。", "😀")],
    ],
)
def test_a_word_is_made_of_letters_digits_and_chinese_characters(typed: str, is_word: bool) -> None:
    assert text.has_word(typed) == is_word


@pytest.mark.parametrize(
    "typed", ["2021年6月8日", "2021-06-08", "2021-6-8", "2021.6.8", "2021/06/08", "20210608", "二〇二一年六月八日"]
)
def test_a_day_is_looked_for_however_it_is_written(typed: str) -> None:
    every = {typed, *text.number_forms(typed)}
    assert every >= {"2021年6月8日", "2021-06-08", "2021.6.8", "2021/6/8", "二〇二一年六月八日"}
