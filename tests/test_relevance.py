"""The figures of bench/relevance.py are computed rightly, and the answers over the sample corpus keep their floors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench import relevance
from bench.relevance import Figures, Judged, Question, Run
from indexer import pipeline
from search.engines import store_of
from search.query.parsing import parse

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "relevance"
FLOORS = FOLDER / "floors.json"


@pytest.fixture(scope="module")
def judged() -> Judged:
    return relevance.read_judged(FOLDER)


@pytest.fixture(scope="module")
def run(judged: Judged) -> Run:
    return relevance.answers([ROOT / "corpus"], judged)


# --- the figures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["甲", "乙"], {"甲": 2, "乙": 1}, 1.0),
        (["乙", "甲"], {"甲": 2, "乙": 1}, (1 + 2 / 1.5849625) / (2 + 1 / 1.5849625)),  # log2 of 3
        (["丙", "甲"], {"甲": 2, "乙": 1, "丙": 0}, (2 / 1.5849625) / (2 + 1 / 1.5849625)),
        (["未判", "未判二", "甲"], {"甲": 1}, 0.5),  # log2 of 4
        (["无关"] * 10 + ["甲"], {"甲": 2}, 0.0),
        ([], {"甲": 2}, 0.0),
    ],
)
def test_ndcg_takes_the_grade_as_gain_and_the_logarithm_of_the_rank_as_discount(
    ranked: list[str], grades: dict[str, int], expected: float
) -> None:
    assert relevance.ndcg10(ranked, grades) == pytest.approx(expected, abs=1e-7)


def test_the_best_order_counts_ten_documents_even_where_more_are_relevant() -> None:
    grades = {f"文{number}": 1 for number in range(12)}
    assert relevance.ndcg10(list(grades), grades) == 1.0


@pytest.mark.parametrize(("ranked", "expected"), [(["丙", "乙", "甲"], 1 / 2), (["甲"], 1.0), (["丙"], 0.0), ([], 0.0)])
def test_reciprocal_rank_is_that_of_the_first_relevant_document(ranked: list[str], expected: float) -> None:
    assert relevance.reciprocal_rank(ranked, {"甲": 2, "乙": 1, "丙": 0}) == expected


def test_recall_looks_at_the_first_twenty() -> None:
    others = [f"无关{number}" for number in range(19)]
    assert relevance.recall20([*others, "甲", "乙"], {"甲": 2, "乙": 1}) == 1 / 2


def test_a_document_nobody_judged_lowers_the_judged_share_of_the_first_ten() -> None:
    assert relevance.judged10(["甲", "丙", "新来", "未判"], {"甲": 2, "丙": 0}) == 1 / 2


def test_questions_without_an_answer_are_measured_apart_by_finding_nothing() -> None:
    judged = Judged(
        (
            Question("1", "低保", "term"),
            Question("2", "领证", "synonym"),
            Question("3", "高考加分", "none"),
            Question("4", "宅基地审批", "none"),
        ),
        {"1": {"甲": 2, "乙": 0}, "2": {"甲": 1}, "3": {"甲": 0}, "4": {}},
        "",
    )
    full = {"ndcg10": 1.0, "mrr": 1.0, "recall20": 1.0, "judged10": 1.0, "answered": 1.0}
    assert relevance.measured(judged, {"1": ["甲"], "2": [], "3": ["甲"], "4": []}) == {
        "all": Figures(2, 1, {name: 1.0 if name == "judged10" else 0.5 for name in full}),
        "term": Figures(1, 0, full),
        "synonym": Figures(1, 1, dict.fromkeys(full, 0.0)),
        "none": Figures(2, 1, {"unanswered": 0.5}),
    }


def test_several_documents_of_one_file_count_as_the_best_of_them_where_files_are_judged(tmp_path: Path) -> None:
    one, other = "会议强调，要做好防汛救灾捐赠款物管理。", "村里的老支书带着大家防汛救灾，三天没有合眼。"
    for name, sentence in {"甲.txt": one, "乙.md": other}.items():
        (tmp_path / name).write_text(f"全市民政工作会议召开\n\n{sentence}\n", encoding="utf-8")
    judged = Judged((Question("1", "防汛救灾", "term"),), {"1": {"doc7": 2, "乙": 1}}, "")
    run = relevance.answers([tmp_path], judged, {"甲.txt": "doc7"})
    assert sorted(run["1"]) == ["doc7", "乙"]
    assert relevance._named(iter(["丙.txt#2", "甲.txt", "丙.txt#1"]), {"甲.txt": "doc7"}) == ["丙", "doc7"]


# --- our questions and judgements ----------------------------------------------------------------------


def test_every_question_has_a_type_of_the_list_and_every_type_has_questions(judged: Judged) -> None:
    assert {one.type for one in judged.questions} == set(relevance.TYPES)


def test_numbers_and_questions_occur_once(judged: Judged) -> None:
    assert len({one.number for one in judged.questions}) == len(judged.questions)
    assert len({one.text for one in judged.questions}) == len(judged.questions)


def test_every_document_of_the_sample_corpus_is_judged_for_every_question_and_no_other(
    judged: Judged, tmp_path: Path
) -> None:
    pipeline.build([ROOT / "corpus"], store_of("whoosh", tmp_path))
    engine = store_of("whoosh", tmp_path).open()
    ranked = engine.find(parse(""), limit=999, offset=0).ranked
    there = [one.document for one in engine.fetch([match.id for match in ranked]).values()]
    names = {document.external_id for document in there if document}
    assert {one.number: set(judged.grades[one.number]) ^ names for one in judged.questions} == {
        one.number: set() for one in judged.questions
    }


def test_grades_are_0_1_or_2_and_only_questions_of_the_type_none_have_no_relevant_document(judged: Judged) -> None:
    assert {grade for names in judged.grades.values() for grade in names.values()} == {0, 1, 2}
    assert {one.number for one in judged.questions if not any(judged.grades[one.number].values())} == {
        one.number for one in judged.questions if one.type == "none"
    }


def test_the_page_about_the_judgements_explains_every_type() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in relevance.TYPES if f"`{name}`" not in page] == []


def test_a_type_that_is_not_in_the_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "queries.tsv").write_text("1\t低保\tterm\n2\t领证\tsynonim\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\t甲.txt\t2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"没有“synonim”这种类型"):
        relevance.read_judged(tmp_path)


# --- the floors ----------------------------------------------------------------------------------------


def test_the_answers_over_the_sample_corpus_keep_their_floors(judged: Judged, run: Run) -> None:
    assert relevance.fallen(relevance.measured(judged, run), judged, FLOORS) == []


JUDGED = Judged((Question("1", "低保", "term"),), {"1": {"甲": 2}}, "判断一")


def figures(ndcg10: float) -> relevance.Measured:
    return {"all": Figures(1, 0, {"ndcg10": ndcg10})}


def test_without_a_floors_file_the_gate_fails(tmp_path: Path) -> None:
    assert relevance.fallen(figures(1.0), JUDGED, tmp_path / "没有.json") == [
        f"没有底线文件 {tmp_path / '没有.json'}；请用 --pin 写出"
    ]


@pytest.mark.parametrize(
    ("now", "said"),
    [(0.9, []), (0.8001, []), (0.7981, []), (0.7979, ["全部的 ndcg10 为 0.7979，低于底线 0.8000"])],
)
def test_only_what_falls_by_more_than_noise_fails(now: float, said: list[str], tmp_path: Path) -> None:
    relevance.pin(figures(0.8), JUDGED, tmp_path / "floors.json", allow_lower=False)
    assert relevance.fallen(figures(now), JUDGED, tmp_path / "floors.json") == said


def test_a_floor_whose_figure_is_measured_no_more_fails_and_so_does_a_figure_without_a_floor(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    relevance.pin(figures(0.8), JUDGED, floors, allow_lower=False)
    assert relevance.fallen({"term": Figures(1, 0, {"mrr": 1.0})}, JUDGED, floors) == [
        "全部的 ndcg10 为 0.0000，低于底线 0.8000",
        "单词的 mrr 没有底线；请用 --pin 补上",
    ]


def test_floors_hold_only_for_the_judgements_they_were_measured_with(tmp_path: Path) -> None:
    relevance.pin(figures(0.8), JUDGED, tmp_path / "floors.json", allow_lower=False)
    assert relevance.fallen(figures(0.9), replace(JUDGED, sha256="判断二"), tmp_path / "floors.json") == [
        "检索词或判断与定底线时不同；请用 --pin 重定"
    ]


@pytest.mark.parametrize(
    ("now", "allow_lower", "floor"),
    [(0.9, False, 0.9), (0.7999, False, 0.8), (0.7, False, 0.8), (0.7, True, 0.7)],
)
def test_pinning_raises_floors_and_lowers_them_only_when_allowed(
    now: float, allow_lower: bool, floor: float, tmp_path: Path
) -> None:
    floors = tmp_path / "floors.json"
    relevance.pin(figures(0.8), JUDGED, floors, allow_lower=False)
    refused = relevance.pin(figures(now), JUDGED, floors, allow_lower=allow_lower)
    assert bool(refused) == (now < floor and not allow_lower and floor - now > relevance.NOISE)
    assert json.loads(floors.read_text(encoding="utf-8"))["floors"] == {"all": {"ndcg10": floor}}


def asked(folder: Path, *options: str) -> Result:
    """The command as make relevance gives it, on a corpus, judgements and floors of the test."""
    places = ["--corpus", str(folder / "corpus"), "--judged", str(folder), "--floors", str(folder / "floors.json")]
    return CliRunner().invoke(relevance.main, [*places, "--no-shared", *options])


def test_the_command_fails_when_the_answers_got_worse_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "甲.txt").write_text(
        "全市救灾工作会议召开\n\n会议强调，要做好防汛准备。\n", encoding="utf-8"
    )
    (tmp_path / "queries.tsv").write_text("1\t防汛\tterm\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\t甲.txt\t2\n", encoding="utf-8")
    assert asked(tmp_path).exit_code == 1
    assert asked(tmp_path, "--pin").exit_code == 0
    held = asked(tmp_path)
    assert (held.exit_code, "各项都不低于底线。" in held.output) == (0, True)

    (tmp_path / "corpus" / "甲.txt").write_text(
        "全市救灾工作会议召开\n\n会议强调，要做好抗旱准备。\n", encoding="utf-8"
    )
    worse = asked(tmp_path)
    assert (worse.exit_code, "单词的 ndcg10 为 0.0000，低于底线 1.0000" in worse.output) == (1, True)
    refused = asked(tmp_path, "--pin")
    assert (refused.exit_code, "它们只升不降" in refused.output) == (1, True)
    assert asked(tmp_path, "--pin", "--allow-lower").exit_code == 0
    assert asked(tmp_path).exit_code == 0


@pytest.mark.parametrize("options", [["--pin"], ["--allow-lower"], ["--floors", "底线.json", "--allow-lower"]])
def test_options_that_make_no_sense_without_another_are_refused(options: list[str]) -> None:
    assert CliRunner().invoke(relevance.main, options).exit_code == 2


def test_the_table_is_chinese_and_its_columns_are_flush() -> None:
    values = {"ndcg10": 0.5, "mrr": 1.0, "recall20": 0.25, "judged10": 1.0, "answered": 1.0}
    shown = relevance.table({"name": Figures(10, 0, values), "none": Figures(6, 5, {"unanswered": 5 / 6})})
    assert shown.splitlines() == [
        "类型             题数    nDCG@10        MRR  Recall@20    已判@10     无结果",
        "人名地名           10     0.5000     1.0000     0.2500     1.0000          0",
        "查无                6          —          —          —          —          5",
    ]
