"""Questions made to hurt: each is answered with a page in Chinese, and the next honest question is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import document
from flask.testing import FlaskClient

from app import create_app
from search.__main__ import main
from search.engines import store_of
from search.settings import Settings

BOMBS = {
    "one star": "*",
    "question mark": "?",
    "star on both sides": "*政*",
    "prefix star": "民*",
    "open range": "[TO]",
    "field star": "body:*",
    "5,000 stars": "*" * 5000,
    "10,000 terms": " ".join(f"词{n}" for n in range(10_000)),
    "30,000 characters": "养老" * 15_000,
    "brackets 1,000 deep": "(" * 1000 + "养老" + ")" * 1000,
    "3,000 exclusions": "NOT " * 3000,
    "100 exclusions": "-" * 100 + "养老",
    "100 alternatives": "养老 OR " * 24 + "养老",
    "lone surrogate": "养老\ud800",
    "NUL": "养老\x00服务",
    "right to left": "\u202e养老服务",
    "emoji": "👨‍👩‍👧养老",
    "boost": "养老^1e309 服务^nan",
    "fuzzy": "养老~9",
    "slop": '"养老 服务"~999999999',
    "unknown field": "colour:red 颜色:红",
    "unclosed quote": '"养老',
    "unclosed brackets in scopes": "同句:(同段:(标题:(低保",
    "SQL": "'; DROP TABLE documents; --",
    "LDAP": "*)(uid=*))(|(uid=*",
    "format strings": "%s%s%n {0} {{养老}} ${养老}",
    "one character 200 times": "民" * 200,
    "combining marks": "养" + "\u0301" * 190,
    "regex": "(a+)+$ .*.*.*养老",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    index = tmp_path_factory.mktemp("index")
    with store_of("whoosh", index).writer(fresh=True) as writer:
        writer.add(document("甲", "发展养老服务，规范福利彩票。", "民" * 3000))
        for n in range(40):
            writer.add(document(f"第{n}篇", "民政工作。" * 40, "养老服务和社会救助。"))
        writer.publish({})
    yield create_app(Settings(index=index, corpus=(index,))).test_client()


@pytest.mark.parametrize("question", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("address", ["/search", "/api/search", "/api/suggest"])
def test_a_bomb_gets_a_sentence_and_harms_nothing(client: FlaskClient, address: str, question: str) -> None:
    answer = client.get(address, query_string={"q": question.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 400, 414)
    if address == "/search":
        assert re.search("[一-鿿]{4}", answer.text)
    honest = client.get("/api/search", query_string={"q": "福利彩票"}).json
    assert honest["total"] == {
        "documents": 1,
        "occurrences": 1,
        "exact": True,
        "tiers": {"exact": {"documents": 1, "occurrences": 1}},
    }


def test_the_command_line_says_why_a_meaningless_question_finds_nothing(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.publish({})
    answer = CliRunner().invoke(main, ["((", "--index", str(tmp_path)])
    assert (answer.exit_code, answer.output) == (0, "输入里没有可检索的文字。请输入要找的词句，例如：养老服务。\n")
