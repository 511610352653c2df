"""The JSON addresses keep to their own description, static/openapi.json, and say what the pages say."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from conftest import document
from flask import Flask
from hypothesis import HealthCheck, given, settings
from pages import by_id

from app import create_app
from search.documents import warnings
from search.engines import store_of
from search.index.schema import LISTED
from search.query.filters import PARAMETERS
from search.results import cards
from search.settings import Settings

schemathesis = pytest.importorskip("schemathesis")
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi import checks  # noqa: E402

DESCRIBED = create_app().test_client().get("/api/openapi.json").get_json()
KEPT = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("api")
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for number in range(23):
            writer.add(
                document(
                    f"{number}.txt",
                    "会议强调，养老服务要提质增效。",
                    ("推进养老", "服务。"),
                    title=f"第{number}次养老服务工作会议",
                    date=f"20{number % 9 + 16}",
                    region=("湖北", "云南")[number % 2],
                    speakers=["卞知秋"] if number % 3 else (),
                    genre="会议报道",
                    level="省级",
                )
            )
        writer.publish({})
    return create_app(Settings(index=folder, searches=True))


@pytest.mark.parametrize("address", sorted(DESCRIBED["paths"]))
def test_whatever_is_asked_the_answer_keeps_to_the_description(served: Flask, address: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/api/openapi.json", served)[address]["GET"]

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=KEPT, headers={"Accept-Encoding": "identity"})  # it does not unpack by itself

    ask()


def test_the_description_names_exactly_the_json_addresses_there_are(served: Flask) -> None:
    addresses = {re.sub("<(\\w+)>", "{\\1}", rule.rule) for rule in served.url_map.iter_rules()}
    assert set(DESCRIBED["paths"]) == {one for one in addresses if one.startswith("/api/") or one == "/healthz"}


def test_the_description_names_the_filters_the_warnings_and_the_kinds_of_match_there_are() -> None:
    schemas = DESCRIBED["components"]["schemas"]
    asked = {parameter["name"] for parameter in DESCRIBED["paths"]["/api/search"]["get"]["parameters"]}
    assert asked == {"q", "page", "size", "sort", "way", "synonyms", "off", *PARAMETERS}
    assert set(schemas["Results"]["properties"]["facets"]["properties"]) == {field.name for field in LISTED}
    assert set(schemas["Hit"]["properties"]["match"]["enum"]) == set(cards.KINDS)
    assert set(schemas["WarningCode"]["enum"]) == set(warnings.KINDS)


@pytest.mark.parametrize("address", sorted({*DESCRIBED["paths"]} - {"/api/documents/{id}", "/api/openapi.json"}))
def test_the_description_names_every_key_of_an_answer(served: Flask, address: str) -> None:
    answers = DESCRIBED["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]
    # Each address takes of it what it knows.
    asked = f"{address}?q=养老&doc={document('0.txt').id}&text=推进养老，服务。&e=0123456789abcdef.1"
    assert _unnamed(served.test_client().get(asked).get_json(), answers["schema"]) == []


def _unnamed(value: object, schema: dict[str, object]) -> list[str]:
    """Keys of a JSON value that its schema does not list."""
    if "oneOf" in schema:  # or null
        schema = schema["oneOf"][0]  # type: ignore[index]
    if "$ref" in schema:
        schema = DESCRIBED["components"]["schemas"][str(schema["$ref"]).rsplit("/", 1)[-1]]
    if isinstance(value, list):
        return [name for item in value for name in _unnamed(item, schema["items"])]  # type: ignore[arg-type]
    if not isinstance(value, dict):
        return []
    named = schema["properties"]
    assert isinstance(named, dict)
    inside = [name for key, item in value.items() if key in named for name in _unnamed(item, named[key])]
    return [key for key in value if key not in named] + inside


@pytest.mark.parametrize(
    "asked",
    [
        "q=养老服务",
        "q=养老服务&page=2",
        "q=养老服务&sort=oldest&region=湖北",
        "q=“推进养老服务”",
        "q=火星",
        "q=养老 -云南",
    ],
)
def test_the_page_and_the_json_give_the_same_answer(served: Flask, asked: str) -> None:
    client = served.test_client()
    told = client.get(f"/api/search?{asked}").get_json()
    page = BeautifulSoup(client.get(f"/search?{asked}").get_data(as_text=True), "lxml")
    cards = [
        {
            "id": card["data-id"],
            "title": card.select("h3 a")[0].get_text(),
            "url": card.select("h3 a")[0]["href"],
            "passages": [
                (
                    int(str(str(passage.a["href"]).rpartition("#p")[2])),
                    passage.select("p")[0].get_text(),
                    len(passage.select("mark")),
                )
                for passage in by_id(card, "passage")
            ],
        }
        for card in page.select('[data-testid="hit"]')
    ]
    assert cards == [
        {
            "id": hit["id"],
            "title": hit["title"],
            "url": hit["url"],
            "passages": [(one["number"], one["text"], len(one["marks"])) for one in hit["passages"]],
        }
        for hit in told["hits"]
    ]
    total = page.select('[data-testid="total"]')[0].get_text()
    assert [int(number) for number in re.findall(r"\d+", total)][:1] == [told["total"]["documents"]]


def test_a_program_says_how_many_documents_a_page_has(served: Flask) -> None:
    client = served.test_client()
    pages = [client.get(f"/api/search?q=会议&size=1&page={number}").get_json() for number in (1, 2)]
    together = client.get("/api/search?q=会议&size=2").get_json()
    assert [len(page["hits"]) for page in (*pages, together)] == [1, 1, 2]
    assert [hit["id"] for page in pages for hit in page["hits"]] == [hit["id"] for hit in together["hits"]]
    assert pages[0]["pages"] == pages[0]["total"]["documents"]


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "٣", "1e2"])
def test_a_page_of_no_documents_or_too_many_is_refused(served: Flask, size: str) -> None:
    answer = served.test_client().get(f"/api/search?q=会议&size={size}")
    assert (answer.status_code, "1 到 100" in answer.get_json()["error"]["message"]) == (400, True)


def test_the_totals_are_told_by_the_way_of_finding(served: Flask) -> None:
    total = served.test_client().get("/api/search?q=社区养老").get_json()["total"]
    assert sum(tier["documents"] for tier in total["tiers"].values()) == total["documents"]
    assert sum(tier["occurrences"] for tier in total["tiers"].values()) == total["occurrences"]
