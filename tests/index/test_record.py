"""A record of a document loses nothing, has the keys that are described, and forgets no field of Metadata."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from indexer.statements import sources
from indexer.statements.fields import Statement, checked, stated, value_of
from search.documents.document import EVIDENT, Document, Evidence, How, Metadata, PartialDate
from search.documents.labels import FIELDS
from search.index import packed, record
from search.reading.facts import fact_lines

ROOT = Path(__file__).parent.parent.parent
DESCRIBED = json.loads((ROOT / "static/openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]["Document"]
NAMES = [field.name for field in fields(Metadata)]
# The keys of a record that tell of a field beside the field itself.
BESIDE = {
    "title": ["title_source"],
    "date": ["date_precision", "date_inferred", "date_evidence"],
    "region": ["region_inferred"],
}
# What the page says of a document otherwise than by a line of its own.
ELSEWHERE = {"title", "place", "quotable"}


def _dates() -> st.SearchStrategy[PartialDate]:
    return st.dates().flatmap(
        lambda day: st.sampled_from(
            [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
        )
    )


def _values(field: str) -> st.SearchStrategy[object]:
    """What a field may hold, by its type: a new one is drawn without a word here."""
    if field not in EVIDENT:
        return st.from_type(get_type_hints(Metadata)[field])
    value = _dates() if EVIDENT[field] == PartialDate.parse else st.text()
    evidence = st.builds(Evidence, value, st.text(), st.sampled_from(get_args(How)))
    return evidence if field == "title" else st.none() | evidence


METADATA = st.builds(Metadata, **{name: _values(name) for name in NAMES})


def knowing(metadata: Metadata) -> Document:
    return replace(document("甲.txt", "正文。", ("两", "段。")), metadata=metadata)


# --- nothing is lost -----------------------------------------------------------------------------------


@given(metadata=METADATA)
def test_whatever_is_known_comes_back_from_the_record(metadata: Metadata) -> None:
    one = knowing(metadata)
    assert record.loads(record.dumps(one)) == packed.loads(packed.dumps(one)) == one


def test_what_is_not_known_takes_no_room_in_the_record() -> None:
    facts, _, body = record.dumps(knowing(Metadata(title=Evidence("标题")))).partition("\n")
    assert (json.loads(facts)["known"], body) == ({"title": ["标题"]}, "正文。\n两段。")
    assert not {"speakers", "plain", "warnings", "near", "copies", "headings"} & {*json.loads(facts)}


@pytest.mark.parametrize("field", [name for name in NAMES if name not in ("title", "speakers")])
def test_a_field_that_an_older_record_does_not_have_is_not_known(field: str) -> None:
    one = knowing(
        Metadata(title=Evidence("标题"), date=Evidence(PartialDate(2024)), genre=Evidence("讲话稿"), quotable=True)
    )
    known, end, body = record.dumps(one).partition("\n")
    stored = json.loads(known)
    assert stored["known"].pop(field, None) or stored["plain"].pop(field, None) or getattr(one.metadata, field) is None
    default = getattr(Metadata(title=Evidence("")), field)
    assert record.loads(json.dumps(stored) + end + body).metadata == replace(one.metadata, **{field: default})


# --- its keys are those described ------------------------------------------------------------------------


def test_the_keys_of_a_record_stand_in_the_order_they_always_had() -> None:
    assert list(record.as_json(document("甲.txt", "正文。"))) == [
        *("id", "external_id"),
        *(key for name in NAMES for key in (name, *BESIDE.get(name, ()))),
        *("warnings", "near", "copies", "paragraphs", "passages", "text", "original", "sha256", "evidence"),
    ]


@given(metadata=METADATA)
def test_a_record_has_exactly_the_keys_that_are_described(metadata: Metadata) -> None:
    told = record.as_json(knowing(metadata))
    assert list(told) == list(DESCRIBED["properties"]) == DESCRIBED["required"]
    assert set(told["evidence"]) <= set(EVIDENT)


# --- no field is forgotten -------------------------------------------------------------------------------


def test_every_field_has_a_name_for_people_and_is_in_the_manual() -> None:
    assert set(FIELDS) == set(NAMES)
    manual = (ROOT / "docs" / "管理.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^- \*\*可以校正的项\*\*.*$", manual, re.M)
    assert re.findall(r"`(\w+)` ([^、（。]+)", line.partition("：")[2])[: len(FIELDS)] == list(FIELDS.items())


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_can_be_stated_and_is_a_column_of_the_table_of_sources(field: str) -> None:
    written = {"date": "2024-02", "region": "陕西", "level": "省级", "quotable": "是", "speakers": "甲某:厅长:讲话"}
    (pair,) = checked(field, written.get(field, "某某"))
    said = stated(document("甲.txt", "正文。"), [Statement(*pair, "某", "corrected")])
    assert value_of(said, field) == pair[1]
    assert isinstance(getattr(said.metadata, field), Evidence) == (field in EVIDENT)
    assert sources._COLUMNS[FIELDS[field]] == field


@pytest.mark.parametrize("field", sorted(set(NAMES) - ELSEWHERE - {"date", "speakers"}))
def test_every_field_has_a_line_on_the_page(field: str) -> None:
    value = Evidence("某某", "依据", "inferred") if field in EVIDENT else "某某"
    known = {line.label: (line.value, line.note) for line in fact_lines(knowing(_with(field, value)))}
    assert known[FIELDS[field]] == ("某某", "推定" if field in EVIDENT else "")


def _with(field: str, value: object) -> Metadata:
    return replace(Metadata(title=Evidence("标题")), **{field: value})  # type: ignore[arg-type]
