"""Documents that no writer of rules has seen are read as well as before; tests/held_out/README.md says what they are.

Only figures are shown where this fails: the files and their right values stay unread by whoever writes rules. Floors go
up with `python tests/held_out/score.py --pin`.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.held_out import score

FLOORS: dict[str, dict[str, int]] = json.loads(score.FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def today() -> dict[str, Counter[str]]:
    return score.scores(score.all_checks())


@pytest.mark.parametrize("field", FLOORS)
def test_no_field_falls_below_its_floor(today: dict[str, Counter[str]], field: str) -> None:
    assert today[field]["right"] >= FLOORS[field]["right"]
    assert today[field]["invented"] <= FLOORS[field]["invented"]


def test_every_field_has_a_floor_and_every_document_its_right_values(today: dict[str, Counter[str]]) -> None:
    assert set(today) == set(FLOORS)
    truths = json.loads(score.TRUTH.read_text(encoding="utf-8"))
    files = sorted(path.name for path in (score.HERE / "documents").iterdir())
    assert sorted(truth["file"] for truth in truths) == files
    assert today["documents"].total() == len(files) == 60


@pytest.mark.parametrize(
    ("got", "values", "stated", "expected"),
    [
        ("湖南", ["湖南", "湖北"], True, "right"),
        ("湖北", ["湖南", "湖北"], True, "right"),
        ("", [""], True, "right"),
        ("", ["湖南"], True, "missing"),
        ("湖北", ["湖南"], True, "wrong"),
        ("湖北", [""], True, "invented"),
        ("拟的题目", ["真的题目"], False, "missing"),
    ],
)
def test_a_value_is_right_missing_wrong_or_invented(got: str, values: list[str], stated: bool, expected: str) -> None:
    assert score.kind(got, values, stated=stated) == expected


def test_of_a_document_that_is_not_read_nothing_is_right() -> None:
    truth = {
        "title": "题目",
        "date": "2024-02-21",
        "region": "湖南",
        "place": ["岳阳"],
        "level": "市级",
        "issuer": "岳阳市民政局",
        "speakers": [["方立言", "局长"]],
        "genre": ["通知"],
        "quotable": True,
        "kept": ["一句话。"],
        "furniture": ["打印"],
    }
    kinds = {field: how for field, how, _, _ in score.checks(truth, [])}
    assert "right" not in kinds.values()


def test_floors_only_rise() -> None:
    before = {"title": {"right": 50, "invented": 1}}
    assert score.raised({"title": {"right": 48, "invented": 0}}, before) == {"title": {"right": 50, "invented": 0}}
    assert score.raised({"title": {"right": 52, "invented": 3}}, before) == {"title": {"right": 52, "invented": 1}}
