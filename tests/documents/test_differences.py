"""How two versions of a text differ: sentence by sentence, as searching sees them."""

from __future__ import annotations

import random
import time

import pytest
from conftest import document

from search.documents.differences import Difference, differences
from tests.versions.test_near import prose


def test_differences_show_what_was_changed_left_out_and_added() -> None:
    one = document("甲", "会议指出，要抓好养老服务。要守牢底线。", "会议强调，一抓到底。")
    other = document("乙", "会议指出，要抓实养老服务。", "会议强调，一抓到底。", "（完）")
    assert differences(one, other) == (
        Difference("changed", "会议指出，要抓好养老服务。", "会议指出，要抓实养老服务。", ((7, 8),), ((7, 8),)),
        Difference("only_one", "要守牢底线。", ""),
        Difference("same", "会议强调，一抓到底。", "会议强调，一抓到底。"),
        Difference("only_other", "", "（完）"),
    )


def test_differences_pass_over_what_searching_passes_over() -> None:
    found = differences(document("甲", "公墓(骨灰堂),2024年。"), document("乙", "公墓（骨灰堂），２０２４年。"))
    assert [one.kind for one in found] == ["same"]


@pytest.mark.parametrize("seed", range(5))
def test_the_sentences_of_either_side_are_its_text(seed: int) -> None:
    chance = random.Random(seed)
    sentences = [chance.choice(["一要抓。", "二要落实！", "三要“好。”", "尾", "：；", "？"]) for _ in range(40)]
    one = document("甲", *(" ".join(sentences[at : at + 4]) for at in range(0, 40, 4)))
    other = document("乙", *chance.sample(one.paragraphs, 8))
    found = differences(one, other)
    assert "".join(part.one for part in found) == "".join(one.paragraphs)
    assert "".join(part.other for part in found) == "".join(other.paragraphs)
    assert [(d.other, d.one) for d in differences(other, one)] != [] and all(d.one or d.other for d in found)


def test_two_long_texts_that_have_nothing_in_common_are_compared_in_a_moment() -> None:
    begun = time.perf_counter()
    differences(document("甲", prose(1, 900)), document("乙", prose(2, 900)))
    differences(document("甲", "民" * 30_000), document("乙", "政" * 30_000))
    assert time.perf_counter() - begun < 10  # 0.6 s on an idle machine; without the limits minutes
