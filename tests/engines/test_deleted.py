"""What deleted documents held is taken off the counts, and worked out once for each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import document

from search.documents.document import Document
from search.engines import store_of
from search.engines.whoosh import deleted
from search.index import vocabulary

TOPICS = ("养老服务", "社会救助", "殡葬改革", "地名管理", "志愿服务", "儿童福利")


def made(number: int) -> Document:
    return document(f"{number}.txt", f"推进{TOPICS[number]}工作，规范福利彩票管理。", title=f"全省{TOPICS[number]}会议")


def publish(index: Path, *, remove: int | None = None, fresh: bool = False, documents: int = 0) -> None:
    with store_of("whoosh", index).writer(fresh=fresh) as writer:
        for number in range(documents):
            if number != remove:
                writer.add(made(number))
        if remove is not None:
            writer.remove(made(remove).id)
        writer.publish({})


def words(index: Path) -> str | None:
    return store_of("whoosh", index).open().note(vocabulary.NOTE)


def test_each_deleted_document_is_analysed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, documents=6)
    seen: list[str] = []
    analysed = deleted.analysed
    monkeypatch.setattr(deleted, "analysed", lambda one: [seen.append(one.external_id), analysed(one)][1])
    for number in (4, 1, 2):
        publish(tmp_path, remove=number)
    publish(tmp_path)
    assert seen == ["4.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"a": 1}', b'{"a": {"numbers": ["x"]}}'])
def test_the_counts_are_those_of_an_index_made_anew_also_where_the_note_is_damaged(
    tmp_path: Path, content: bytes | None
) -> None:
    publish(tmp_path / "one", documents=5)
    for number in (4, 1):
        publish(tmp_path / "one", remove=number)
        if content is not None:
            (note,) = [*(tmp_path / "one").glob("g*/deleted.note")][-1:]
            note.unlink()
            note.write_bytes(content)
    publish(tmp_path / "one", remove=3)
    publish(tmp_path / "other", documents=1, fresh=True)
    with store_of("whoosh", tmp_path / "other").writer(fresh=True) as writer:
        for number in (0, 2):
            writer.add(made(number))
        writer.publish({})
    assert words(tmp_path / "one") == words(tmp_path / "other")


def test_another_segments_counts_are_not_believed() -> None:
    assert deleted.loads('{"s": {"numbers": [1], "words": {"养老": 2}, "terms": {}}}')["s"].words == {"养老": 2}
    for stored in (None, "", "7", "[1]", '{"s": 1}', '{"s": {"numbers": 1}}'):
        assert deleted.loads(stored) == {}
