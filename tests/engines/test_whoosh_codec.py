"""Postings in the project's own layout are what Whoosh's readers say they are, and what Whoosh's own layout says."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, formats, index
from whoosh.reading import IndexReader
from whoosh.util.text import utf8encode

from search.engines.whoosh.codec import Writer, counted
from search.index.analysis import Words

Document = Mapping[str, list[int]]  # term -> positions

words = st.text(st.sampled_from("民政府㐀𠀀a"), min_size=1, max_size=2)
documents = st.lists(
    st.dictionaries(words, st.lists(st.integers(0, 1 << 31), min_size=1, max_size=4, unique=True).map(sorted)),
    max_size=8,
)
TWO_AND_ONE = [{"民政": [1, 70_000], "民": [0]}, {"民政": [5]}, {"府": [2]}]


class _Terms(fields.FieldType):  # type: ignore[misc]
    """As the engine's fields are, and as a field of Whoosh's own."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False

    def index(self, value: Document, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, places in value.items():
            yield utf8encode(term)[0], len(places), float(len(places)), self.format.encode(places)


class _Values(fields.FieldType):  # type: ignore[misc]
    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None

    def index(self, value: list[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        yield from ((utf8encode(term)[0], 1, 1.0, b"") for term in value)


def made(folder: Path, name: str) -> index.FileIndex:
    folder.mkdir(exist_ok=True)
    return index.create_in(str(folder), fields.Schema(words=_Terms(), year=_Values()), indexname=name)


def placed(one: Document) -> Words:
    return Words([term for term, places in one.items() for _ in places], array("I", chain(*one.values())))


def ours(folder: Path, *batches: list[Document], limit: int = 1 << 20) -> IndexReader:
    """Each batch one commit."""
    written = made(folder, "ours")
    for batch in batches:
        writer = Writer(written, limit=limit)
        for number, one in enumerate(batch):
            writer.place(number, [("words", placed(one))])
            writer.add_document(year=["2024"])
        writer.commit()
    return written.reader()


def theirs(folder: Path, *batches: list[Document]) -> IndexReader:
    written = made(folder, "theirs")
    for batch in batches:
        writer = written.writer()
        for one in batch:
            writer.add_document(words=one, year=["2024"])
        writer.commit()
    return written.reader()


def everything(reader: IndexReader) -> dict[object, object]:
    """All that its public interface says of its postings."""
    said: dict[object, object] = {}
    for field, term in reader.all_terms():
        info, matcher, found = reader.term_info(field, term), reader.postings(field, term), []
        while matcher.is_active():
            places = tuple(matcher.value_as("positions")) if field == "words" else ()
            assert (matcher.value() or b"") == (reader.schema[field].format.encode(list(places)) if places else b"")
            found.append((matcher.id(), matcher.weight(), places))
            matcher.next()
        said[field, term] = (
            found,
            list(reader.postings(field, term).all_ids()),
            reader.doc_frequency(field, term),
            (info.weight(), info.doc_frequency(), info.min_id(), info.max_id(), info.max_weight()),
        )
    return said


@given(documents)
@settings(deadline=None)
def test_every_posting_is_what_whooshs_own_layout_holds(
    tmp_path_factory: pytest.TempPathFactory, batch: list[Document]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    with closing(ours(folder, batch)) as mine, closing(theirs(folder, batch)) as other:
        assert everything(mine) == everything(other)
        assert list(mine.lexicon("words")) == list(other.lexicon("words"))
        assert list(mine.expand_prefix("words", "民")) == list(other.expand_prefix("words", "民"))
        frequencies = [(term.decode("utf-8"), info.doc_frequency()) for term, info in other.iter_field("words")]
        assert list(counted(mine, "words")) == frequencies


@given(documents)
@settings(deadline=None, max_examples=40)
def test_postings_that_went_to_files_meanwhile_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, batch: list[Document]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    with closing(ours(folder, batch, limit=16)) as mine, closing(theirs(folder, batch)) as other:
        assert everything(mine) == everything(other)


def test_small_segments_that_are_merged_keep_their_postings(tmp_path: Path) -> None:
    batches = [[{"民政": [n], f"词{n}": [1, 2]}] for n in range(9)]
    with closing(ours(tmp_path, *batches)) as mine, closing(theirs(tmp_path, *batches)) as other:
        assert len(mine.leaf_readers()) == len(other.leaf_readers()) < len(batches)
        assert everything(mine) == everything(other)


def test_documents_between_are_leapt_over(tmp_path: Path) -> None:
    with closing(ours(tmp_path, [{"民政": [n]} if n % 3 == 0 else {"府": [n]} for n in range(100)])) as reader:
        matcher = reader.postings("words", "民政")
    matcher.skip_to(50)
    assert (matcher.id(), matcher.value_as("positions")) == (51, [51])
    matcher.skip_to(99)
    assert (matcher.id(), matcher.is_active()) == (99, True)
    matcher.skip_to(1000)
    assert not matcher.is_active()


def test_a_deleted_document_is_left_out(tmp_path: Path) -> None:
    ours(tmp_path, TWO_AND_ONE).close()
    written = index.open_dir(str(tmp_path), indexname="ours", schema=fields.Schema(words=_Terms(), year=_Values()))
    writer = Writer(written, limit=1 << 20)
    writer.delete_document(0)
    writer.commit(merge=False)
    with closing(written.reader()) as reader:
        assert list(reader.postings("words", "民政").all_ids()) == [1]
