"""Wording that texts share word for word."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.tools.wording import shared

ALIKE = "健全县乡村三级助餐网络和配送站点"


def stretches(*texts: str, shortest: int = 10) -> list[list[tuple[str, tuple[int, ...]]]]:
    found = shared(texts, shortest)
    return [[(one[a.start : a.end], a.others) for a in runs] for one, runs in zip(texts, found, strict=True)]


def test_the_longest_stretch_is_told_with_the_texts_that_have_it() -> None:
    found = stretches(f"今年要{ALIKE}，建好食堂。", f"明年，{ALIKE}。办好活动。", "各地自行安排老年活动。")
    assert found == [[(ALIKE, (1,))], [(ALIKE, (0,))], []]


def test_it_ends_with_the_sentence_and_where_words_do() -> None:
    one, other = "推进养老服务提质增效。开展走访。", "加快推进养老服务提质增效。开展走访。"
    assert stretches(one, other) == [[("推进养老服务提质增效", (1,))], [("推进养老服务提质增效", (0,))]]
    found = stretches("落实困难残疾人生活补贴发放", "核对困难残疾人生活补贴发展", shortest=8)
    assert found == [[("困难残疾人生活补贴", (1,))], [("困难残疾人生活补贴", (0,))]]


def test_a_formula_is_nobodys_wording() -> None:
    formula = "以习近平新时代中国特色社会主义思想为指导"
    assert stretches(f"坚持{formula}。", f"要{formula}。") == [[], []]


def test_width_and_script_make_no_difference_and_the_places_are_those_of_the_text_as_shown() -> None:
    found = stretches("推进區劃地名管理服務提質增效", "推进区划地名管理服务提质增效")
    assert [[one for one, _ in runs] for runs in found] == [
        ["推进區劃地名管理服務提質增效"],
        ["推进区划地名管理服务提质增效"],
    ]


@given(st.lists(st.text(alphabet="养老服务，。", max_size=40), max_size=4))
def test_what_is_told_stands_in_each_of_the_other_texts(texts: list[str]) -> None:
    for number, runs in enumerate(shared(texts, 4)):
        assert all(one.end <= other.start for one, other in pairwise(runs))
        for run in runs:
            stretch = texts[number][run.start : run.end]
            assert len(stretch) >= 4 and all(stretch in texts[other] for other in run.others)
            assert number not in run.others and run.others


def test_time_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        shared(["低保养老" * times, "养老低保" * times])
        return time.process_time() - begun

    seconds(100)
    assert seconds(8_000) < 4 * seconds(4_000) + 0.05
