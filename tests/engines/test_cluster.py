"""An index in a cluster answers as one of Whoosh does."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest
from conftest import CLUSTER, ROOT, document, emptied
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indexer import pipeline
from search.documents.document import Document
from search.engines import Engine, store_of
from search.matching import scoring
from search.matching.matches import Matches
from search.query.clauses import Clause, Term, excluded_terms, positive_terms
from search.query.parsing import parse

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")


Pair = tuple[Engine, Engine]


@contextmanager
def both(folder: Path, documents: list[Document]) -> Iterator[Pair]:
    """Whoosh's engine and the cluster's on the same documents."""
    address = f"{CLUSTER}/test-{token_hex(6)}"
    stores = (store_of("whoosh", folder), store_of("opensearch", address))
    for store in stores:
        with store.writer(fresh=True) as writer:
            for one in documents:
                writer.add(one)
            writer.publish({})
    yield stores[0].open(), stores[1].open()
    emptied(address)


def told(matches: Matches) -> object:
    """Everything that is answered; points to the seventh place, as sums are made in another order."""
    ranked = [
        (m.id, m.kind, round(m.score, 7), m.occurrences, [(r.term, r.kind, r.title, r.body) for r in m.reasons])
        for m in matches.ranked
    ]
    best = [m.best and (m.best.number, m.best.held, m.best.near, m.best.headed) for m in matches.ranked[:50]]
    facets = {name: dict(values) for name, values in matches.facets.items()}
    return (
        matches.documents,
        matches.occurrences,
        matches.folded,
        matches.left_out,
        dict(matches.tiers),
        facets,
        ranked,
        best,
    )


def same(engines: Pair, typed: str, *, limit: int = 100, offset: int = 0, **options: object) -> None:
    whoosh, cluster = (one.find(parse(typed, **options), limit=limit, offset=offset) for one in engines)  # type: ignore[arg-type]
    assert told(cluster) == told(whoosh), (typed, options)


# --- the sample corpus ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Built by the indexer, as people do it."""
    address = f"{CLUSTER}/test-{token_hex(6)}"
    stores = (store_of("whoosh", tmp_path_factory.mktemp("corpus")), store_of("opensearch", address))
    for store in stores:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("indexer.pipeline.workers_for", lambda files: 0)
            pipeline.build([ROOT / "corpus"], store)
    yield stores[0].open(), stores[1].open()
    emptied(address)


def judged() -> list[str]:
    lines = (ROOT / "tests" / "relevance" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line.count("\t")]


@pytest.mark.cluster
def test_judged_questions_are_answered_alike(corpus: Pair) -> None:
    for typed in judged():
        same(corpus, typed)
        same(corpus, typed, sort="newest", filters=[("genre", "会议报道")])


@pytest.mark.cluster
@pytest.mark.parametrize(
    "typed",
    [
        "", "养", "养老 养老服务", "民政 政", "养老 -服务", "标题:(养老 OR 救助)", "同句:(养老 服务)",
        "同段:(低保 救助) -同句:(低保 救助)", "(低保 OR 养老) 服务", "养老服务 或 儿童福利 地区:湖北", "20次",
        "怎么申请低保", "高龄津贴是多少", "“民政工作”", "火星", "扶 “扶”",
    ],
)  # fmt: skip
def test_every_kind_of_question_is_answered_alike(corpus: Pair, typed: str) -> None:
    for sort in ("relevance", "newest", "oldest"):
        same(corpus, typed, sort=sort)
        same(corpus, typed, sort=sort, filters=[("year", "2023"), ("year", "2024")])
    same(corpus, typed, limit=5, offset=3)


@pytest.mark.cluster
def test_strings_of_any_length_drawn_from_documents_are_answered_alike(corpus: Pair) -> None:
    drawn = random.Random(7)
    everything = corpus[0].find(parse(""), limit=100, offset=0).ranked
    texts = [one.document.text.replace("\n", "") for one in corpus[0].fetch([m.id for m in everything]).values()]
    for length in (1, 2, 3, 5, 20, 60, 120, 200) * 5:
        begin = (text := drawn.choice(texts)) and drawn.randrange(max(1, len(text) - length))
        string = text[begin : begin + length]
        same(corpus, string)
        same(corpus, f"同句:({string[:3]} {text[begin + length :][:2]})")


@pytest.mark.cluster
def test_vocabulary_and_tables_are_those_of_whoosh(corpus: Pair) -> None:
    whoosh, cluster = (one.vocabulary() for one in corpus)
    assert (list(cluster.texts), list(cluster.documents)) == (list(whoosh.texts), list(whoosh.documents))


# --- invented documents in which everything overlaps ---------------------------------------------------

FEW, MORE = "民政养老，。", "民政养老服务福利彩票工作低保经济，。2a"


def invented(letters: str, seed: int) -> list[Document]:
    drawn = random.Random(seed)

    def piece(most: int) -> str:
        return "".join(drawn.choices(letters, k=drawn.randint(1, most)))

    documents = [
        document(
            f"{seed}-{n}",
            *([piece(20) for _ in range(drawn.randint(1, 3))] for _ in range(drawn.randint(1, 3))),
            title=piece(12),
            date=drawn.choice([None, "2023", "2024-02", "2024-02-18"]),
            region=drawn.choice("湘鄂"),
        )
        for n in range(drawn.choice([6, 90, 240]))
    ]
    # Every fifth has nearly the text of the one before it.
    for n in range(1, len(documents), 5):
        group = (documents[n - 1].id, documents[n].id)
        documents[n - 1 : n + 1] = [replace(one, near=group) for one in documents[n - 1 : n + 1]]
    return documents


@pytest.fixture(scope="module", params=[(FEW, 1), (FEW, 2), (MORE, 3), (MORE, 4)], ids=str)
def overlapping(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with both(tmp_path_factory.mktemp("index"), invented(*request.param)) as engines:
        yield engines


terms = st.text(alphabet=MORE[:-4], min_size=1, max_size=5)
questions = st.lists(
    st.one_of(
        terms,
        terms.map(lambda t: f"“{t}”"),
        terms.map(lambda t: f"-{t}"),
        st.sampled_from(["或", "(", ")", "同句:(", "同段:(", "标题:", "民政", "养老", "怎么养老"]),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


FILTERS = ([], [("region", "湘")], [("-region", "湘")], [("year", "2023..2025"), ("-date", "2024-02..2025")])


@pytest.mark.cluster
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions, st.sampled_from(["relevance", "newest", "oldest"]), st.sampled_from(FILTERS))
def test_generated_questions_are_answered_alike(
    overlapping: Pair, typed: str, sort: str, narrowed: list[tuple[str, str]]
) -> None:
    # 老老 stands twice in 老老老 for the cluster, and once for Whoosh: docs/scaling.md says so.
    assume(not any(repeats(term.text) for term in terms_of(parse(typed).clause)))
    same(overlapping, typed, sort=sort, filters=narrowed)


def repeats(string: str) -> bool:
    """Whether a string can begin again inside itself."""
    return any(string.startswith(string[at:]) for at in range(1, len(string)))


def terms_of(clause: Clause | None) -> tuple[Term, ...]:
    return (*positive_terms(clause), *excluded_terms(clause))


@pytest.mark.cluster
def test_strange_characters_are_found_where_they_stand(tmp_path: Path) -> None:
    strange = ["甲\u3000乙", "丙\u2003丁", "戊\ue000己", "庚\ue010辛", "𠮷野家𠮷", "壬\U000f0020癸", "子\x1c丑"]
    with both(tmp_path, [document(f"{n}", one, "收尾。") for n, one in enumerate(strange)]) as engines:
        for one in strange:
            for typed in (f"“{one}”", one[0], one[-1], f"{one[0]} {one[-1]}"):
                same(engines, typed)


@pytest.mark.cluster
def test_by_time_a_page_is_whole_however_many_newer_scraps_there_are(tmp_path: Path) -> None:
    """The newest say it least often, so that no order by relevance brings them."""
    scraps = [document(f"错{n}", "关心因难群众。", date="2024") for n in range(65)]
    right = [document(f"对{n}", "关心困难群众。" * (80 - n), date=f"{1900 + n}") for n in range(70)]
    with both(tmp_path, [*scraps, *right]) as engines:
        for sort in ("newest", "oldest"):
            same(engines, "困难群众", limit=20, sort=sort)


# --- rounds and threads --------------------------------------------------------------------------------


@pytest.mark.cluster
def test_a_question_takes_two_rounds_and_one_the_second_time(corpus: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = corpus[1]._cluster  # type: ignore[attr-defined]
    asked: list[int] = []
    searched = cluster.searched
    monkeypatch.setattr(
        cluster, "searched", lambda index, bodies, **how: asked.append(len(bodies)) or searched(index, bodies, **how)
    )
    for typed in ("殡葬改革", "低保", "殡葬改革 婚姻登记", "怎么办理婚姻登记"):
        corpus[1].find(parse(typed), limit=10, offset=0)
        assert len(asked) <= 2, typed
        asked.clear()
        corpus[1].find(parse(typed, page=2), limit=10, offset=10)
        assert len(asked) == 1, typed
        asked.clear()
    corpus[1].find_each([parse(one) for one in ("慈善", "慈善 救助", "社会组织")], limit=10)
    assert len(asked) == 2


@pytest.mark.cluster
def test_one_string_takes_one_round_where_it_stands_and_is_answered_as_ever(
    corpus: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = corpus[1]._cluster  # type: ignore[attr-defined]
    asked: list[int] = []
    searched = cluster.searched
    monkeypatch.setattr(
        cluster, "searched", lambda index, bodies, **how: asked.append(len(bodies)) or searched(index, bodies, **how)
    )
    for typed, rounds in (("“养老服务”", 1), ("“民政”", 1), ("“火星登陆队”", 2), ("干部", 1), ("火星", 2)):
        for more in ({}, {"sort": "newest"}, {"filters": [("year", "2024")]}):
            corpus[1]._known.clear()  # type: ignore[attr-defined]
            asked.clear()
            same(corpus, typed, **more)
            assert len(asked) == rounds, (typed, more)


@pytest.mark.cluster
def test_threads_get_the_answers_to_their_own_questions(corpus: Pair) -> None:
    failed: list[str] = []

    def ask(typed: str) -> None:
        for _ in range(5):
            try:
                same(corpus, typed)
            except AssertionError:
                failed.append(typed)

    threads = [threading.Thread(target=ask, args=(typed,)) for typed in ("养老", "低保 救助", "儿童福利", "彩票")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.cluster
def test_no_document_that_fits_is_looked_at_to_count(corpus: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster, sizes = corpus[1]._cluster, list[int]()  # type: ignore[attr-defined]
    searched = cluster.searched

    def heard(index: str, bodies: list[dict[str, object]], **how: object) -> object:
        sizes.extend(int(str(body["size"])) for body in bodies)
        return searched(index, bodies, **how)

    monkeypatch.setattr(cluster, "searched", heard)
    asked = [parse(one, filters=narrowed) for one in judged()[:40] for narrowed in ([], [("genre", "会议报道")])]
    assert corpus[1].count(asked) == corpus[0].count(asked)
    # Of those met in part some are looked at where only the best are listed.
    assert (0 in sizes, max(sizes) < scoring.CANDIDATES) == (True, True)
    sizes.clear()
    corpus[1].count([parse("养老服务"), parse("养老服务 -火星", filters=[("year", "2024")]), parse("")])
    assert set(sizes) == {0}
