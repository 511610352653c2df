"""Columns that numpy laid out are, byte for byte, those that were written term by term."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import document
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents.document import Document
from search.engines import store_of
from search.engines.columns import files
from search.engines.whoosh import checking, codec, generations

# Words, figures, a sum, signs and characters of every width; titles that are short or stand in the text again.
_PIECES = [
    "养老服务",
    "救助",
    "补贴3245户",
    "84.5亿元",
    "2024",
    "，",
    "。",
    "！",
    "㐀",
    "𠀀",
    "reits",
    "（一）加强管理",
    " ",
]
texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join)
documents = st.lists(st.tuples(texts, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=6)


def written(folder: Path, batch: Sequence[Document], patch: pytest.MonkeyPatch, *, many: int) -> bytes:
    patch.setattr(files, "_MANY", many)
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for one in batch:
            writer.add(one)
        writer.publish({})
    (columns,) = (folder / generations.current_name(folder)).glob("*.columns")
    # The table at the end names the segment's files, which have another name each time.
    found = files.mapped(columns)
    arrays = files.read(columns, _identity(found)).arrays
    assert checking.contradictions(generations.read(columns.parent)) == []
    return b"".join(name.encode() + bytes(arrays[name]) + arrays[name].format.encode() for name in arrays)


def _identity(found: memoryview) -> str:
    begin, _ = files._TAIL.unpack(found[-files._TAIL.size :])
    return str(files.json.loads(bytes(found[begin : -files._TAIL.size]))["identity"])


@given(documents, st.sampled_from([0, 5, 1 << 22]))
@settings(deadline=None, max_examples=25)
def test_columns_laid_out_by_numpy_are_those_written_term_by_term(
    tmp_path_factory: pytest.TempPathFactory, batch: list[tuple[str, list[str]]], at_once: int
) -> None:
    folder = tmp_path_factory.mktemp("both")
    held = [document(f"{number}{title}", *paragraphs) for number, (title, paragraphs) in enumerate(batch)]
    with pytest.MonkeyPatch.context() as patch:
        plain = written(folder / "plain", held, patch, many=1 << 30)
        patch.setattr(codec, "_AT_ONCE", at_once)
        assert written(folder / "spread", held, patch, many=0) == plain


def test_without_numpy_columns_are_written_term_by_term(monkeypatch: pytest.MonkeyPatch) -> None:
    assert files._ways(files._MANY)[0] is not files._pairs
    assert files._ways(files._MANY - 1)[0] is files._pairs
    monkeypatch.setitem(__import__("sys").modules, "search.engines.columns.spread", None)
    monkeypatch.delattr("search.engines.columns.spread", raising=False)
    assert files._ways(files._MANY) == (files._pairs, files._words, files._values)
