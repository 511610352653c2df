"""The application as Flask makes it, but for what it does with a host name that no site has, and that it keeps the
addresses of its pages."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, abort, current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.wrappers import Response

from search.query.addresses import root
from search.settings import Settings

# Under which a request was sent that names no host of ours: its answer is a page with addresses, as any other.
NO_HOST = "localhost"
PROBLEM = "speeches.host"
# Addresses of pages that are kept: of each page one for every path under which a proxy has the site.
MOST_FIXED = 1_000


class Site(Flask):
    """A host name that cannot be, or is none of ours, is answered with 400 like any other request that cannot be.

    Flask has no addresses for such a request, so that making the page of the error would fail, and the server's own
    words would be sent, without a header of ours.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._fixed: dict[tuple[str, str], str] = {}

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        try:
            return super().create_url_adapter(request)
        except (HTTPException, UnicodeError) as problem:
            if request is None:
                raise
            request.environ[PROBLEM] = str(problem)
            request.host = NO_HOST
            return self.url_map.bind(NO_HOST, request.environ.get("SCRIPT_NAME", ""), path_info=request.path)

    def url_for(self, endpoint: str, **values: Any) -> str:
        """As Flask's. A page names twenty others that are always at the same place under the root of the site, and for
        each Werkzeug goes through its rules again: they are kept."""
        if values or endpoint.startswith(".") or not request:
            return super().url_for(endpoint, **values)
        root = request.script_root
        if (known := self._fixed.get((root, endpoint))) is None:
            known = super().url_for(endpoint)
            if len(self._fixed) < MOST_FIXED:
                self._fixed[root, endpoint] = known
        return known


def refuse_host() -> None:
    """Before anything else is done for a request."""
    if PROBLEM in request.environ:
        abort(400, "这个网址的主机名不对。请从首页进入，或核对网址。")


def lead_home() -> Response | None:
    """The path of the site without the slash at its end: Flask would send on to an address with the host it was asked
    under, which behind a proxy may be 127.0.0.1."""
    if request.environ.get("PATH_INFO"):
        return None
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{request.script_root}/{asked and '?' + asked}", 308)


# Pages that are files to take away: read elsewhere, so the addresses in them are whole where the site's own is known.
TAKEN_AWAY: set[str] = set()


def place_addresses() -> None:
    """The addresses on a page begin with the path under which a proxy has the site."""
    whole = current_app.config["SPEECHES"].url if request.endpoint in TAKEN_AWAY else ""
    root.set(whole or request.script_root)


def trusted_hosts(chosen: Settings) -> list[str] | None:
    """The host names that are answered under; None where any is."""
    return [*chosen.hosts, "127.0.0.1", "localhost", "::1"] if chosen.hosts else None
