"""The addresses of the application: one blueprint, and what each page says of itself where it is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint
from flask.typing import RouteCallable

from web import cache, site, turns
from web.deadline import in_time

View = TypeVar("View", bound=RouteCallable)

pages = Blueprint("pages", __name__)


def page(
    rule: str, *, cached: bool = False, light: bool = False, takes: bool = False, away: bool = False
) -> Callable[[View], View]:
    """Declares the view of an address. cached: its answers are kept for the next who asks the same. light: it costs no
    search, so it waits for no turn and has no tag of its own. takes: a text may be posted to it (web/pasted.py). away:
    its answer is a file that is read elsewhere."""

    def declared(view: View) -> View:
        endpoint = f"{pages.name}.{view.__name__}"
        if cached:
            cache.CACHED_PAGES.add(endpoint)
        if light:
            turns.LIGHT_PAGES.add(endpoint)
        if away:
            site.TAKEN_AWAY.add(endpoint)
        pages.route(rule, methods=["GET", "POST"] if takes else ["GET"])(in_time(view))
        return view

    return declared


pages.before_request(cache.unchanged)
pages.before_request(cache.cached)
pages.before_request(turns.take_turn)
pages.after_request(cache.tagged)
