"""The time to find who spoke grows with the length of a text, whatever stands in it."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from tests.facts.test_metadata import facts


def test_the_time_for_a_paragraph_of_posts_grows_with_its_length() -> None:
    def seconds(times: int) -> float:
        text = "座谈会召开\n3月5日，座谈会召开，" + "、副市长卓一帆和局长彭远" * times + "分别讲话。"
        return cpu_seconds(lambda: facts(text))

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 0.2


@pytest.mark.parametrize(
    "unit", ["局长和平，", "局长和平到会。和平在场，", "周启明通报", "给各院院长讲了", "某·某出席并讲话，"]
)
def test_names_that_are_words_or_stand_again_and_again_are_looked_for_in_time(unit: str) -> None:
    def seconds(times: int) -> float:
        return cpu_seconds(lambda: facts("座谈会召开\n3月5日，座谈会召开。" + unit * times))

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 0.2


@pytest.mark.parametrize("unit", ["“甲乙”", "《甲乙》", "代表大会", "当选会长", "“甲乙", "就对向", "在讲话时"])
@pytest.mark.parametrize(
    "clause", ["局长卓一帆对{}进行了，好。", "局长卓一帆看了，对{}好好，。", "局长卓一帆来了{}好，他好。"]
)
def test_what_stands_between_name_and_verb_is_read_in_one_way(clause: str, unit: str) -> None:
    """24 quoted words behind 对 took 35 s: each was a whole, or its characters one by one."""

    def seconds(times: int) -> float:
        text = "座谈会召开\n3月5日，座谈会召开。" + clause.format(unit * times)
        return cpu_seconds(lambda: facts(text))

    seconds(6)
    assert seconds(24) < 8 * seconds(12) + 0.2
