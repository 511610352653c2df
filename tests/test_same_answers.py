"""Two recordings of answers are compared address by address; what was only added is told apart from what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.comparing import ABSENT, Answer, Difference, compared, differences
from bench.same_answers import cut, main, read_queries

FOUND = {"took_ms": 1.2, "total": {"documents": 2}, "hits": [{"title": "养老"}, {"title": "救助"}]}


def answer(body: object, *, address: str = "/api/search?q=a", status: int = 200) -> Answer:
    return Answer("search", address, status, body)


def outcomes(before: Sequence[Answer], after: Sequence[Answer]) -> dict[str, str]:
    return {one.answer.address: one.outcome for one in compared(before, after)}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [Difference("a", 1, 2)]),
        ({"a": 1}, {"a": True}, [Difference("a", 1, True)]),
        ({"a": {"b": [{"c": "x"}]}}, {"a": {"b": [{"c": "y"}]}}, [Difference("a.b[0].c", "x", "y")]),
        ({"a": 1}, {"a": 1, "b": None}, [Difference("b", ABSENT, None, added=True)]),
        ({"a": 1, "b": None}, {"a": 1}, [Difference("b", None, ABSENT)]),
        ([1], [1, 2], [Difference("[1]", ABSENT, 2)]),  # one more in a list is no key that was added
        ({"took_ms": 1, "b": {"took_ms": 1}}, {"took_ms": 2, "b": {}}, []),
        ("一\n二\n三", "一\n贰\n叁", [Difference("[第2行]", "二", "贰")]),  # the first line of a page is enough
    ],
)
def test_values_are_compared_at_any_depth(before: object, after: object, found: list[Difference]) -> None:
    assert list(differences(before, after, {"took_ms"})) == found


def test_a_place_in_a_list_is_left_out_of_the_key_that_is_counted() -> None:
    assert Difference("hits[12].passages[0].p2", 1, 2).key == "hits[].passages[].p2"


def test_an_answer_is_the_same_has_more_keys_or_differs() -> None:
    changed = {**FOUND, "hits": [{"title": "养老"}, {"title": "社会救助"}]}
    before = [answer(FOUND, address=name) for name in ("/same", "/added", "/different", "/status", "/missing")]
    after = [
        answer({**FOUND, "took_ms": 9.9}, address="/same"),
        answer({**FOUND, "page": 1}, address="/added"),
        answer(changed, address="/different"),
        answer(FOUND, address="/status", status=404),
        answer(FOUND, address="/new"),
    ]
    assert outcomes(before, after) == {
        "/same": "same",
        "/added": "added",
        "/different": "different",
        "/status": "different",
        "/missing": "missing",
        "/new": "new",
    }


def run(folder: Path, before: Sequence[Answer], after: Sequence[Answer], *options: str) -> Result:
    files = [folder / "before.jsonl", folder / "after.jsonl"]
    for file, answers in zip(files, (before, after), strict=True):
        file.write_text("".join(f"{json.dumps(asdict(one))}\n" for one in answers), encoding="utf-8")
    return CliRunner().invoke(main, ["compare", *map(str, files), *options])


def test_added_keys_are_named_and_are_no_failure(tmp_path: Path) -> None:
    done = run(tmp_path, [answer(FOUND)], [answer({**FOUND, "page": 1, "total": {"documents": 2, "exact": True}})])
    assert (done.exit_code, done.output.splitlines()[-3:]) == (0, ["新增的键：", "  total.exact", "  page"])


def test_a_changed_value_fails_and_is_shown_with_its_address(tmp_path: Path) -> None:
    done = run(tmp_path, [answer(FOUND)], [answer({**FOUND, "total": {"documents": 3}})])
    assert done.exit_code == 1
    assert done.output.endswith("  /api/search?q=a\n    total.documents\n      前：2\n      后：3\n")


def test_an_address_that_is_missing_fails(tmp_path: Path) -> None:
    done = run(tmp_path, [answer(FOUND)], [])
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "  /api/search?q=a：后一份里没有")


def test_keys_may_be_left_out_of_the_comparison(tmp_path: Path) -> None:
    changed = {**FOUND, "total": {"documents": 3}, "hits": []}
    assert run(tmp_path, [answer(FOUND)], [answer(changed)], "--ignore", "total, hits").exit_code == 0


def test_what_changes_from_day_to_day_is_cut_out_of_a_page() -> None:
    page = '<link href="/style.css?v=0a9e">（用时 0.005 秒）打开日期：2026年11月22日</p>[EB/OL]. [2026-11-22]. /doc/1'
    assert cut(page) == '<link href="/style.css?v=">（用时 秒）打开日期：</p>[EB/OL]. []. /doc/1'


def test_questions_are_the_second_column_once_each(tmp_path: Path) -> None:
    (tmp_path / "good.tsv").write_text("a1\t低保\tterm\na2\t养老 服务\tmulti\n\na3\t低保\tterm\n", encoding="utf-8")
    (tmp_path / "bad.tsv").write_text("低保\n", encoding="utf-8")
    assert read_queries([tmp_path / "good.tsv"]) == ["低保", "养老 服务"]
    with pytest.raises(ValueError, match="低保"):
        read_queries([tmp_path / "bad.tsv"])
