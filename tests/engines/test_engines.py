"""Documents come back from every engine as they went in, and no file stays open."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from conftest import Publish, document, stored
from contract import ALL, HUBEI, ask

from search import text
from search.engines import store_of
from search.index.schema import LISTED
from search.matching.matches import Matches


def test_a_document_comes_back_as_it_went_in(publish: Publish) -> None:
    assert stored(publish(*ALL), HUBEI.id) == HUBEI
    assert publish(*ALL).fetch(["没有的"]) == {}


def test_where_words_begin_and_end_comes_back_with_a_document(publish: Publish) -> None:
    one = document("甲", "省人民政府。", "民政。", title="人民")
    title, body = publish(one, HUBEI).fetch([one.id])[one.id].edges
    assert [text.is_whole(body, at, at) for at in range(11)] == [
        True,
        True,
        False,
        True,
        False,
        *[True] * 3,
        False,
        True,
        True,
    ]
    assert [text.is_whole(title, at, at) for at in range(3)] == [True, False, True]


def test_an_empty_index_answers(publish: Publish) -> None:
    assert ask(publish(), "养老服务") == Matches(0, 0, (), {field.name: () for field in LISTED})


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not list open files")
@pytest.mark.parametrize("name", ["whoosh", "whoosh-plain"])
def test_open_files_grow_neither_with_threads_nor_with_indexes(tmp_path: Path, name: str) -> None:
    """waitress cannot serve once a file has a number above 1,024."""

    def asked(number: int) -> int:
        folder = tmp_path / str(number)
        with store_of(name, folder).writer(fresh=True) as writer:
            writer.add(HUBEI)
            writer.publish({})
        for _ in range(5):
            thread = threading.Thread(
                target=lambda: (
                    store_of(name, folder).open().fetch([ask(store_of(name, folder).open(), "养老").ranked[0].id])
                )
            )
            thread.start()
            thread.join()
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    counts = [asked(number) for number in range(9)]
    assert max(counts[6:]) <= counts[5] + 5
