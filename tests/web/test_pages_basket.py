"""摘录篮: a page of links, and the places from which passages are put into it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pages import ELDERLY, FIRST, SECOND, by_id, read, words


def test_every_passage_of_results_groups_and_the_document_can_be_picked(client: FlaskClient) -> None:
    for address, places in (
        ("/search?q=养老服务", ".passage"),
        ("/search/region?q=养老服务", "tr.card"),
        (f"/doc/{FIRST}", ".para"),
    ):
        page = read(client.get(address))
        links = [place.select("a.pick") for place in page.select(places)]
        assert [len(found) for found in links] == [1] * len(page.select(places)) != []
        for (link,) in links:
            assert len(by_id(read(client.get(str(link["href"]))), "excerpt-source")) == 1


def test_a_basket_is_its_address(client: FlaskClient) -> None:
    page = read(client.get(f"/basket?e={FIRST}.2!先用&e={SECOND}.1"))
    assert words(page.select("blockquote")) == [ELDERLY, "会议强调，社会救助要应救尽救。"]
    assert "年份存疑" in words(by_id(page, "excerpt-doubt"))[0]
    assert [tag["value"] for tag in page.select("[name=note]")] == ["先用", ""]
    down = read(client.get(str(by_id(page, "down")[0]["href"])))
    assert words(down.select("blockquote"))[1] == ELDERLY
    assert len(by_id(read(client.get(str(by_id(page, "remove")[0]["href"]))), "excerpt")) == 1


def test_notes_and_another_basket_come_in_by_a_form(client: FlaskClient) -> None:
    form = {"e": [f"{FIRST}.2"], "note": ["引言用"], "more": f"http://elsewhere/basket?e={SECOND}.1"}
    response = client.post("/basket", data=form)
    assert response.status_code == 303
    page = read(client.get(response.headers["Location"]))
    assert [tag["value"] for tag in page.select("[name=note]")] == ["引言用", ""]
    assert len(by_id(page, "excerpt")) == 2


def test_notes_that_no_address_holds_are_kept_on_the_page_and_in_its_files(client: FlaskClient) -> None:
    parts = [f"{FIRST}.2.{at}-{at + 1}" for at in range(40)]
    form = {"e": parts, "note": ["备" * 200] * len(parts)}
    page = read(client.post("/basket", data=form))
    assert [tag["value"] for tag in page.select("[name=note]")] == form["note"]
    assert "放不进一个地址" in words(by_id(page, "note"))[-1]
    assert by_id(page, "up") + by_id(page, "down") == []
    (button,) = by_id(page, "export-csv")
    taken = client.post(str(button["formaction"]), data=form).get_data(as_text=True)
    assert taken.count("备" * 200) == len(parts)


def test_a_file_has_the_notes_that_are_typed_and_not_yet_saved(client: FlaskClient) -> None:
    taken = client.post("/basket.md", data={"e": [f"{FIRST}.2!旧"], "note": ["新写的"]}).get_data(as_text=True)
    assert ("新写的" in taken, "旧" in taken) == (True, False)


@pytest.mark.parametrize("form", ["docx", "md", "csv"])
def test_it_is_taken_away_as_a_file(client: FlaskClient, form: str) -> None:
    with client.get(f"/basket.{form}?e={FIRST}.2") as response:
        assert response.status_code == 200
        assert f".{form}" in response.headers["Content-Disposition"]
        assert len(response.get_data()) > 100
    assert client.get("/basket.exe").status_code == 404


def test_an_empty_basket_says_how_to_begin(client: FlaskClient) -> None:
    page = read(client.get("/basket"))
    assert "＋摘录" in words(by_id(page, "basket-empty"))[0]
    assert client.get("/basket.docx").status_code == 200


def test_too_many_strange_and_gone_ones_are_told(client: FlaskClient) -> None:
    many = [f"{number:016x}.1" for number in range(10_000)]
    page = read(client.post("/basket", data={"e": many}))
    assert "10000段" in words(by_id(page, "note"))[0]
    assert len(by_id(page, "excerpt-gone")) == 200
    page = read(client.get(f"/basket?e={FIRST}.99&e=<script>"))
    assert (len(by_id(page, "excerpt-gone")), "认不出" in words(by_id(page, "note"))[1]) == (1, True)
    response = client.get("/basket?" + "&".join(f"e={one}" for one in many))
    assert response.status_code == 414
