"""The forms write the query language, and a question can be taken apart for them again."""

from __future__ import annotations

from urllib.parse import unquote_plus

import pytest
from bs4 import BeautifulSoup
from conftest import document
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from app import create_app
from search.engines import store_of
from search.query.addresses import Link
from search.query.clauses import Term, parts_of, positive_terms
from search.query.forms import Fields, fields_of, typed, within, written
from search.query.parsing import parse
from search.results import YearBar, search
from search.settings import Settings
from search.text import fold_query, has_word

# Pieces of questions: whole signs of the grammar come up far more often than from single characters.
PIECES = st.sampled_from(
    [*'养老务云第3次 ，、。：:“”「」『』"()（）《》*—–-－|或和的', " ", "\u3000", "不含", "NOT ", "OR ", "不", "除了"]
)
PIECES |= st.sampled_from(
    ["地区:", "地区：湖北", "年份:2022-2024", "-地区:湖北", "日期:2024-01..2024-03", "省份:", "标题:", "同句:"]
)
EXAMPLES = 150
ASKED = st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        (Fields(all="社区  养老"), "社区 养老"),
        (Fields(phrase="居家养老"), "“居家养老”"),
        (Fields(phrase="“居家养老”"), "“居家养老”"),
        (Fields(phrase="构建“五大体系”的要求"), "“构建“五大体系”的要求”"),
        (Fields(any="低保 特困"), "(低保 或 特困)"),
        (Fields(any="低保"), "低保"),
        (Fields(all="养老", none="云南 火星"), "养老 -云南 -火星"),
        (Fields(all="养老", none="-x"), "养老 -“-x”"),
        (Fields(all="养老", any="地区:湖北 或"), "养老 (“地区:湖北” 或 “或”)"),
        (Fields(all="低保 五保", none="云南", scope="sentence"), "同句:(低保 五保) -云南"),
        (Fields(phrase="养老服务", scope="title"), "标题:(“养老服务”)"),
        (Fields(none="云南", scope="title"), "-云南"),
        (Fields(all="养老", scope="nowhere"), "养老"),
    ],
)
def test_the_boxes_of_the_detailed_form_become_one_question(fields: Fields, question: str) -> None:
    assert typed(fields) == question


@pytest.mark.parametrize(
    "fields",
    [
        Fields(all="社区 养老", phrase="居家养老", any="低保 特困", none="云南 火星"),
        Fields(all="低保", any="特困 五保", scope="passage"),
        Fields(phrase="养老服务", none="云南", scope="title"),
    ],
)
def test_the_form_shows_again_what_was_filled_in(fields: Fields) -> None:
    assert fields_of(parse(typed(fields))) == fields


@given(ASKED)
@example("养  养")
@example("养年份:2022-2024\u3000年份:2022-2024")
@example("“养老”“养  养”")
def test_a_question_taken_apart_into_the_boxes_is_the_same_question(question: str) -> None:
    asked = parse(question).clause
    again = parse(typed(fields_of(parse(question)))).clause
    assert set(parts_of(again)) == set(parts_of(asked))


def test_what_no_box_can_say_stays_in_the_first_as_typed() -> None:
    assert fields_of(parse('「"养老」 社区')) == Fields(all='「"养老」 社区')
    assert fields_of(parse("“甲乙” “丙丁” 标题:戊己")) == Fields(all="“丙丁” 标题:戊己", phrase="甲乙")


QUESTIONS = [
    "养老服务 社区",
    "a 或 b c",
    "(低保 或 特困) 临时救助 -云南",
    "“银发经济” 标题:(甲 乙)",
    "-（福彩 或 彩票） 销售",
    "同句:(低保 五保) 不含 特困",
    "「引“号”」",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_written_out_is_the_same_question(question: str) -> None:
    clause = parse(question).clause
    assert clause is not None
    assert parse(written(clause)).clause == clause


@settings(max_examples=EXAMPLES)
@given(ASKED)
def test_whatever_is_asked_written_out_it_is_the_same_question(question: str) -> None:
    clause = parse(question).clause
    if clause is not None:
        assert parse(written(clause)).clause == clause


@settings(max_examples=EXAMPLES)
@given(ASKED)
def test_the_question_without_its_filters_asks_for_the_same_and_for_no_filter(question: str) -> None:
    query = parse(question)
    alone = parse(query.text)
    assert (alone.clause, alone.filters) == (query.clause, ())


@settings(max_examples=EXAMPLES)
@given(ASKED)
@example("( 养)地区:养")
@example("( 养)老")
@example("——养")
def test_what_is_not_wanted_is_never_asked_for(word: str) -> None:
    query = parse(typed(Fields(all="甲乙", none=word)))
    assert positive_terms(query.clause) == positive_terms(parse("甲乙").clause)
    assert not query.filters


@settings(max_examples=EXAMPLES)
@given(ASKED)
def test_a_phrase_is_looked_for_as_it_stands(words: str) -> None:
    phrase = words.strip(' "“”\u3000')
    if len(phrase) > 1 and has_word(phrase) and (set('“”"').isdisjoint(phrase) or set("「」『』").isdisjoint(phrase)):
        assert parse(typed(Fields(phrase=words))).clause == Term(fold_query(phrase), phrase, quoted=True)


@pytest.mark.parametrize(
    ("before", "more", "both"),
    [
        ("养老服务", "社区", "养老服务 社区"),
        ("养老服务", "养老服务 社区", "养老服务 社区"),
        ("低保 或 特困", "临时救助", "(低保 或 特困) 临时救助"),
        ("养老", "低保 或 特困", "养老 (低保 或 特困)"),
        ("养老", " ", "养老"),
        ("养老", "养老院 或 殡葬", "养老 (养老院 或 殡葬)"),
        ("养老", "养老院", "养老 养老院"),
        ("养老 社区", "社区 -云南 养老", "社区 -云南 养老"),
        ("", "养老", "养老"),
    ],
)
def test_searching_within_the_results_asks_for_both(before: str, more: str, both: str) -> None:
    assert within(parse(before), more) == both


# --- on the pages --------------------------------------------------------------------------------------

SPEECHES = (
    document("甲", "养老服务和社区。", title="湖北甲", region="湖北", date="2022-03"),
    document("乙", "养老服务。", title="湖北乙", region="湖北", date="2024-03-05"),
    document("丙", "养老服务和社区。", title="云南丙", region="云南", date="2024"),
    document("丁", "养老服务。", title="不详丁"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("forms")
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for speech in SPEECHES:
            writer.add(speech)
        writer.publish({})
    return create_app(Settings(index=folder)).test_client()


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, follow_redirects=True).get_data(as_text=True), "lxml")


def titles(page: BeautifulSoup) -> list[str]:
    return sorted(link.get_text() for link in page.select('[data-testid="hit-title"]'))


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ("all=养老服务+社区&phrase=&any=&none=&region=湖北&year=", "/search?q=养老服务 社区&region=湖北"),
        ("all=&phrase=养老服务&any=&none=云南&speaker=", "/search?q=“养老服务” -云南"),
        ("all=&phrase=&any=&none=&region=湖北", "/search?region=湖北"),
        ("all=&phrase=&any=&none=", "/search"),
        (
            "q=社区&was=q%3D养老服务%26region%3D湖北%26sort%3Dnewest&within=1",
            "/search?q=养老服务 社区&region=湖北&sort=newest",
        ),
        ("q=社区&was=q%3D养老服务%26region%3D湖北", "/search?q=社区"),
    ],
)
def test_a_form_leads_to_the_one_address_of_its_question(client: FlaskClient, form: str, address: str) -> None:
    response = client.get(f"/search?{form}")
    assert (response.status_code, unquote_plus(response.headers["Location"])) == (302, address)


def test_the_detailed_form_asks_for_everything_it_offers_and_keeps_the_question(client: FlaskClient) -> None:
    page = read(client, "/advanced?q=养老 (低保 或 特困) -云南&region=湖北")
    names = [box["name"] for box in page.select(".detailed input, .detailed select")]
    assert names == ["all", "phrase", "any", "none", "scope", "region", "year", "line", "quality"]
    values = {str(box["name"]): box.get("value") for box in page.select(".detailed input")}
    assert values == {"all": "养老", "phrase": "", "any": "低保 特困", "none": "云南"}
    assert [option["value"] for option in page.select("#region option[selected]")] == ["湖北"]
    assert {label["for"] for label in page.select(".detailed label")} == set(names)


def test_the_detailed_form_keeps_what_its_boxes_cannot_show(client: FlaskClient) -> None:
    asked = "q=养老服务&region=湖北&region=云南&-region=四川&year=2022..2024&sort=newest&synonyms=off&off=敬老"
    page = read(client, f"/advanced?{asked}")
    form = page.select_one(".detailed")
    assert form is not None
    sent = [(str(box["name"]), str(box.get("value", ""))) for box in form.select("input")]
    sent += [(str(one.find_parent("select")["name"]), str(one["value"])) for one in form.select("option[selected]")]  # type: ignore[index]
    again = client.get("/search", query_string=sent)
    assert set(unquote_plus(again.headers["Location"]).split("?")[1].split("&")) == set(asked.split("&"))


def test_within_the_results_the_filters_stay_and_the_words_come_to_those_before(client: FlaskClient) -> None:
    page = read(client, "/search?q=养老服务&region=湖北")
    assert titles(page) == ["湖北乙", "湖北甲"]
    was = page.select('.search input[name="was"]')[0]["value"]
    found = client.get("/search", query_string={"q": "社区", "was": was, "within": "1"}, follow_redirects=True)
    assert titles(BeautifulSoup(found.get_data(as_text=True), "lxml")) == ["湖北甲"]


def test_every_part_of_a_question_is_a_chip_that_takes_it_off(client: FlaskClient) -> None:
    page = read(client, "/search?q=养老服务 社区 -火星&region=湖北")
    chips = {chip.get_text().split(" ×")[0]: str(chip["href"]) for chip in page.select('[data-testid="chip"]')}
    assert list(chips) == ["含“养老服务”", "含“社区”", "不含“火星”", "地区：湖北"]
    assert titles(read(client, chips["含“社区”"])) == ["湖北乙", "湖北甲"]
    assert titles(read(client, chips["地区：湖北"])) == ["云南丙", "湖北甲"]


def test_a_region_is_left_out_by_the_button_beside_it(client: FlaskClient) -> None:
    page = read(client, "/search?q=养老服务 社区&sort=newest")
    (button,) = [one for one in page.select(".facets button") if one["aria-label"] == "不要湖北"]
    kept = {str(one["name"]): str(one["value"]) for one in page.select(".facets input")}
    assert (kept, button["name"]) == ({"q": "养老服务 社区", "sort": "newest"}, "-region")
    assert titles(read(client, "/search?q=养老服务 社区&-region=湖北")) == ["云南丙"]
    assert titles(read(client, "/search?q=养老服务 -地区:湖北")) == ["不详丁", "云南丙"]


def test_the_only_thing_asked_has_no_chip() -> None:
    page = search(MemoryEngine(SPEECHES), parse("养老服务 -火星"))
    assert page.chips == (Link("不含“火星”", "/search?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1", name="term"),)


def test_there_is_a_bar_for_each_year_and_together_they_are_the_documents_found() -> None:
    page = search(MemoryEngine(SPEECHES), parse("养老服务"))
    address = "/search?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1&year="
    assert page.years == (
        YearBar("2022", 1, 50, False, f"{address}2022"),
        YearBar("2023", 0, 0, False, f"{address}2023"),
        YearBar("2024", 2, 100, False, f"{address}2024"),
    )
    assert sum(year.count for year in page.years) + page.undated == page.documents


def test_a_bar_leads_to_the_documents_of_its_year_and_the_table_says_the_same(client: FlaskClient) -> None:
    page = read(client, "/search?q=养老服务")
    bars = {bar["aria-label"]: str(bar["href"]) for bar in page.select('[data-testid="year-bar"]')}
    assert list(bars) == ["2022年 1 篇", "2024年 2 篇"]
    assert titles(read(client, f"/search{bars['2024年 2 篇']}")) == ["云南丙", "湖北乙"]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select(".years tbody tr")]
    assert rows == [["2022年", "1"], ["2024年", "2"], ["日期不详", "1"]]


def test_one_year_makes_no_chart() -> None:
    assert search(MemoryEngine(SPEECHES[1:]), parse("养老服务")).years == ()
