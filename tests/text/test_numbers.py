"""Numerals: read in every part of the program alike, and written as people write them."""

from __future__ import annotations

import pytest

from search.text import number_forms
from search.text.numbers import counted, read, read_digits, spelled, written


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("七", 7),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("7", 7),
        ("12", 12),
        ("〇", 0),
        ("", None),
        ("首先", None),
        ("①", None),
        ("二三", None),  # 二三十人: about so many
        ("二三十", None),
        ("十十", None),
        ("一百", None),
    ],
)
def test_a_numeral_is_read_or_is_none(numeral: str, number: int | None) -> None:
    assert read(numeral) == number


@pytest.mark.parametrize(
    ("digits", "number"),
    [("二〇二四", 2024), ("二零二四", 2024), ("二○二四", 2024), ("一二", 12), ("二十", None), ("", None)],
)
def test_a_year_is_read_digit_by_digit(digits: str, number: int | None) -> None:
    assert read_digits(digits) == number


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_read_again(number: int) -> None:
    assert read(written(number)) == read(counted(number)) == number


def test_numbers_are_written_as_people_write_them() -> None:
    assert [written(number) for number in (2, 10, 20, 35, 0, 100)] == ["二", "十", "二十", "三十五", "0", "100"]
    assert [counted(number) for number in (2, 12, 120)] == ["两", "十二", "120"]
    assert spelled("2024") == "二〇二四"


def test_what_is_no_month_is_left_as_it_was_typed() -> None:
    assert number_forms("2024年十十月") == ("二〇二四年十十月", "二零二四年十十月")


@pytest.mark.parametrize(
    ("typed", "form"),
    [("第2次", "第二次"), ("2次", "两次"), ("第2个", "第二个"), ("2个", "两个"), ("2号", "二号"), ("第二次", "第2次")],
)
def test_what_is_counted_and_what_is_numbered_are_written_apart(typed: str, form: str) -> None:
    forms = number_forms(typed)
    assert form in forms
    assert "第两次" not in forms
