"""Numbers of identity cards and mobile telephones are known by form and check digit, and masked in place."""

from __future__ import annotations

import random
import time

import pytest

from search.text.personal import masked, numbers

# Made up: the first days of a century and the check digit that GB 11643 asks for.
CARD = "110101190001029997"


def check_digit(digits: str) -> str:
    """As the standard gives it: 2 to the power of the place, modulo 11, so not by the table of the program."""
    return "10X98765432"[sum(int(one) * pow(2, 17 - at, 11) for at, one in enumerate(digits)) % 11]


def card(generator: random.Random) -> str:
    year, month, day = generator.randint(1930, 2015), generator.randint(1, 12), generator.randint(1, 28)
    body = f"{generator.choice(['110101', '420106', '650102'])}{year}{month:02}{day:02}{generator.randint(0, 999):03}"
    return body + check_digit(body)


def test_every_right_card_is_found_and_no_wrong_one() -> None:
    generator = random.Random(13)
    for _ in range(300):
        right = card(generator)
        wrong = right[:-1] + generator.choice([one for one in "0123456789X" if one != right[-1]])
        assert [one.kind for one in numbers(f"身份证号{right}，")] == ["身份证号"], right
        assert not [one for one in numbers(f"编号{wrong}，") if one.kind == "身份证号"], wrong


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人：卞知秋，13812345678。", "联系人：卞知秋，138****5678。"),
        ("电话138 1234 5678", "电话138 **** 5678"),
        ("电话138-1234-5678转", "电话138-****-5678转"),
        ("+8613812345678", "+86138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("13812345678、13987654321", "138****5678、139****4321"),
        ("13812345678，13987654321，24小时有人", "138****5678，139****4321，24小时有人"),
        ("卞知秋,13812345678,3号楼", "卞知秋,138****5678,3号楼"),
        ("13812345678/13987654321", "138****5678/139****4321"),
        ("138 1234 5678/139-8765-4321", "138 **** 5678/139-****-4321"),
        ("0571-81234567/13812345678/0571-81234567", "0571-81234567/138****5678/0571-81234567"),
        (f"{CARD}，13812345678", "110*************97，138****5678"),
        ("身份证110101900307123的老人", "身份证110**********23的老人"),
    ],
)
def test_most_digits_are_masked_and_the_rest_stays(text: str, shown: str) -> None:
    assert masked(text) == shown and len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "拨付13812345678元",
        "共13812345678.5平方米",
        "第13812345678号",
        "编号：110101900307123",
        "110101900307123",
        "12812345678",
        "138123456789",
        "0.13812345678",
        "https://example.gov.cn/art/t20240221_13812345678.html",
        "https://example.gov.cn/art/20240221/13812345678.html",
        "13812345678/12",
        "11010119000230999X",
        "0571-8123 4567",
        "2023年12月31日，138家、12345人、67890元",
    ],
)
def test_figures_and_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_what_is_masked_is_known_by_no_digit_that_tells_who_it_is() -> None:
    generator = random.Random(7)
    for _ in range(200):
        number = card(generator)
        shown = masked(f"（{number}）")[1:-1]
        assert shown == number[:3] + "*" * 13 + number[-2:]


def test_only_digits_change_and_the_rest_of_any_text_stays() -> None:
    generator = random.Random(3)
    signs = [
        "1",
        "3",
        "8",
        "0",
        "９",
        " ",
        "-",
        "x",
        "Ｘ",
        "号",
        "，",
        "13812345678",
        CARD,
        "身份证",
        "元",
        "\n",
        "^",
        ".",
        "/",
        ",",
    ]
    for _ in range(3000):
        text = "".join(generator.choices(signs, k=generator.randint(0, 40)))
        shown = masked(text)
        assert len(shown) == len(text)
        assert all(
            one == other or (other == "*" and (one.isdigit() or one in "xXｘＸ"))
            for one, other in zip(text, shown, strict=True)
        )
        assert masked(shown) == shown


@pytest.mark.parametrize(
    "piece", ["1", "138 ", "13812345678", "13812345678 ", "1381234", "身份证", CARD, "110101900307123 "]
)
def test_the_time_grows_with_the_length(piece: str) -> None:
    masked(piece * 10)
    begun = time.process_time()
    masked(piece * (1_000_000 // len(piece)))
    assert time.process_time() - begun < 5
