"""Which passage gathers most of some strings: the same from where they stand as from the texts themselves."""

from __future__ import annotations

import pytest
from conftest import Publish, document
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from search.engines import store_of
from search.index.analysis import analysed, content_words
from search.matching.gathering import Gathering
from search.reading.related import related
from search.text import fold

CHARS = "民政养老，。"
pieces = st.text(alphabet=CHARS, min_size=1, max_size=12)
bodies = st.lists(st.lists(pieces, min_size=1, max_size=3), min_size=1, max_size=4)
words = st.text(alphabet=CHARS, min_size=1, max_size=3)
strings = st.dictionaries(words, st.floats(0.1, 5), max_size=5)


def test_the_first_passage_with_most_weight_is_told_with_its_words(publish: Publish) -> None:
    one = document("甲", "民政工作。", ["养老服务", "在社区。"], "养老服务和民政。", "服务和民政养老。")
    engine = publish(one, document("乙", "别的。"))
    weights = {"养老服务": 3.0, "民政": 1.0, "养老": 0.5, "务在": 9.0}  # 务在 stands across two passages
    assert engine.gather([one.id, "没有的"], weights) == {one.id: Gathering(4, ("养老服务", "民政", "养老"), 4.5)}


def test_of_a_string_that_overlaps_itself_each_place_is_looked_at(publish: Publish) -> None:
    # Of the two 人人 in 人人人 only the second stands within a passage.
    one, other = document("甲", ["人", "人人。"]), document("乙", "人人。")
    weights = {"人人": 1.0}
    expected = {one.id: Gathering(2, ("人人",), 1.0), other.id: Gathering(1, ("人人",), 1.0)}
    assert publish(one, other).gather([one.id, other.id], weights) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(bodies, min_size=1, max_size=4), strings)
def test_every_engine_gathers_the_same(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[list[list[str]]], weights: dict[str, float]
) -> None:
    documents = [document(f"{n}", *body) for n, body in enumerate(corpus)]
    folder = tmp_path_factory.mktemp("index")
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for one in documents:
            writer.add(one)
        writer.publish({})
    ids = [one.id for one in documents]
    weighed = {fold(string): weight for string, weight in weights.items()}
    expected = MemoryEngine(documents).gather(ids, weighed)
    assert store_of("whoosh", folder).open().gather(ids, weighed) == expected
    assert store_of("whoosh-plain", folder).open().gather(ids, weighed) == expected


def test_content_words_leave_formulas_function_words_and_single_characters_out() -> None:
    formula = "以习近平新时代中国特色社会主义思想为指导"
    words = dict(content_words([fold(f"{formula}，我们的养老服务和养老，服务。")]))
    assert words == {"养老服务": 1, "养老": 1, "服务": 1}
    one = document("甲", f"{formula}，发展养老服务。", title="养老服务")
    assert dict(analysed(one).content) == {"养老服务": 2, "发展": 1}


def test_words_that_can_no_longer_be_among_the_first_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    often = [
        "养老服务",
        "临时救助",
        "儿童福利",
        "殡葬改革",
        "婚姻登记",
        "社会组织",
        "行政区划",
        "志愿服务",
        "残疾人",
        "慈善事业",
        "流浪乞讨",
        "社会工作",
    ]
    once = ["道路", "桥梁", "河流", "山川", "田野", "森林", "湖泊", "海洋", "城市", "乡村"]
    long = document("长", *["，".join(often)] * 20, "，".join(once))
    engine = MemoryEngine([long, document("短", "，".join([*often, *once])), document("别", "天气。")])
    vocabulary = engine.vocabulary()
    monkeypatch.setattr(engine, "vocabulary", lambda: vocabulary)
    asked: list[str] = []
    exactly = type(vocabulary).exactly
    monkeypatch.setattr(type(vocabulary), "exactly", lambda self, word: [asked.append(word), exactly(self, word)][1])
    (found,) = related(engine, engine.fetch([long.id])[long.id])
    assert (found.document.external_id, set(found.words)) == ("短", {*often})
    assert not {*asked} & {*once}
