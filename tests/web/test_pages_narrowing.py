"""Results narrowed on their page: by the way of finding, and by the places in a region."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import Tag
from conftest import changed, document
from flask.testing import FlaskClient
from pages import by_id, read, words

from app import create_app
from search.documents.document import Evidence
from search.engines import store_of
from search.settings import Settings


@pytest.fixture(scope="module")
def two_ways(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Twelve documents with the words beside each other, thirteen with the words apart."""
    folder = tmp_path_factory.mktemp("two-ways")
    texts = ["社区养老要办好。"] * 12 + ["社区里的事，养老的事。"] * 13
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for number, body in enumerate(texts):
            dated = {"region": "湖北" if number % 2 else "云南", "date": f"20{10 + number % 9}"}
            writer.add(document(f"{number:02}", f"{body}第{number}次。", title=f"会{number}", **dated))
        writer.publish({})
    return create_app(Settings(index=folder)).test_client()


def test_each_way_of_finding_is_counted_and_listed_alone(two_ways: FlaskClient) -> None:
    whole = read(two_ways.get("/search?q=社区养老"))
    assert words(by_id(whole, "tiers")[0].select("a")) == ["原话12篇12处", "分散13篇"]
    first = read(two_ways.get(str(by_id(whole, "tier-scattered")[0]["href"])))
    second = read(two_ways.get(str(first.select_one("a.next")["href"])))  # type: ignore[index]
    shown = [*by_id(first, "hit"), *by_id(second, "hit")]
    assert [words(by_id(card, "match")) for card in shown] == [["词语分散"]] * 13
    assert len({card["data-id"] for card in shown}) == 13
    for page in (first, second):  # what is counted is all that was found
        assert words(by_id(page, "tiers")[0].select("a")) == ["原话12篇12处", "分散13篇"]
        assert words(by_id(page, "total")[0].select("b")) == ["25", "12"]
        assert words(by_id(page, "export")) == ["导出13篇"]
        assert words(page.select("[data-testid=facet-region] small")) == ["13", "12"]
        (chip,) = by_id(page, "chip")
        assert (words([chip]), chip["href"]) == (
            ["只看：分散×，去掉这个条件"],
            by_id(page, "tier-scattered")[0]["href"],
        )
        assert parse_qs(urlsplit(str(chip["href"])).query) == {"q": ["社区养老"]}


def test_what_one_way_found_is_exported_alone_and_its_order_and_filters_stay(two_ways: FlaskClient) -> None:
    page = read(two_ways.get("/search?q=社区养老&way=scattered"))
    table = two_ways.get(str(by_id(page, "export")[0]["href"])).get_data(as_text=True)
    assert (table.count("\r\n") - 1, table.count("词语分散")) == (13, 13)
    newest = read(two_ways.get(str(by_id(page, "sort-newest")[0]["href"])))
    assert {word for card in by_id(newest, "hit") for word in words(by_id(card, "match"))} == {"词语分散"}
    narrowed = read(two_ways.get(f"/search{newest.select_one('[data-testid=facet-region] a')['href']}"))  # type: ignore[index]
    assert words(by_id(narrowed, "chip")) == ["地区：云南×，去掉这个条件", "只看：分散×，去掉这个条件"]
    assert words(by_id(narrowed, "tiers")[0].select("a")) == ["原话6篇6处", "分散7篇"]
    assert len(by_id(narrowed, "hit")) == 7
    opened = read(two_ways.get(str(by_id(narrowed, "hit-title")[0]["href"])))
    assert "way=scattered" in str(opened.select_one("a.back")["href"])  # type: ignore[index]
    for name in ("lines", "together-region"):  # these look at all that was found
        assert "way" not in str(by_id(page, name)[0]["href"])


def test_a_way_that_found_nothing_is_told_and_one_that_is_none_refused(two_ways: FlaskClient) -> None:
    page = read(two_ways.get("/search?q=社区养老&way=synonym"))
    assert "其中没有“同义”这一类的，以下是全部。" in words(by_id(page, "note"))
    assert (len(by_id(page, "hit")), by_id(page, "chip")) == (10, [])
    assert two_ways.get("/search?q=社区养老&way=nothing").status_code == 400
    assert two_ways.get("/api/search?q=社区养老&way=nothing").get_json()["error"]["code"] == "bad_query"
    told = two_ways.get("/api/search?q=社区养老&way=scattered&size=100").get_json()
    assert (told["way"], told["total"]["documents"], told["pages"]) == ("scattered", 25, 1)
    assert [hit["match"] for hit in told["hits"]] == ["scattered"] * 13


@pytest.fixture(scope="module")
def in_places(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Speeches of a province, of two cities in it and of two districts of one of these; one of another province."""
    folder = tmp_path_factory.mktemp("places")
    places = (("广东", ""), ("广东", "广州"), ("广东", "广州天河区"), ("广东", "广州天河区"), ("广东", "广州越秀区"))
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for number, (region, place) in enumerate([*places, ("广东", "佛山"), ("湖北", "武汉")]):
            speech = document(f"{number}", f"第{number}次讲养老服务。", title=f"会{number}", region=region)
            writer.add(changed(speech, place=Evidence(place)) if place else speech)
        writer.publish({})
    return create_app(Settings(index=folder)).test_client()


def tree(page: Tag) -> list[object]:
    """The facet of regions as [name and count, [those in it]]."""

    def branch(item: Tag) -> list[object]:
        inner = item.select(":scope > details > ul > li")
        return [*words(item.select(":scope > a")), *([[branch(one) for one in inner]] if inner else [])]

    return [branch(item) for item in page.select("[data-testid=facet-region] > ul > li")]


def href(page: Tag, name: str) -> str:
    """Where a region or place of the facet leads to."""
    links = page.select("[data-testid=facet-region] a")
    return next(f"/search{link['href']}" for link in links if link.contents[0] == name)


def test_a_region_opens_to_the_places_in_it_which_narrow_and_are_excluded(in_places: FlaskClient) -> None:
    page = read(in_places.get("/search?q=养老服务"))
    cities = [["广州4", [["天河区2"], ["越秀区1"]]], ["佛山1"]]
    assert tree(page) == [["广东6", cities], ["湖北1", [["武汉1"]]]]
    assert words(page.select(".facet details summary")) == ["广东的市县", "广州的市县", "湖北的市县"]
    assert page.select(".facet details[open]") == []
    narrowed = read(in_places.get(href(page, "广州")))
    assert len(by_id(narrowed, "hit")) == 4  # with its districts
    assert words(by_id(narrowed, "chip")) == ["地区：广东广州×，去掉这个条件"]
    assert words(narrowed.select(".facet details[open] > summary")) == ["广东的市县"]
    assert words(narrowed.select("[data-testid=facet-region] [aria-current]")) == ["广州4"]
    district = read(in_places.get(href(page, "天河区")))
    assert len(by_id(district, "hit")) == 2
    assert words(district.select(".facet details[open] > summary")) == ["广东的市县", "广州的市县"]
    buttons = {str(one["value"]) for one in page.select(".facet details button[name=-region]")}
    assert buttons == {"广东/广州", "广东/广州/天河区", "广东/广州/越秀区", "广东/佛山", "湖北/武汉"}
    without = read(in_places.get("/search?q=养老服务&-region=广东/广州"))
    assert len(by_id(without, "hit")) == 3
    assert words(by_id(without, "chip")) == ["不要地区：广东广州×，去掉这个条件"]
    told = in_places.get("/api/search?q=养老服务&region=湖北/武汉").get_json()
    assert (told["total"]["documents"], told["facets"]["place"][0]["value"]) == (1, "广东/广州")
    inside = read(in_places.get("/search?q=养老服务&region=广东"))
    assert words(by_id(read(in_places.get(href(inside, "佛山"))), "chip")) == ["地区：广东佛山×，去掉这个条件"]
    around = read(in_places.get(href(district, "广东")))
    assert words(by_id(around, "chip")) == ["地区：广东×，去掉这个条件"]
