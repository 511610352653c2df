"""The door for programs, as a real process: three tools, the answers of the JSON addresses, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import ROOT
from flask.testing import FlaskClient
from pages import FIRST

from search.settings import Settings
from web import mcp

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def process(place: Settings) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "web.mcp", "--index", str(place.index)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        yield started
        if started.stdin:
            started.stdin.close()
        assert started.wait(30) == 0


@pytest.fixture
def send(process: subprocess.Popen[bytes]) -> Callable[[bytes], dict[str, Any]]:
    def sent(line: bytes) -> dict[str, Any]:
        assert process.stdin and process.stdout
        process.stdin.write(line + b"\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer

    return sent


@pytest.fixture
def ask(send: Callable[[bytes], dict[str, Any]]) -> Ask:
    def asked(method: str, **params: object) -> dict[str, Any]:
        message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        answer = send(json.dumps(message).encode())
        assert answer["id"] == 7
        return answer

    return asked


def called(ask: Ask, name: str, **arguments: object) -> dict[str, Any]:
    result: dict[str, Any] = ask("tools/call", name=name, arguments=arguments)["result"]
    assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
    found: dict[str, Any] = result["structuredContent"]
    return found


def test_a_program_is_greeted_and_told_of_three_tools(ask: Ask) -> None:
    greeting = ask("initialize", protocolVersion="2025-03-26", capabilities={}, clientInfo={})["result"]
    assert (greeting["protocolVersion"], greeting["capabilities"]) == ("2025-03-26", {"tools": {}})
    assert ask("initialize", protocolVersion="1999-01-01")["result"]["protocolVersion"] == mcp.PROTOCOLS[0]
    tools = ask("tools/list")["result"]["tools"]
    assert [tool["name"] for tool in tools] == ["search", "get", "verify_quote"]
    assert all(tool["inputSchema"]["type"] == "object" and tool["description"] for tool in tools)


def test_the_answers_are_those_of_the_json_addresses(ask: Ask, client: FlaskClient) -> None:
    found = called(ask, "search", q="养老服务", year=["2024"])
    page = client.get("/api/search?q=养老服务&year=2024").get_json()
    del found["took_ms"], page["took_ms"]
    assert found == page
    assert called(ask, "get", id=FIRST) == client.get(f"/api/documents/{FIRST}").get_json()
    words = "“要规范福利彩票发行”"
    assert called(ask, "verify_quote", text=words) == client.get(f"/api/check?text={words}").get_json()
    claimed = called(ask, "verify_quote", text="要规范福利彩票发行", source="云南省民政厅")
    assert claimed == client.get("/api/check?text=“要规范福利彩票发行”（据云南省民政厅）").get_json()


def test_what_a_tool_refuses_is_said_in_its_answer(ask: Ask) -> None:
    for name, arguments in (("get", {"id": "f" * 16}), ("search", {"q": "养老", "page": 999})):
        result = ask("tools/call", name=name, arguments=arguments)["result"]
        assert result["isError"] and "没有" in result["content"][0]["text"]


def test_half_a_surrogate_pair_does_not_end_the_process(ask: Ask) -> None:
    assert called(ask, "search", q="养老服务\ud83d")["query"]["text"] == "养老服务?"
    refused = ask("tools/call", name="get", arguments={"id": "\ud83d"})["result"]
    assert refused["isError"] and "没有编号为 ?" in refused["content"][0]["text"]


def test_a_notification_has_no_answer_and_a_bad_message_does_not_end_the_process(
    ask: Ask, send: Callable[[bytes], dict[str, Any]], process: subprocess.Popen[bytes]
) -> None:
    assert process.stdin
    process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n\n')
    for line, code in ((b"{", -32700), (b"[]", -32600), (b'{"id":1}', -32600), (b"[" * 100_000, -32700)):
        assert send(line)["error"]["code"] == code
    assert ask("ping")["result"] == {}
    assert ask("resources/list")["error"]["code"] == -32601


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"name": "delete"},
        {"name": "search"},
        {"name": "search", "arguments": []},
        {"name": "search", "arguments": {"q": 1}},
        {"name": "search", "arguments": {"q": "养老", "engine": "x"}},
        {"name": "search", "arguments": {"q": "养老", "region": [1]}},
        {"name": "get", "arguments": {"id": True}},
    ],
)
def test_arguments_that_a_tool_does_not_take_are_refused(params: dict[str, object]) -> None:
    message = json.dumps({"jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": params}).encode()
    answer = mcp.answered(lambda: pytest.fail("nothing is to be asked"), message)
    assert answer and answer["error"]["code"] == -32602


def test_a_message_that_is_too_long_is_refused_unread() -> None:
    answer = mcp.answered(lambda: pytest.fail("nothing is to be asked"), b" " * (mcp.MOST_BYTES + 1))
    assert answer and answer["error"]["code"] == -32600
