"""A class of characters that was worked out once is the same wherever it stands."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search.character_classes as classes

ROOT = Path(__file__).resolve().parents[2]
COMPILER = import_module(classes._COMPILER)
PARSER = COMPILER._parser if sys.version_info >= (3, 11) else COMPILER.sre_parse
WORKED_OUT = COMPILER._optimize_charset.__wrapped__
FLAGS = (0, re.I, re.A, re.A | re.I, re.M)


def code(pattern: str, flags: int) -> list[int]:
    """What the engine is given."""
    return list(COMPILER._code(PARSER.parse(pattern, flags), flags))


def patterns_of_the_program() -> list[str]:
    """What stands between quotation marks in a call that makes a pattern, where that is all of it."""
    calls = re.compile(r'(?:re\.compile|lazy)\(\s*r?"((?:[^"\\\n]|\\.)+)"\s*[,)]')
    files = [file for part in ("indexer", "search", "web") for file in sorted((ROOT / part).rglob("*.py"))]
    return [one for file in files for one in calls.findall(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("flags", FLAGS)
def test_the_patterns_of_the_program_are_compiled_to_the_same(flags: int, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = patterns_of_the_program()
    assert len(patterns) > 150
    monkeypatch.setattr(COMPILER, "_optimize_charset", WORKED_OUT)
    alone = [code(one, flags) for one in patterns]
    monkeypatch.setattr(COMPILER, "_optimize_charset", classes._remembered(WORKED_OUT))
    assert [code(one, flags) for one in patterns] == alone
    assert [code(one, flags) for one in reversed(patterns)] == alone[::-1]


members = st.lists(
    st.one_of(
        st.sampled_from([r"\w", r"\W", r"\d", r"\s", "a-z", "A-Z", "à-ÿ", "\x00-ÿ", "ſ", "\u212a"]),
        st.sampled_from(["一-鿿", "㐀-䶿", "𠀀-𿿿"]),
        st.characters(exclude_categories=["Cs"], exclude_characters="[]^-\\&~|"),
    ),
    min_size=1,
    max_size=6,
)


@given(st.lists(st.tuples(st.booleans(), members), min_size=1, max_size=4))
def test_any_classes_are_compiled_to_the_same(made: list[tuple[bool, list[str]]]) -> None:
    remembered = classes._remembered(WORKED_OUT)
    written = [f"[{'^' if negated else ''}{''.join(parts)}]" for negated, parts in made]
    for (one, other), flags in product([*zip(written, reversed(written), strict=True)], FLAGS):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(COMPILER, "_optimize_charset", WORKED_OUT)
            alone = code(one + other, flags)
            patch.setattr(COMPILER, "_optimize_charset", remembered)
            assert code(one + other, flags) == alone


def test_a_class_is_worked_out_once_for_all_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counted(members: list[object], *case: object) -> object:
        asked.append(members)
        return WORKED_OUT(members, *case)

    monkeypatch.setattr(COMPILER, "_optimize_charset", classes._remembered(counted))
    for pattern in ("a[一-鿿]{2}", "b[一-鿿]+c[一-鿿]", "[^一-鿿]d"):
        code(f"x{pattern}", 0)
    assert len(asked) == 2


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What readers type goes into patterns, too."""
    monkeypatch.setattr(classes, "_MOST", 1)
    asked: list[object] = []

    def counted(members: list[object], *case: object) -> object:
        asked.append(members)
        return [], False

    remembered = classes._remembered(counted)
    for members in ([1], [2], [1], [2]):
        remembered(members)
    assert asked == [[1], [2], [2]]


def test_what_a_compiler_of_another_shape_asks_is_worked_out_each_time() -> None:
    asked: list[object] = []

    def counted(members: list[object], *case: object, **named: object) -> object:
        asked.append((members, named))
        return [], False

    remembered = classes._remembered(counted)
    for members, named in (([[1]], {}), ([[1]], {}), ([1], {"fixes": {}}), ([1], {"fixes": {}})):
        remembered(members, **named)
    assert asked == [([[1]], {}), ([[1]], {}), ([1], {"fixes": {}}), ([1], {"fixes": {}})]


def test_a_compiler_of_another_shape_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = COMPILER._optimize_charset
    classes.work_out_once()  # and it is done once
    assert COMPILER._optimize_charset is before
    monkeypatch.delattr(COMPILER, "_optimize_charset")
    classes.work_out_once()
    assert not hasattr(COMPILER, "_optimize_charset")
