"""What every store promises, whatever keeps the index: changes become visible together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from conftest import Publish, document, stored

from search import reading, results
from search.documents.document import Copy, Document, Warning
from search.documents.siblings import ALONE, NEAR_DUPLICATE, Siblings
from search.engines import STORES, Engine, Entry, Step, Store, Stored, store_of, written_content
from search.errors import Busy, IndexUnusable
from search.index.analysis import analysed
from search.index.vocabulary import Vocabulary
from search.matching.gathering import Gathering
from search.matching.matches import Matches
from search.query.clauses import Query
from search.query.parsing import parse
from search.results import as_csv, grouped
from search.tools.cited import cited
from search.tools.coverage import coverage
from search.tools.figures import figures
from search.tools.matrix import matrix
from search.tools.timeline import timeline

FIRST = document("甲.txt", "推进养老服务。", region="湖北", date="2024-02-21")
SECOND = document("乙.txt", "规范养老服务。", region="湖南", date="2023")
THIRD = document("丙.txt", "发放临时救助。", region="湖北")


def published(store: Store, *documents: Document, fresh: bool = False, **notes: str) -> str:
    with store.writer(fresh=fresh) as writer:
        for one in documents:
            writer.add(one)
        return writer.publish(notes)


def found(store: Store, typed: str) -> list[str]:
    ranked = store.open().find(parse(typed), limit=10, offset=0).ranked
    return sorted(one.document.external_id for one in store.open().fetch([match.id for match in ranked]).values())


# --- one publish after the other -----------------------------------------------------------------------


def test_nothing_is_there_until_something_is_published(store: Store) -> None:
    assert (store.is_empty(), store.last_note("files"), len(store.damages())) == (True, None, 1)
    with pytest.raises(IndexUnusable):
        store.open()
    published(store, FIRST, files="一")
    assert (store.is_empty(), store.last_note("files"), store.damages()) == (False, "一", [])
    assert (store.open().documents, store.open().note("files"), store.open().note("别的")) == (1, "一", None)


def test_a_publish_begins_with_what_there_was_and_another_generation_says_so(store: Store) -> None:
    first = published(store, FIRST, files="一")
    second = published(store, SECOND, files="二")
    assert first != second == store.open().generation
    assert found(store, "“养老服务”") == ["乙.txt", "甲.txt"]
    assert store.open().note("files") == "二"
    published(store, THIRD, fresh=True)
    assert (found(store, "“养老服务”"), store.open().documents, store.open().note("files")) == ([], 1, None)


def test_an_engine_that_was_opened_goes_on_answering_from_its_own_state(store: Store) -> None:
    published(store, FIRST)
    before = store.open()
    published(store, SECOND)
    assert before.find(parse("养老服务"), limit=10, offset=0).documents == 1
    assert store.open().find(parse("养老服务"), limit=10, offset=0).documents == 2


def test_what_is_published_is_opened_once(store: Store) -> None:
    published(store, FIRST)
    assert store.open() is store.open()
    assert store.open().published is not None


def test_what_is_not_published_never_happened(store: Store) -> None:
    published(store, FIRST)
    with store.writer(fresh=True) as writer:
        writer.add(SECOND)
    with pytest.raises(RuntimeError), store.writer(fresh=False) as writer:
        writer.add(SECOND)
        writer.remove(FIRST.id)
        raise RuntimeError
    assert found(store, "养老服务") == ["甲.txt"]


def test_there_is_one_writer_at_a_time(store: Store) -> None:
    with store.writer(fresh=False), pytest.raises(Busy), store.writer(fresh=False):
        pass
    published(store, FIRST)
    assert store.open().documents == 1


# --- what is written -----------------------------------------------------------------------------------


def test_documents_come_in_any_order_with_their_analysis_or_without(store: Store) -> None:
    with store.writer(fresh=True) as writer:
        writer.add(SECOND, analysed(SECOND))
        writer.add(FIRST)
        writer.add(THIRD, analysed(THIRD))
        writer.publish({})
    assert (found(store, "“推进”"), found(store, "“规范”"), found(store, "“发放”")) == (
        ["甲.txt"],
        ["乙.txt"],
        ["丙.txt"],
    )


def test_a_document_of_the_same_id_gives_way_and_a_removed_one_is_gone(store: Store) -> None:
    published(store, FIRST, SECOND)
    with store.writer(fresh=False) as writer:
        writer.add(replace(FIRST, passages=document("甲.txt", "改为儿童福利。").passages))
        writer.remove(SECOND.id)
        writer.remove("没有的")
        writer.publish({})
    assert (found(store, "“养老服务”"), found(store, "“儿童福利”"), store.open().documents) == ([], ["甲.txt"], 1)
    assert store.open().fetch([SECOND.id]) == {}


def test_a_removed_document_stays_gone_whatever_is_said_of_it(store: Store) -> None:
    published(store, FIRST, SECOND)
    with store.writer(fresh=False) as writer:
        writer.remove(SECOND.id)
        writer.publish({}, {SECOND.id: ALONE})
    assert (store.open().documents, store.open().fetch([SECOND.id])) == (1, {})


def test_the_same_id_twice_in_one_batch_is_refused(store: Store) -> None:
    with store.writer(fresh=True) as writer, pytest.raises(ValueError, match="twice"):
        writer.add(FIRST)
        writer.add(FIRST)
    assert store.is_empty()


def kin(of: Document, *others: Document, copies: Sequence[str] = ()) -> Siblings:
    near = tuple(one.id for one in (of, *others)) if others else ()
    doubt = Warning(NEAR_DUPLICATE, "另有相近版本", others[0].external_id) if others else None
    return Siblings(near, tuple(Copy(path, of.id) for path in copies), doubt)


def test_what_is_said_of_siblings_is_told_last_of_new_and_of_published_documents(store: Store) -> None:
    published(store, FIRST, THIRD)
    with store.writer(fresh=False) as writer:
        writer.add(SECOND, analysed(SECOND))
        said = {FIRST.id: kin(FIRST, SECOND), SECOND.id: kin(SECOND, FIRST, copies=["乙2.txt"])}
        steps: list[tuple[int, int]] = []
        writer.publish({}, said, lambda done, of: steps.append((done, of)))
    assert stored(store.open(), FIRST.id) == said[FIRST.id].told(FIRST)
    assert stored(store.open(), SECOND.id) == said[SECOND.id].told(SECOND)
    assert stored(store.open(), THIRD.id) == THIRD
    assert (steps[-1][0], steps == sorted(steps)) == (steps[-1][1], True)
    # Told otherwise, a document keeps all its fields: it is found as before, by words, characters and facets.
    with store.writer(fresh=False) as writer:
        writer.publish({}, {FIRST.id: ALONE, SECOND.id: ALONE})
    assert [stored(store.open(), one.id) for one in (FIRST, SECOND, THIRD)] == [FIRST, SECOND, THIRD]
    assert [found(store, asked) for asked in ("“推进”", "养老 服务", "养老服务 地区:湖北")] == [
        ["甲.txt"], ["乙.txt", "甲.txt"], ["甲.txt"],
    ]  # fmt: skip


# --- what is asked -------------------------------------------------------------------------------------


def test_several_queries_at_once_are_answered_like_each_alone(publish: Publish) -> None:
    engine = publish(FIRST, SECOND, THIRD)
    queries = [parse(asked) for asked in ("养老服务", "救助", "“没有的话”", "养老服务 地区:湖北", "")]
    alone = [engine.find(query, limit=2, offset=0) for query in queries]
    without = [replace(one, facets={}) for one in alone]  # which may be left out
    assert [replace(one, facets={}) for one in engine.find_each(queries, limit=2)] == without
    assert engine.count(queries) == [one.documents for one in alone] == [2, 1, 0, 1, 3]


def test_documents_are_fetched_in_the_order_asked_for_with_their_edges(publish: Publish) -> None:
    engine = publish(FIRST, SECOND)
    fetched = engine.fetch([SECOND.id, "没有的", FIRST.id])
    assert list(fetched) == [SECOND.id, FIRST.id]
    analysis = analysed(SECOND)
    content = written_content(analysis.content).encode("utf-8")
    assert fetched[SECOND.id] == Stored(SECOND, (analysis.title_cuts, analysis.cuts), content)


def test_the_catalogue_says_of_every_document_what_pages_count_by(store: Store) -> None:
    lines = document("丁.txt", "第一行。", ("第二行", "接着。"), "！", region="湖南", date="2022-05")
    twin = replace(SECOND, near=(FIRST.id, SECOND.id))
    published(store, FIRST, twin, THIRD, lines)
    told = {
        FIRST.id: Entry("2024-02-21", "湖北", 7),
        SECOND.id: Entry("2023", "湖南", 7, FIRST.id),
        THIRD.id: Entry("", "湖北", 7),
        lines.id: Entry("2022-05", "湖南", 11),
    }
    assert store.open().catalogue() == told
    assert [entry.year for entry in told.values()] == ["2024", "2023", "", "2022"]
    with store.writer(fresh=False) as writer:
        writer.remove(SECOND.id)
        writer.add(replace(document("戊.txt", "新的\n"), passages=()))
        writer.publish({})
    del told[SECOND.id]
    told[document("戊.txt").id] = Entry("", "", 0)
    assert store.open().catalogue() == told


def test_a_store_of_no_such_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(IndexUnusable, match=r"没有名为“lucene”的检索引擎；可用：whoosh、whoosh-plain"):
        store_of("lucene", "index")


def test_a_package_that_an_engine_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STORES, "elsewhere", "search.engines.not_there:Store")
    with pytest.raises(IndexUnusable, match=r"没有安装：pip install -r requirements-elsewhere\.txt"):
        store_of("elsewhere", "index")


# --- how often a page asks -----------------------------------------------------------------------------


class Counting:
    """An engine that counts how often it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.calls: list[str] = []
        self.generation, self.documents, self.published = engine.generation, engine.documents, engine.published

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        self.calls.append("find")
        return self._engine.find(query, limit=limit, offset=offset)

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        self.calls.append("find_each")
        return self._engine.find_each(queries, limit=limit)

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        self.calls.append("first")
        return self._engine.first(queries, limit=limit)

    def count(self, queries: Sequence[Query]) -> list[int]:
        self.calls.append("count")
        return self._engine.count(queries)

    def fetch(self, ids: Sequence[str], *, whole: bool = False) -> Mapping[str, Stored]:
        self.calls.append("fetch")
        return self._engine.fetch(ids, whole=whole)

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> Mapping[str, Gathering]:
        self.calls.append("gather")
        return self._engine.gather(ids, weights)

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> None:
        return None  # as of an engine that is elsewhere, whose trips are counted

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> None:
        return None

    def catalogue(self) -> Mapping[str, Entry]:
        self.calls.append("catalogue")
        return self._engine.catalogue()

    def note(self, name: str) -> str | None:
        self.calls.append("note")
        return self._engine.note(name)

    def vocabulary(self) -> Vocabulary:
        return self._engine.vocabulary()


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Forty documents of twenty regions; every query finds many cards."""
    store = store_of("whoosh", tmp_path_factory.mktemp("forty"))
    regions = [f"第{n}省" for n in range(20)]
    texts = [f"第{n}次研究养老服务和临时救助。" for n in range(40)]
    published(store, *(document(f"{n}.txt", one, region=regions[n % 20]) for n, one in enumerate(texts)))
    return store


@pytest.fixture
def counting(forty: Store) -> Counting:
    """How often a page asks does not depend on the engine."""
    return Counting(forty.open())


def test_a_page_of_results_asks_twice(counting: Counting) -> None:
    results.search(counting, parse("养老服务"))
    assert counting.calls == ["find", "fetch"]


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        # A slip: for other signs (twice how much of its beginning and end is there), for each round of rewordings, for
        # what was meant, for its cards.
        ("养老福务", 7),
        ("yanglaofuwu", 7),
        ("养老福务 临时就助", 8),
        ("怎么申请低保 多少钱", 9),  # a term stands nowhere: which, and then the rest is asked for
        ("火星上的民政局 地区:湖北 年份:1949", 8),  # nothing is found: what else would find something is counted
        ("养老福务，临时就助", 9),  # as a list, and each of its terms but for one character
    ],
)
def test_whatever_is_typed_a_page_asks_a_few_times(counting: Counting, typed: str, most: int) -> None:
    results.browse(counting)  # once for a generation
    for page in ({}, {"sort": "newest"}):
        counting.calls.clear()
        results.search(counting, parse(typed, **page))
        assert len(counting.calls) <= most, counting.calls


def test_a_page_of_what_one_way_found_asks_once_more(counting: Counting) -> None:
    page = results.search(counting, replace(parse("养老服务 -火星"), way="exact"))
    assert (page.documents, counting.calls) == (40, ["find", "find", "fetch"])


def test_a_page_of_groups_asks_three_times_however_many_there_are(counting: Counting) -> None:
    page = grouped(counting, parse("养老服务"), "region")
    assert (len(page.groups), counting.calls) == (20, ["find", "find_each", "fetch"])


def test_a_table_asks_twice_however_many_rows_it_has(counting: Counting) -> None:
    assert as_csv(counting, parse("养老服务")).count(b"\n") == 41
    assert counting.calls == ["find", "fetch"]


def test_an_opened_document_asks_a_few_times(counting: Counting) -> None:
    (match, *_) = counting.find(parse("养老服务"), limit=1, offset=0).ranked
    opened = counting.fetch([match.id])[match.id]
    counting.calls.clear()
    reading.beside(counting, opened, reading.open_document(opened.document, parse("养老服务"), edges=opened.edges))
    assert counting.calls == ["fetch", "first", "gather", "fetch"]


def test_the_first_page_of_all_asks_three_times(counting: Counting) -> None:
    results.browse(counting)
    assert counting.calls == ["find", "fetch", "count"]


def test_a_tool_asks_a_few_times_however_many_documents_it_counts(counting: Counting) -> None:
    matrix(counting, parse("养老服务"))
    assert counting.calls == ["find", "catalogue", "fetch"]
    counting.calls.clear()
    matrix(counting, parse("养老服务 级别:省级 地区:第1省"))
    assert len(counting.calls) <= 6, counting.calls  # nothing is found: what was meant is looked for, too
    counting.calls.clear()
    timeline(counting, parse("养老服务，临时救助，研究"))
    assert counting.calls == ["catalogue", "find_each", "catalogue", "fetch"]
    counting.calls.clear()
    figures(counting, parse("养老服务"))
    assert counting.calls == ["find", "fetch"]
    counting.calls.clear()
    cited(counting, parse("养老服务"))
    assert counting.calls == ["find", "fetch"]
    counting.calls.clear()
    coverage(counting)
    assert counting.calls == ["catalogue"]
