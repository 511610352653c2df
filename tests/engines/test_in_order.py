"""Documents that may have strings in some order are told from where the rarest of them stands, and none is missed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import whoosh.writing
from conftest import Publish, document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_columns import publish as published

from search import text
from search.documents.document import Document
from search.engines import FEW, Engine, Step, store_of
from search.engines.columns import reach
from search.engines.columns.pairs import Pairs
from search.matching import nearly as one_other
from search.matching import signs as other_signs
from search.query.clauses import Term
from search.query.parsing import parse
from search.suggestions import nearly, signs

TEXTS = (
    "尊老、敬老、助老成为风尚。",
    "助餐，助浴两项服务。",
    "把“热饭”送到家。送到心。",
    "老敬尊助老。",
    "敬老（2024年）。",
)


def in_two_segments(folder: Path, documents: Sequence[Document]) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh.writing, "MERGE_SMALL", whoosh.writing.NO_MERGE)
        published(folder, documents[::2])
        published(folder, documents[1::2], fresh=False)
    return store_of("whoosh", folder).open()


def have(documents: Sequence[Document], strings: Sequence[str], steps: Sequence[Step]) -> set[str]:
    """Those that surely have them, read through."""
    pattern = re.escape(strings[0])
    for before, string, (least, most) in zip(strings, strings[1:], steps, strict=False):
        pattern = f"(?={pattern}" if not pattern.startswith("(?=") else pattern
        gap = (least - len(before), most - len(before))
        pattern += f".{{{max(0, gap[0])},{max(0, gap[1])}}}{re.escape(string)}"
    found = re.compile(pattern + (")" if pattern.startswith("(?=") else ""), re.DOTALL)
    sides = {one.id: (text.fold(one.metadata.title.value), text.fold(one.text)) for one in documents}
    return {id for id, parts in sides.items() if any(found.search(part) for part in parts)}


def test_documents_that_have_strings_in_order(publish: Publish) -> None:
    documents = [document(f"{number}", one) for number, one in enumerate(TEXTS)]
    engine = publish(*documents)
    for strings, steps in (
        (tuple("尊老敬老"), [(1, 7)] * 3),
        (("敬老", "助老"), [(2, 3)]),
        (("助老", "敬老"), [(2, 9)]),
        (("火星", "敬老"), [(2, 9)]),
    ):
        held = engine.holding_in_order(strings, steps)
        assert held is None or have(documents, strings, steps) <= set(held)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text("老敬尊助，。", min_size=1, max_size=24), min_size=1, max_size=6),
    st.lists(st.text("老敬尊助", min_size=1, max_size=2), min_size=2, max_size=5),
    st.data(),
)
def test_none_is_missed_whatever_stands_there(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], strings: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("order")
    documents = [document(f"{number}", one, title=one[:5]) for number, one in enumerate(texts)]
    engine = in_two_segments(folder, documents)
    least = [len(before) + data.draw(st.integers(0, 2)) for before in strings[:-1]]
    steps = [(one, one + data.draw(st.integers(0, 5))) for one in least]
    held = engine.holding_in_order(strings, steps)
    assert held is not None
    assert have(documents, strings, steps) <= set(held)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text("老敬尊3，。至_ ", min_size=1, max_size=24), min_size=1, max_size=6),
    st.text("老敬尊3", min_size=2, max_size=5),
    st.booleans(),
)
def test_characters_parted_by_signs_are_found_whatever_the_signs(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], characters: str, joined: bool
) -> None:
    """Those that have them nowhere but joined only if they are asked for, too."""
    folder = tmp_path_factory.mktemp("parted")
    documents = [document(f"{number}", one, title=one[:5]) for number, one in enumerate(texts)]
    held = in_two_segments(folder, documents).holding_parted(characters, other_signs.APART, joined=joined)
    assert held is not None
    pattern = re.compile(r"[\W_]{0,6}".join(characters))
    for one in documents:
        sides = (text.fold(one.metadata.title.value), text.fold(one.text))
        ways = {way for side in sides for way in pattern.findall(side)}
        if ways - (set() if joined else {characters}):
            assert one.id in held


def test_what_is_only_joined_is_left_out(tmp_path: Path) -> None:
    published(tmp_path, [document(f"{number}", f"{number}个敬老院，敬老的院。") for number in range(9)])
    published(tmp_path, [document("apart", "敬老、院。")], fresh=False)
    engine = store_of("whoosh", tmp_path).open()
    assert engine.holding_parted("敬老院", other_signs.APART, joined=False) == (document("apart", "").id,)
    assert len(engine.holding_parted("敬老院", other_signs.APART, joined=True) or ()) == 10


def test_what_stands_far_from_the_rest_is_left_out_and_so_is_what_was_deleted(tmp_path: Path) -> None:
    """By the windows around the rarest string, once more places are left than to open their documents would cost."""
    far = [document(f"{number}", "敬老院" + "的" * number + "助老" + "院" * 9) for number in range(12)]
    published(tmp_path, far)
    ask = store_of("whoosh", tmp_path).open().holding_in_order
    assert set(ask(tuple("敬助老"), [(1, 7), (1, 7)]) or ()) == {one.id for one in far[:5]}
    assert ask(tuple("助敬老"), [(1, 7), (1, 7)]) == ()
    assert ask(("火", "敬", "老"), [(1, 7), (1, 7)]) == ()
    published(tmp_path, [], [far[0].id], fresh=False)
    ask = store_of("whoosh", tmp_path).open().holding_in_order
    assert set(ask(tuple("敬助老"), [(1, 7), (1, 7)]) or ()) == {one.id for one in far[1:5]}


def test_where_many_may_have_it_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, [document(f"{number}", f"敬老助老{number}。") for number in range(FEW + 1)])
    engine = store_of("whoosh", tmp_path).open()
    assert engine.holding_in_order(tuple("敬老助老"), [(1, 7)] * 3) is None
    monkeypatch.setattr(reach, "_LOOKED_AT", 10)
    assert engine.holding_in_order(tuple("敬老助老"), [(1, 7)] * 3) is None
    assert engine.holding_in_order(tuple("火老助老"), [(1, 7)] * 3) == ()


class _Untold:
    """An engine that never knows at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> None:
        return None

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> None:
        return None


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("told")
    more = [f"第{number}个社区为老人送餐助浴，敬老爱老，服务到家到心。" for number in range(40)]
    published(folder, [document(f"{number}", one) for number, one in enumerate((*TEXTS, *more))])
    return store_of("whoosh", folder).open()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 90), st.integers(4, 14), st.integers(0, 13), st.sampled_from(["", "火", "老", "，", "2"]))
def test_nothing_else_is_found_than_without_it(engine: Engine, at: int, length: int, place: int, char: str) -> None:
    """Wordings of the texts with a character taken out or another one put in its place, with other signs or none."""
    written = "".join((*TEXTS, "为老人送餐助浴，敬老爱老，服务到家到心。"))
    wording = written[at % len(written) :][:length]
    wording = wording[:place] + char + wording[place + 1 :]
    for typed in (wording, other_signs.bare(wording)):
        query = replace(parse("敬老"), clause=Term(text.fold(typed), typed))
        for any_found in (True, False):
            assert signs.with_other_signs(engine, query, any_found=any_found) == signs.with_other_signs(
                _Untold(engine),  # type: ignore[arg-type]
                query,
                any_found=any_found,
            )
        assert nearly.nearly_as_typed(engine, query) == nearly.nearly_as_typed(_Untold(engine), query)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [100, 200, 400])
def test_of_a_long_wording_only_the_beginning_is_looked_at(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    looked = []
    before = Pairs.places_before
    monkeypatch.setattr(Pairs, "places_before", lambda *given: [looked.append(1), before(*given)][1])
    wording = ("敬老爱老服务到家" * length)[:length]
    assert (
        signs.with_other_signs(engine, replace(parse("敬老"), clause=Term(wording, wording)), any_found=False) is None
    )
    assert 0 < len(looked) <= 2 * 40


def test_a_wording_that_stands_nowhere_is_not_looked_for_in_any_other_way(engine: Engine) -> None:
    class Asked(_Untold):
        def first(self, queries: object, *, limit: int) -> list[object]:
            raise AssertionError("nothing is left to look for")

        count = find_each = first

        def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> object:
            return engine.holding_in_order(strings, steps)

        def holding_parted(self, characters: str, step: Step, *, joined: bool) -> object:
            return engine.holding_parted(characters, step, joined=joined)

    query = parse("敬老服务在哪里办理")
    assert signs.with_other_signs(Asked(engine), query, any_found=True) is None  # type: ignore[arg-type]
    assert nearly.nearly_as_typed(Asked(engine), query) is None  # type: ignore[arg-type]
    assert len("敬老服务在哪里办理") >= one_other.SHORTEST
