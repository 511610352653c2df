"""The same work on tantivy is the same: its tiers, counts, facets and cards are those of the documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import same_work
from bench.corpora import prepare, records, words
from bench.installed import python_for, python_of_peers
from bench.options import WORK
from bench.plain_cards import Quoted, Text, marked
from bench.questions import Record
from search import text
from search.matching.spans import BOTH, NEITHER

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = 200  # as few as have words of every frequency

TITLE = "民政工作要点"
BODY = (
    "县人民政府召开会议。会议讨论了预算。\n"
    "民政部门要发展养老服务。养老服务要便利。社会救助要及时。\n"
    "办好养老服务。" + "全县各地都要认真落实，" * 30
)


def of(shown: str) -> Text:
    folded = text.fold(shown)
    return Text(shown, folded, text.cuts(folded, *text.cut(folded)))


def test_a_card_quotes_first_the_passage_that_holds_most_and_marks_words_and_not_parts_of_words() -> None:
    terms = [[(("民政",), BOTH)], [(("没有的词",), BOTH), (("养老服务",), NEITHER)]]
    assert marked(of(TITLE), of(BODY), terms) == (
        ((0, 2),),
        (
            Quoted(2, "民政部门要发展养老服务。养老服务要便利。…", ((0, 2), (7, 11), (12, 16))),
            Quoted(3, "办好养老服务。…", ((2, 6),)),
        ),
    )


def test_a_sentence_that_is_too_long_is_cut_around_its_first_mark() -> None:
    shown = "一" * 100 + "养老" + "二" * 300 + "养老"
    (quoted,) = marked(of("题"), of(shown), [[(("养老",), NEITHER)]])[1]
    assert quoted == Quoted(1, "…" + "一" * 60 + "养老" + "二" * 138 + "…", ((61, 63),))


def test_a_card_with_nothing_to_mark_shows_how_the_text_begins() -> None:
    assert marked(of(TITLE), of(BODY), [[(("没有的词",), BOTH)]]) == ((), (Quoted(1, BODY.split("\n")[0], ()),))


def test_questions_with_several_tiers_are_words_with_synonyms_and_two_words_typed_as_one() -> None:
    made = records(DOCUMENTS, "sample")
    asked = [*same_work.own_questions(made, each=4)]
    assert asked == [*same_work.own_questions(made, each=4)]
    assert [one.kind for one in asked] == ["synonym"] * 4 + ["wording"] * 4
    for one in asked:
        if one.kind == "synonym":
            assert text.synonyms()[one.typed] and any(one.typed in record.words for record in made)
        else:
            assert text.words(text.fold(one.typed)) == one.words and any(one.typed in record.text for record in made)


def test_tiers_are_compared_that_either_engine_found_anything_in() -> None:
    ours = {"exact": 3, "same_document": 2, "punctuation": 1, "synonym": 1, "cross_word": 7}
    assert same_work.same_tiers(ours, {"literal": 5, "synonyms": 1, "words": 0}) == {"literal": True, "synonyms": False}
    assert same_work.same_tiers({"partial": 2}, {"part": 2, "words": 4}) == {"words": False, "part": True}


# --- on tantivy, where it is installed -----------------------------------------------------------------


@pytest.fixture(scope="module")
def python() -> str:
    """One that can import tantivy."""
    found = python_for("tantivy", [sys.executable, *map(str, filter(Path.exists, [python_of_peers(WORK)]))])
    if found is None:
        pytest.skip("没有装 tantivy：先运行一次 python bench/same_work.py")
    return found


THREE = tuple(
    Record(name, title, date, region, "讲话稿", tuple(body), words((title, *body)))
    for name, title, date, region, body in (
        ("a", "低保工作讲话", "2023-01-01", "湖北", ["县人民政府开会。", "低保要应保尽保。"]),
        ("b", "救助会议", "2024-01-01", "湖北", ["最低生活保障是底线。"]),
        ("c", "生活讲话", "2024-02-01", "江苏", ["民政部门关心生活。", "最低工资有保障。"]),
    )
)
PROGRAM = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from bench.questions import Question, read_records
from bench.tiered import TieredTantivy
from search.query.parsing import parse

folder = Path(sys.argv[1])
peer = TieredTantivy(folder)
peer.build(read_records(folder / "records.jsonl"))
peer.open()
for typed in sys.argv[2:]:
    query = parse(typed)
    answer = peer.ask(Question("", typed))
    cards = [asdict(card) for card in peer.cards(query, peer.listed(query))]
    shown = {name: values for name, values in answer.facets.items() if name in ("region", "year", "genre")}
    print(json.dumps({"tiers": answer.tiers, "total": answer.total, "facets": shown, "cards": cards}))
"""


@pytest.mark.extra
def test_tantivy_finds_by_tiers_counts_by_value_and_marks_what_was_found(python: str, tmp_path: Path) -> None:
    same_work.write(tmp_path / "records.jsonl", THREE)
    asked = [python, "-c", PROGRAM, str(tmp_path), "低保", "民政", "低保 年份:2024", "“低生活”"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    named, whole, filtered, quoted = map(json.loads, done.stdout.splitlines())
    assert (named["tiers"], named["total"]) == ({"literal": 1, "synonyms": 1}, 2)
    assert named["facets"] == {"region": {"湖北": 2}, "year": {"2023": 1, "2024": 1}, "genre": {"讲话稿": 2}}
    assert named["cards"] == [
        {
            "id": "a",
            "title": "低保工作讲话",
            "title_marks": [[0, 2]],
            "facts": {"title": "低保工作讲话", "date": "2023-01-01", "region": "湖北", "genre": "讲话稿"},
            "way": "literal",
            "passages": [{"number": 2, "text": "低保要应保尽保。", "marks": [[0, 2]]}],
        },
        {
            "id": "b",
            "title": "救助会议",
            "title_marks": [],
            "facts": {"title": "救助会议", "date": "2024-01-01", "region": "湖北", "genre": "讲话稿"},
            "way": "synonyms",
            "passages": [{"number": 1, "text": "最低生活保障是底线。", "marks": [[0, 6]]}],
        },
    ]
    assert (whole["total"], [card["id"] for card in whole["cards"]]) == (1, ["c"])
    assert (filtered["tiers"]["literal"], filtered["total"]) == (0, 1)
    assert filtered["facets"] == {"region": {"湖北": 1}, "year": {"2023": 1, "2024": 1}, "genre": {"讲话稿": 1}}
    assert [(card["id"], card["passages"][0]["marks"]) for card in quoted["cards"]] == [("b", [[1, 4]])]


@pytest.mark.extra
def test_both_engines_count_alike_what_is_quoted_and_the_page_says_how_much_slower_one_is(
    python: str, tmp_path: Path
) -> None:
    corpus = prepare(DOCUMENTS, "sample", tmp_path, questions=2)
    page = same_work.described(corpus, [sys.executable, python], "python bench/same_work.py", each=2, times=1)
    latency, ratios, agreement = page.tables
    assert [row[0] for row in latency.rows] == [
        engine.label for engine in (same_work.SAME, same_work.TANTIVY_SAME, *same_work.BESIDE)
    ]
    assert (
        page.goals["same_work_p95"] > 0 and ratios.rows[0][2] == f"{same_work.figure(page.goals['same_work_p95'])} 倍"
    )
    assert {row[0]: row[1] for row in agreement.rows}["引号原话"] == "2 / 2"
