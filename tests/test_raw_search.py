"""Questions asked of an index of raw files: which documents answer, by which words, and that nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import raw_files
from conftest import stored

from indexer import pipeline
from search import text
from search.documents.document import Document
from search.documents.work_lines import query_for
from search.engines import Engine, store_of
from search.matching import marks as snippets
from search.query.parsing import parse

MINISTRY, HUBEI, GANSU, GUIZHOU, SHAANXI, JIANGXI = raw_files.EXPECTED


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    raw_files.write(folder / "files")
    report = pipeline.build([folder / "files"], store_of("whoosh", folder / "index"))
    assert (report.documents, report.failed) == (6, ())
    return folder / "index"


@pytest.fixture(scope="module")
def engine(index: Path) -> Engine:
    return store_of("whoosh", index).open()


@pytest.fixture(scope="module")
def names(engine: Engine) -> dict[str, str]:
    """Id → name of every document."""
    found = engine.find(parse(""), limit=99, offset=0).ranked
    return {match.id: one.external_id for match in found if (one := stored(engine, match.id))}


@pytest.fixture(scope="module")
def there(engine: Engine, names: dict[str, str]) -> dict[str, Document]:
    return {name: one for id, name in names.items() if (one := stored(engine, id))}


@dataclass(frozen=True)
class Asked:
    """hits: document → the words in it that answer."""

    question: str
    hits: dict[str, str]
    region: str | None = None


QUESTIONS = [
    Asked("流浪人员", {MINISTRY: "流浪人员平安返乡，一个也不能落在桥洞里"}),
    Asked("糊涂账", {MINISTRY: "不让名册成为“糊涂账”"}),
    Asked("殡葬服务", {MINISTRY: "殡葬服务工作，要把收费贴在墙上"}),
    Asked("明厨亮灶", {HUBEI: "三是以明厨亮灶为重点"}),
    Asked("盘活闲置房屋", {HUBEI: "盘活闲置房屋"}),  # broken by the column
    Asked("一帮一", {GANSU: "结成“一帮一”对子"}),
    Asked("信访件摊在桌面上", {GANSU: "先把信访件摊在桌面上"}),
    Asked("2604", {GUIZHOU: "落实“2604”助老计划"}),
    Asked("1.3万名", {GUIZHOU: "仍有1.3万名老人"}),
    Asked("养老机构", {GUIZHOU: "抓实养老机构（含敬老院）", SHAANXI: "三是修好旧敬老院"}),  # 敬老院 is one
    Asked("幸福饭桌", {GUIZHOU: "“坝上幸福饭桌”"}),
    Asked("敬老院", {GUIZHOU: "养老机构（含敬老院）", SHAANXI: "三是修好旧敬老院"}),
    Asked("低保", {SHAANXI: "低保对象看急病不用等"}),
    Asked("最低生活保障", {SHAANXI: "低保对象看急病不用等"}),  # as a synonym: literally it stands nowhere
    Asked("临时救助", {MINISTRY: "临时救助工作，要用好乡镇备用金", SHAANXI: "管好临时救助备用金"}),
    Asked("备用金", {MINISTRY: "用好乡镇备用金", SHAANXI: "临时救助备用金"}),
    Asked("备用金", {SHAANXI: "临时救助备用金"}, region="陕西"),
    Asked("四个县区介绍了做法", {SHAANXI: "四个县区介绍了做法"}),  # and not in the summary above it
    Asked("会议表彰了2024年度", {SHAANXI: "会议表彰了2024年度"}),  # broken by the page
    Asked("新中国成立70周年", {SHAANXI: "2024年是新中国成立70周年"}),
    Asked("36.8亿元", {JIANGXI: "发放救助资金36.8亿元"}),
    Asked("助老周", {JIANGXI: "“助老周”活动"}),
    Asked("帮到家", {JIANGXI: "“帮到家”要再往山里延伸"}),
    Asked("一人掌勺+多人送餐", {JIANGXI: "“一人掌勺+多人送餐”的办法"}),  # no operator
    Asked("助餐补贴", {JIANGXI: "建立老年人助餐补贴和送餐"}),  # where the text breaks off
]


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: f"{one.question}+{one.region or ''}")
def test_a_question_hits_its_documents_and_no_others(
    one: Asked, engine: Engine, names: dict[str, str], there: dict[str, Document]
) -> None:
    query = parse(one.question, filters=[("region", one.region)] if one.region else [])
    found = engine.find(query, limit=99, offset=0).ranked
    assert {names[match.id] for match in found} == set(one.hits)
    for name, shown in one.hits.items():
        marked = snippets.mark(there[name], query).paragraphs
        places = list(zip(there[name].paragraphs, marked, strict=True))
        assert any(spans for paragraph, spans in places if shown in paragraph), f"{name}: {shown}"


@pytest.mark.parametrize("typed", ["福祉", "困难群体"])
def test_a_suspected_typo_is_found_by_what_was_meant_and_marked(
    typed: str, engine: Engine, there: dict[str, Document]
) -> None:
    """福址 in one speech, 因难群体 in another; 困难群体 itself stands in a report."""
    name, wrong = {"福祉": (SHAANXI, "福址"), "困难群体": (JIANGXI, "因难群体")}[typed]
    found = {match.id: match for match in engine.find(parse(typed), limit=9, offset=0).ranked}
    marked = snippets.mark(there[name], parse(typed)).paragraphs
    assert there[name].id in found
    assert any(spans for paragraph, spans in zip(there[name].paragraphs, marked, strict=True) if wrong in paragraph)


def test_how_often_and_how_a_word_answers(engine: Engine, names: dict[str, str]) -> None:
    care = engine.find(parse("助餐"), limit=9, offset=0)
    texts = {name: "".join(one.paragraphs) for name, one in raw_files.EXPECTED.items()}
    assert {names[match.id]: match.occurrences for match in care.ranked} == {
        name: text.count("助餐") for name, text in texts.items() if "助餐" in text
    }
    assert care.occurrences == sum(text.count("助餐") for text in texts.values())
    relief = engine.find(parse("最低生活保障"), limit=9, offset=0)
    assert [(names[match.id], match.kind) for match in relief.ranked] == [(SHAANXI, "synonym")]


@pytest.mark.parametrize("furniture", ["购物车", "我的足迹", "立即下载", "TOPIC"])
def test_what_is_not_the_speech_is_not_found(engine: Engine, furniture: str) -> None:
    assert engine.find(parse(furniture), limit=9, offset=0).documents == 0


def test_every_literal_substring_is_found_and_nothing_else(engine: Engine, there: dict[str, Document]) -> None:
    """60 strings of 2 to 12 characters from every document, against a plain scan of all texts."""
    bodies = {one.id: text.fold(one.text) for one in there.values()}
    titles = {one.id: text.fold(one.metadata.title.value) for one in there.values()}
    asked = 0
    for one in there.values():
        paragraphs = [paragraph for paragraph in one.paragraphs if len(paragraph) > 14]
        for n in range(60):
            paragraph = paragraphs[n * 7919 % len(paragraphs)]
            start = n * 104729 % (len(paragraph) - 12)
            string = paragraph[start : start + 2 + n % 11]
            if "“" in string or "”" in string or not text.has_word(text.fold(string)):
                continue
            asked += 1
            folded = text.fold(string)
            found = engine.find(parse(f"“{string}”"), limit=99, offset=0)
            scanned = {i: bodies[i].count(folded) for i in bodies if folded in bodies[i] or folded in titles[i]}
            assert {match.id: match.occurrences for match in found.ranked} == scanned, string
    assert asked > 250


def test_an_unchanged_folder_is_not_read_again(index: Path) -> None:
    report = pipeline.build([index.parent / "files"], store_of("whoosh", index))
    assert (report.indexed, report.unchanged) == (0, 5)


def test_documents_on_relief_are_on_the_line_of_relief_and_others_are_not(
    engine: Engine, names: dict[str, str]
) -> None:
    found = engine.find(parse(query_for("社会救助")), limit=10, offset=0)
    assert {names[match.id] for match in found.ranked} == {MINISTRY, SHAANXI}
