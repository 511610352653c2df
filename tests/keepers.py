"""The page for keepers as the tests use it."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from pages import FIRST, read
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from web.keeper import gate
from web.receiving import MAX_BODY, Held, Parser


def word_in(response: TestResponse) -> str:
    return str(read(response).select_one("input[name=word]")["value"])  # type: ignore[index]


def come_in(app: Flask, **given: str) -> FlaskClient:
    client = app.test_client()
    client.post("/keeper/enter", data={"name": "王某", **given})
    return client


def shown(response: TestResponse, *, status: int = 200) -> str:
    assert response.status_code == status
    return "".join(read(response).get_text().split())


def title_of(client: FlaskClient) -> str:
    return str(read(client.get(f"/keeper/documents/{FIRST}")).select_one("#f-title")["value"])  # type: ignore[index]


def begun(sessions: gate.Sessions | None, token: str, size: int) -> Parser:
    """A request that puts in files, as far as its head."""
    parser: Parser = type("Own", (Parser,), {"keepers": sessions, "held": Held()})(
        Adjustments(max_request_body_size=MAX_BODY)
    )
    head = f"POST /keeper/files HTTP/1.1\r\nHost: a\r\nCookie: a=b; keeper={token}\r\nContent-Length: {size}\r\n\r\n"
    parser.received(head.encode())
    return parser
