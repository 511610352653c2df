"""The JSON addresses for other systems; those of the tools are beside their pages (web/tools.py)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from flask import Response, current_app, jsonify, request

from search import excerpts, quotations, results
from search.documents.warnings import KINDS
from search.index.record import as_json
from search.query.parsing import listed_from, read_size
from search.results import concordance
from search.suggestions import completions
from search.tools.pasted import pasted
from web import searches
from web.asked import checked, lines_found
from web.pages import page
from web.pasted import handed_over
from web.served import engine, stored


@page("/api/search", cached=True)
def api_search() -> Response:
    size = read_size(request.args)
    query = listed_from(request.args)
    found = results.search(engine(), query, values=results.BROWSE_VALUES, size=size)
    return jsonify(results.page_as_json(searches.noted(query, found)))


@page("/api/place", cached=True)
def api_place() -> Response:
    """What the box does with a pasted citation or address."""
    found = pasted(engine(), request.args.get("q", ""))
    told = {"id": found.id, "number": found.number, "url": found.url} if found else None
    return jsonify({"place": told})


@page("/api/lines", cached=True)
def api_lines() -> Response:
    return jsonify(concordance.as_json(lines_found()))


@page("/api/suggest", cached=True)
def api_suggest() -> Response:
    found = completions.suggest(engine(), request.args.get("q", ""))
    return jsonify({"suggestions": [asdict(completion) for completion in found]})


@page("/api/check", takes=True)
def api_check() -> Response:
    return jsonify(quotations.page_as_json(checked(handed_over().text)))


@page("/api/basket", takes=True)
def api_basket() -> Response:
    return jsonify(excerpts.as_json(excerpts.basket(engine(), *excerpts.read(request.values.getlist("e")))))


@page("/api/documents/<id>")
def api_document(id: str) -> Response:
    return jsonify(as_json(stored(id)))


@page("/api/status/searches", light=True)
def api_status_searches() -> Response:
    return jsonify({"searches": [asdict(one) for one in searches.found()]})


@page("/api/openapi.json", light=True)
def openapi() -> Response:
    """static/openapi.json, with the codes of warnings from their table."""
    description = json.loads(Path(current_app.static_folder or "", "openapi.json").read_bytes())
    description["components"]["schemas"]["WarningCode"]["enum"] = [*KINDS]
    return jsonify(description)


@page("/healthz", light=True)
def healthz() -> Response:
    index = engine()
    status = "fallback" if index.is_fallback else "ok"
    return jsonify({"status": status, "generation": index.generation, "documents": index.documents})
