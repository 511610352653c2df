"""The calculation of docs/scaling.md: it stands there as the command writes it, and more costs more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from bench.sizing import PAGE, Given, main, simulate, size, written

GIVEN = Given(3_000_000)


def test_the_page_has_the_table_of_the_command() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page, "python bench/sizing.py --write"
    assert CliRunner().invoke(main).output.strip() in page


def test_a_copy_of_everything_needs_room_twice_and_three_nodes() -> None:
    small = size(Given(1000))
    assert (small.shards, small.nodes, size(Given(1000, replicas=0)).nodes) == (1, 3, 1)
    assert size(GIVEN).gigabytes == pytest.approx(3e6 * 1500 * 60 / 1e9)
    more = replace(GIVEN, disk=100, memory=8)
    assert size(replace(more, replicas=2)).nodes == pytest.approx(1.5 * size(more).nodes, abs=1)


def test_no_shard_is_larger_than_lucene_can_number() -> None:
    many = Given(200_000_000, bytes_a_character=0.01, lucene_a_document=40)
    assert many.documents * many.lucene_a_document / size(many).shards <= 1 << 30


def test_more_readers_wait_longer_and_a_missing_node_is_felt() -> None:
    needed = size(GIVEN)
    few, many = (simulate(replace(GIVEN, readers=n), needed.nodes, needed.shards) for n in (5, 200))
    assert (many.busy, many.p95) > (few.busy, few.p95)
    crowded = replace(GIVEN, readers=100, cores=8)
    assert simulate(crowded, 4, 9).p95 > simulate(crowded, 8, 9).p95
    assert simulate(GIVEN, 3, 9) == simulate(GIVEN, 3, 9)


def test_options_change_what_is_calculated() -> None:
    usual, other = (CliRunner().invoke(main, ["--documents=1000000", *more]) for more in ([], ["--characters=500"]))
    assert (usual.exit_code, other.exit_code) == (0, 0)
    assert "| 90.0 | 3 |" in usual.output and "| 30.0 | 1 |" in other.output
    assert CliRunner().invoke(main, ["--characters=0"]).exit_code == 2
