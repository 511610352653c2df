"""What is served: the settings, the index as one request sees it, and its state in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote, urlencode
from weakref import WeakKeyDictionary

from flask import (
    abort,
    current_app,
    g,
    redirect,
    request,
    url_for,
)

from indexer.status import Status
from indexer.status import status as read_status
from search.documents.document import Document, Passage
from search.engines import Engine, Store, Stored, store_of
from search.engines import opened as with_words
from search.errors import IndexUnusable
from search.index import tombstones
from search.query.addresses import Link
from search.settings import Settings


def settings() -> Settings:
    configured: Settings = current_app.config["SPEECHES"]
    return configured


def public(address: str) -> str:
    """An address for use elsewhere, in a citation or a table: whole, where the administrator said under which name
    readers reach the site. The name it was asked under is never taken for it: anybody can send any."""
    return settings().url + address.removeprefix(request.script_root) if settings().url else address


def readable(address: str) -> str:
    """An address as people write it: its Chinese characters as they are, every other sign as it was sent."""
    return re.sub(r"(?:%[89A-F][0-9A-F])+", lambda sent: unquote(sent[0]), address)


def store() -> Store:
    return store_of(settings().engine, settings().index)


def engine() -> Engine:
    """The index as published now; one request sees one generation. Raises IndexUnusable."""
    if "engine" not in g:
        g.engine = with_words(store())
    found: Engine = g.engine
    return found


# An engine is one generation of the index; the next one is another object.
_statuses: WeakKeyDictionary[Engine, Status] = WeakKeyDictionary()


def index_status() -> Status:
    """What the last run made of the files; read once for each generation."""
    index = engine()
    if index not in _statuses:
        _statuses[index] = read_status(store())
    return _statuses[index]


def updated() -> str:
    """When the index was made: 2026年11月21日 9:05; empty where nobody knows."""
    made = index_status().published
    return f"{made.year}年{made.month}月{made.day}日 {made.hour}:{made.minute:02d}" if made else ""


def today() -> str:
    """As on a printed page: 2026年11月22日. A kept page is asked for again on another day (tag)."""
    now = date.today()
    return f"{now.year}年{now.month}月{now.day}日"


def index_in_words() -> tuple[Link, ...]:
    """What stands at the bottom of every page; a part with an address is about files that are not in the index.

    Nothing where that cannot be read, for it stands on the page that says so, too.
    """
    try:
        made, when = index_status(), updated()
    except IndexUnusable:
        return ()
    passages = f"、{made.passages} 段" if made.passages else ""
    parts = [Link(f"收录 {engine().documents} 篇讲话{passages}", "")]
    parts += [Link(f"索引更新于 {when}", "")] if when else []
    if made.left_out:
        parts.append(Link("", f"{url_for('pages.status')}#left-out", name=f"{len(made.left_out)} 个文件没有收录"))
    return tuple(parts)


def opened(id: str) -> Stored:
    """A document with what the index keeps beside it; the way to it where it has another address now, or 404."""
    found = engine().fetch([id]).get(id)
    if found is None:
        now = tombstones.successor(id, stones())
        if now and engine().fetch([now]):
            abort(redirect(_moved(id, now)))
        abort(404, description=whereabouts(id))
    return found


def _moved(id: str, now: str) -> str:
    """The address that was asked for, with a document's id of now in the place of the one it had."""
    places = {name: now if value == id else str(value) for name, value in (request.view_args or {}).items()}
    # Not by url_for(), which takes some names (_external) for its own.
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "was"]
    return f"{url_for(request.endpoint or '', **places)}?{urlencode([*asked, ('was', id)])}"  # type: ignore[arg-type]


def moved_from() -> str:
    """The id under which this document was asked for, where it had that once; empty for any other."""
    was, here = request.args.get("was", ""), (request.view_args or {}).get("id", "")
    return was if was and tombstones.successor(was, stones()) == here else ""


def passages_before() -> tuple[Passage, ...]:
    """Those of the document under the id of moved_from(); none where it has no other, or they are not kept."""
    was = moved_from()
    return stones()[was].passages() if was else ()


def stored(id: str) -> Document:
    return opened(id).document


# As the statuses: read once for each generation.
_stones: WeakKeyDictionary[Engine, Mapping[str, tombstones.Tombstone]] = WeakKeyDictionary()


def stones() -> Mapping[str, tombstones.Tombstone]:
    """What is known of documents that are gone, by id."""
    index = engine()
    if index not in _stones:
        _stones[index] = {one.id: one for one in tombstones.loads(index.note(tombstones.NOTE))}
    return _stones[index]


def whereabouts(id: str) -> str:
    """What is known of a document that is not there."""
    stone = stones().get(id)
    if stone is None:
        return "没有这篇讲话：它可能改动之后换了地址，或者地址抄漏了字。请用标题或原话在上面查找。"
    dated = f"（{stone.date}）" if stone.date else ""
    return f"《{stone.title}》{dated}已从语料中移除，原文件为 {stone.file}。如有改动后的版本，请用标题在上面查找。"
