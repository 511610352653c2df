"""Columns answer as Whoosh's own postings do, and are left aside when they are not what was written."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import whoosh.writing
from conftest import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents.document import Document
from search.engines import Engine, store_of
from search.engines.columns import answers
from search.engines.columns import files as column_files
from search.engines.columns import terms as column_terms
from search.engines.columns.arrays import Arrays
from search.engines.columns.postings import disjoint_spans
from search.engines.whoosh.generations import current_name
from search.errors import QueryError
from search.matching import evaluation, spans
from search.matching.matches import Matches
from search.query.parsing import parse

ROOT = Path(__file__).parent.parent.parent


def publish(folder: Path, documents: Iterable[Document], removed: Iterable[str] = (), *, fresh: bool = True) -> None:
    with store_of("whoosh", folder).writer(fresh=fresh) as writer:
        for one in documents:
            writer.add(one)
        for name in removed:
            writer.remove(name)
        writer.publish({})


def ask(engine: Engine, question: str, **options: object) -> Matches:
    return engine.find(parse(question, **options), limit=10, offset=0)  # type: ignore[arg-type]


def columns_in(folder: Path) -> list[Path]:
    return sorted((folder / current_name(folder)).glob("*.columns"))


CARE = document("养老", "推进养老服务体系建设。", "办好老年食堂。")
RELIEF = document("救助", "做好困难群众救助工作。")


# --- they are used, and only when they can be trusted ---------------------------------------------------


def test_an_index_is_published_with_columns_and_asked_on_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, [CARE, RELIEF])
    monkeypatch.setattr(evaluation, "find", None)
    assert [match.id for match in ask(store_of("whoosh", tmp_path).open(), "养老服务").ranked] == [CARE.id]


def _cut(file: Path, _: Path) -> None:
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data[: len(data) // 2])


def _turn_a_bit(file: Path, _: Path) -> None:
    data = bytearray(file.read_bytes())
    file.unlink()
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def _take_anothers(file: Path, other: Path) -> None:
    file.unlink()
    shutil.copy(other, file)


def _empty(file: Path, _: Path) -> None:
    file.unlink()
    file.write_bytes(b"")


def _remove(file: Path, _: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("damage", [_cut, _turn_a_bit, _take_anothers, _empty, _remove])
def test_columns_that_are_not_those_of_the_segment_are_left_aside_and_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: object
) -> None:
    index, other = tmp_path / "index", tmp_path / "other"
    publish(index, [CARE, RELIEF])
    publish(other, [RELIEF])
    damage(columns_in(index)[0], columns_in(other)[0])  # type: ignore[operator]
    with caplog.at_level(logging.WARNING):
        engine = store_of("whoosh", index).open()
        answers = [ask(engine, question).documents for question in ("养老服务", "救助", "老年食堂")]
    assert answers == [1, 1, 1]
    assert [record.message for record in caplog.records if "列文件" in record.message] != []
    assert len([record for record in caplog.records if "列文件" in record.message]) == 1
    assert store_of("whoosh", index).damages() != []

    publish(index, [replace(RELIEF, id="f" * 16)], fresh=False)
    caplog.clear()
    assert ask(store_of("whoosh", index).open(), "救助").documents == 2
    assert (caplog.records, store_of("whoosh", index).damages()) == ([], [])


def test_without_numpy_whoosh_answers_and_says_so_once(tmp_path: Path) -> None:
    publish(tmp_path, [CARE, RELIEF])
    script = (
        "import logging, sys; logging.basicConfig(); sys.modules['numpy'] = None\n"
        "from search.engines import store_of\n"
        "from search.query.parsing import parse\n"
        f"folder = {str(tmp_path)!r}\n"
        "with store_of('whoosh', folder).writer(fresh=False) as writer:\n"
        "    writer.remove('x'); writer.publish({})\n"
        "for _ in range(2):\n"
        "    print(store_of('whoosh', folder).open().find(parse('养老服务'), limit=9, offset=0).documents)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert (ran.stdout.split(), ran.stderr.count("numpy")) == (["1", "1"], 2)  # the sentence names it twice
    publish(tmp_path, [], fresh=False)
    assert store_of("whoosh", tmp_path).damages() == []


def test_what_stays_as_it_is_keeps_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh.writing, "MERGE_SMALL", whoosh.writing.NO_MERGE)
    publish(tmp_path, [CARE])
    before = columns_in(tmp_path)[0].stat().st_ino
    publish(tmp_path, [RELIEF], fresh=False)
    assert before in [file.stat().st_ino for file in columns_in(tmp_path)]
    assert len(columns_in(tmp_path)) == 2


def test_whether_columns_are_sound_is_read_once_and_before_anything_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, [CARE, RELIEF])
    (old,) = columns_in(tmp_path)
    read, asked = column_files.read, list[tuple[str, bool]]()

    def noted(path: Path, identity: str) -> column_files.Columns:
        asked.append((path.name, publishing))
        return read(path, identity)

    publishing = False
    monkeypatch.setattr(column_files, "read", noted)
    with store_of("whoosh", tmp_path).writer(fresh=False) as writer:
        assert writer._known.result().columns == {old.name}  # type: ignore[attr-defined]
        publishing = True
        writer.add(document("养老二", "推进养老服务。"))
        writer.publish({})
    assert [name for name, late in asked if not late] == [old.name]
    assert old.name not in [name for name, late in asked if late]
    assert store_of("whoosh", tmp_path).damages() == []


@pytest.mark.parametrize("question", ["老年服务", "食堂养老", "困难救助 老年服务", "火星", "怎么养老"])
def test_words_apart_and_nothing_at_all_are_found_the_same(tmp_path: Path, question: str) -> None:
    publish(tmp_path, [CARE, RELIEF])
    assert ask(store_of("whoosh", tmp_path).open(), question) == ask(
        store_of("whoosh-plain", tmp_path).open(), question
    )


# --- they give the same answer ---------------------------------------------------------------------------

CHARS = "民政养老服务福利彩票工作低保经济，。3元"
# As documents may write 养老服务, and queries then ask for it.
SIGNS = ("养老，服务", "养老。服务")
texts = st.one_of(
    st.text(alphabet=CHARS, min_size=1, max_size=40),
    st.sampled_from(SIGNS).flatmap(lambda way: st.sampled_from([way, f"福利{way}工作"])),
)
bodies = st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4)
documents = st.lists(
    st.tuples(
        bodies,
        texts,
        st.sampled_from([None, "2023", "2024-02", "2024-02-18"]),
        st.sampled_from("湘鄂"),
        st.lists(st.sampled_from(["甲某某", "乙某某", "丙某某"]), max_size=2, unique=True),
        st.sampled_from(["", "", "one", "two"]),
    ),
    min_size=1,
    max_size=9,
)
terms = st.text(alphabet=CHARS[:-4], min_size=1, max_size=6)
questions = st.lists(
    st.one_of(
        terms,
        terms.map(lambda term: f"“{term}”"),
        terms.map(lambda term: f"-{term}"),
        st.sampled_from(["或", "(", ")", "同句:(", "同段:(", "标题:", "多少钱", "怎么", "养老服务", "福利彩票"]),
        st.just("(“民政” “务”) 或 (“票” “养老” “0”)"),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
FILTERS = (
    [],
    [("region", "湘")],
    [("region", "湘"), ("region", "鄂"), ("speaker", "甲某某")],
    [("year", "2024")],
    [("-region", "湘")],
    [("year", "2023..2025"), ("-date", "2024-03..2025")],
)


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents,
    documents,
    st.sets(st.integers(0, 8), max_size=4),
    st.lists(questions, min_size=4, max_size=12),
    st.sampled_from(["relevance", "newest", "oldest"]),
)
def test_columns_and_whoosh_agree_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple],
    second: list[tuple],
    gone: set[int],
    asked: list[str],
    sort: str,
) -> None:
    """On two segments, some documents of the first deleted or replaced."""
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh.writing, "MERGE_SMALL", whoosh.writing.NO_MERGE)
        publish(folder, [_document(f"{n}", *facts) for n, facts in enumerate(first)])
        later = [_document(f"{n + 4}", *facts) for n, facts in enumerate(second)]
        publish(folder, later, [_document(f"{n}", [["字"]]).id for n in gone], fresh=False)
    columns, plain = store_of("whoosh", folder).open(), store_of("whoosh-plain", folder).open()
    for question in asked:
        for filters in FILTERS:
            query = replace(parse(question, filters=filters, sort=sort), signs=SIGNS)  # type: ignore[arg-type]
            expected = plain.find(query, limit=5, offset=0)
            assert columns.count([query]) == [expected.documents], (question, filters)
            for offset in (0, 2):
                page = replace(expected, ranked=expected.ranked[offset : offset + 3])
                assert columns.find(query, limit=3, offset=offset) == page, (question, filters, offset)
    shutil.rmtree(folder)


def _document(
    name: str,
    body: list[list[str]],
    title: str = "题",
    date: str | None = None,
    region: str | None = None,
    speakers: list[str] | None = None,
    group: str = "",
) -> Document:
    made = document(name, *body, title=title, date=date, region=region, speakers=speakers or [])
    passages = tuple(replace(one, heading=len(one.text) % 4 == 0) for one in made.passages)
    return replace(made, passages=passages, near=(group,) if group else ())


# --- under load and under attack -------------------------------------------------------------------------


def test_threads_that_ask_at_once_get_the_same_answers(tmp_path: Path) -> None:
    publish(tmp_path, [document(f"{n}", f"养老服务{n}。", "救助困难群众。" * (n % 3)) for n in range(60)])
    engine = store_of("whoosh", tmp_path).open()
    asked = ["养老服务", "困难 群众", "救助 -养老", "养老 或 困难", "怎么救助", "“务1”", "务"] * 8
    expected = [ask(store_of("whoosh-plain", tmp_path).open(), question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: ask(engine, question), asked)) == expected


def test_what_is_kept_of_terms_has_a_bound_and_is_found_again_when_it_gave_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_terms, "_CACHE_BYTES", 20_000)
    publish(tmp_path, [document(f"{n}", f"养老服务{n}。", "救助困难群众。" * (n % 3)) for n in range(60)])
    engine, looked = store_of("whoosh", tmp_path).open(), []
    look = column_terms.TermHits
    monkeypatch.setattr(answers, "TermHits", lambda *args: looked.append(look(*args)) or looked[-1])
    asked = ["养老服务", "困难群众", "救助困难", *(f"“服务{n}”" for n in range(30))]
    first = [ask(engine, question) for question in asked]
    assert sum(one.size for one in looked) > 50_000  # so that most of them had to give way
    assert [ask(engine, question) for question in asked] == first
    assert len(looked) > len(asked)
    assert engine._columns._kept._size <= 20_000 + 512 * 60  # type: ignore[attr-defined]


def test_what_stands_nowhere_together_is_told_from_the_rarest_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """国 and 工业 of a wording that is looked for in parts are the dearest to look up; nothing is found by them."""
    frequent = [document(f"{n}", "中国工业。", "国家工业国。") for n in range(9)]
    publish(tmp_path, [*frequent, document("a", "甲乙工业。"), document("b", "丙丁工业，国。")])
    engine, looked = store_of("whoosh", tmp_path).open(), list[str]()
    literal = Arrays.literal
    monkeypatch.setattr(
        Arrays, "literal", lambda self, text, **title: [looked.append(text), literal(self, text, **title)][1]
    )
    assert ask(engine, "(“国” “工业” “甲乙” “丙丁”) 或 (“工业” “戊己”)", filters=[("year", "2024")]) == ask(
        store_of("whoosh-plain", tmp_path).open(),
        "(“国” “工业” “甲乙” “丙丁”) 或 (“工业” “戊己”)",
        filters=[("year", "2024")],
    )
    assert set(looked) == {"甲乙", "丙丁", "戊己"}
    assert [match.id for match in ask(engine, "(“国” “工业” “甲乙”) 或 (“国” “工业” “丙丁”)").ranked] == [
        document("b", "").id
    ]


def test_a_question_of_ten_thousand_words_never_reaches_the_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, [CARE])
    engine = store_of("whoosh", tmp_path).open()
    looked = []
    literal = Arrays.literal
    monkeypatch.setattr(Arrays, "literal", lambda *args, **options: [looked.append(1), literal(*args, **options)][1])
    with contextlib.suppress(QueryError):
        ask(engine, " ".join(f"词{number}" for number in range(10_000)))
    assert len(looked) < 1_000


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=40))
def test_stretches_apart_are_those_of_the_plain_rule(placed: list[tuple[int, int]]) -> None:
    found = [(start, start + length) for start, length in placed]
    starts, ends = (np.array(side, np.int64) for side in ([a for a, _ in found], [b for _, b in found]))
    apart = disjoint_spans(np.zeros(len(found), np.int64), starts, ends)
    assert [*zip(apart.starts.tolist(), apart.ends.tolist(), strict=True)] == spans.disjoint(found)


@pytest.mark.parametrize("length", range(2, 12))
def test_one_character_in_a_row_is_found_as_often_as_it_stands_there(tmp_path: Path, length: int) -> None:
    texts = ["人" * 23, "人人民人人人。" + "人" * length + "。人", "民" + "人" * (length - 1) + "民"]
    publish(tmp_path, [document(str(number), one) for number, one in enumerate(texts)])
    found = ask(store_of("whoosh", tmp_path).open(), f'"{"人" * length}"')
    assert found.occurrences == sum(one.count("人" * length) for one in texts)
    assert found == ask(store_of("whoosh-plain", tmp_path).open(), f'"{"人" * length}"')


def test_a_part_of_several_ways_is_looked_for_once_in_the_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, [CARE, RELIEF])
    engine = store_of("whoosh", tmp_path).open()
    looked, units = list[object](), Arrays.units
    monkeypatch.setattr(Arrays, "units", lambda self, *given: looked.append(given) or units(self, *given))
    asked = parse("（“养老” “服务”） 或 （“养老” “体系”） 或 （“服务” “体系”）")
    assert engine.find(asked, limit=5, offset=0).ranked[0].id == CARE.id
    assert len(looked) == 3
