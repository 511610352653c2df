"""The style sheet, the scripts and the templates: small, and for the browsers that offices have."""

from __future__ import annotations

import re
from pathlib import Path

import esprima
import pytest
from conftest import ROOT
from flask.testing import FlaskClient
from pages import read

# What the oldest browser we name (Chromium 78) does not have.
TOO_NEW_CSS = (
    r"&|::backdrop|:has\(|:is\(|:where\(|:not\([^)]*,|aspect-ratio|\binset:|clamp\(|\bmin\(|\bmax\("
    r"|@layer|@container|text-wrap"
)
# What is no grammar, and what esprima lets by: object spread, import(), groups with names in regular expressions.
TOO_NEW_JS = (
    r"[{,]\s*\.\.\.|\bimport\b|\(\?<|replaceAll|replaceChildren|\.at\(|hasOwn\(|structuredClone"
    r"|randomUUID|AbortSignal\.|async |await "
)


@pytest.mark.parametrize("file", sorted((ROOT / "static").glob("*.css")), ids=lambda file: file.name)
def test_a_style_sheet_uses_what_chromium_78_has(file: Path) -> None:
    style = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(TOO_NEW_CSS, style) == []
    rules = re.findall(r"\{([^{}]*)\}", style)
    assert [rule for rule in rules if "gap" in rule and not re.search(r"grid-(row-|column-)?gap", rule)] == []


def test_dark_by_the_system_and_dark_by_hand_are_the_same_colours() -> None:
    style = (ROOT / "static/colours.css").read_text(encoding="utf-8")
    by_system = re.findall(r":root:not\(\[data-scheme\]\) \{(.*?)\}", style, re.DOTALL)
    by_hand = re.findall(r':root\[data-scheme="dark"\] \{(\s*--.*?)\}', style, re.DOTALL)
    assert [rule.split() for rule in by_system] == [rule.split() for rule in by_hand] != []


def test_only_the_script_that_sets_the_colours_stands_in_the_way_of_the_first_paint(client: FlaskClient) -> None:
    head = read(client.get("/search?q=养老服务")).select("head script, head link[rel=stylesheet]")
    blocking = [tag for tag in head if "defer" not in tag.attrs and tag.get("media") != "print"]
    assert [str(tag.get("src") or tag.get("href")).split("?")[0] for tag in blocking] == [
        "/static/view.js",
        "/static/colours.css",
        "/static/style.css",
        "/static/results.css",
    ]
    assert (ROOT / "static/view.js").stat().st_size < 2_500  # bytes


@pytest.mark.parametrize("file", sorted((ROOT / "static").glob("*.js")), ids=lambda file: file.name)
def test_a_script_is_written_in_the_grammar_of_es2017(file: Path) -> None:
    assert esprima.parseScript(file.read_text(encoding="utf-8")).body


@pytest.mark.parametrize("newer", ["a?.b;", "a ?? b;", "a ||= b;", "try {} catch {}", "class A { b = 1; }", "1_000;"])
def test_newer_grammar_would_be_noticed(newer: str) -> None:
    with pytest.raises(esprima.Error):
        esprima.parseScript(newer)


def test_the_scripts_are_small_and_call_what_chromium_78_has() -> None:
    script = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "static").glob("*.js")))
    assert len(script.encode()) <= 25 * 1024
    code = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    assert re.findall(TOO_NEW_JS, code) == []


def test_partial_templates_stay_small() -> None:
    long = {
        file.name for file in (ROOT / "templates").glob("_*.html") if len(file.read_text("utf-8").splitlines()) > 40
    }
    assert long == set()
