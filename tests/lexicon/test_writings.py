"""What must be true of the characters that are folded."""

from __future__ import annotations

import unicodedata

import pytest
from lexicon_tables import RADICALS, VARIANTS, repeated


def test_every_radical_with_an_ideograph_is_folded() -> None:
    block = {chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), "")}
    assert {entry.character for entry in RADICALS} == block - {"\u2e80"}  # ⺀ is a repeat mark
    assert repeated([entry.character for entry in RADICALS]) == []
    assert [entry for entry in RADICALS if len(entry.into) != 1 or entry.into in block] == []


def test_kangxi_radicals_fold_as_nfkc_does() -> None:
    """But for ⼾: PDF files made with Chinese fonts have it for 户, which NFKC would make the traditional 戶."""
    other = [e for e in RADICALS if e.character >= "\u2f00" and unicodedata.normalize("NFKC", e.character) != e.into]
    assert [(e.character, e.into) for e in other] == [("\u2f3e", "户")]


@pytest.mark.parametrize(
    ("copied", "meant"),
    [("低保⼾", "低保户"), ("⺠政", "民政"), ("⻘年", "青年"), ("⼀⽼⼀⼩", "一老一小"), ("⻓者", "长者")],
)
def test_copied_radicals_become_the_characters_they_stand_for(copied: str, meant: str) -> None:
    assert copied.translate({ord(entry.character): entry.into for entry in RADICALS}) == meant


def test_variants_fold_one_to_one_and_in_one_step() -> None:
    characters = [entry.character for entry in VARIANTS]
    assert repeated(characters) == []
    assert [entry for entry in VARIANTS if len(entry.character) != 1 or len(entry.into) != 1] == []
    assert [entry for entry in VARIANTS if entry.into in characters or entry.character == entry.into] == []


@pytest.mark.parametrize(("written", "meant"), [("台帐", "台账"), ("刋登", "刊登"), ("狥私", "徇私"), ("吿知", "告知")])
def test_a_variant_writing_is_found_by_the_usual_one(written: str, meant: str) -> None:
    assert written.translate({ord(entry.character): entry.into for entry in VARIANTS}) == meant


@pytest.mark.parametrize("character", ["份", "象", "著", "藉", "沈", "粘", "甚"])
def test_characters_with_a_meaning_of_their_own_are_no_variants(character: str) -> None:
    assert [entry for entry in VARIANTS if entry.character == character] == []
