"""What is a person's name, by what speaks for it and against."""

from __future__ import annotations

import pytest

from indexer.articles.names import is_called


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("林同", True),
        ("高志", True),
        ("陈局", True),
        ("李和平", True),
        ("公安局", False),
        ("于会上", False),
        ("应邀出席", False),
    ],
)
def test_evidence_for_and_against_a_name_after_a_post(word: str, name: bool) -> None:
    assert is_called(word, posted=True) is name
