"""The first page for keepers: coming in, files, the index, what was done last."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.extract import why
from indexer.statements.fields import value_of
from search.documents.document import Document
from search.documents.labels import FIELDS
from search.errors import IndexUnusable
from search.index import arrivals
from web.keeper import journal, received, reported
from web.keeper import synonyms as synonyms  # declares its page
from web.keeper.asked import NotDone, noted
from web.keeper.commands import Updates
from web.keeper.documents import FIRST
from web.keeper.gate import COOKIE, enter, guarded, sessions
from web.originals import named
from web.pages import page
from web.served import engine, index_status, settings

_LEFT_OUT = 200  # files that the page lists; 索引状态 has more
_LATEST = 30  # documents that came last
_HISTORY = 10  # lines of what keepers did
_OPTIONS = {"allow": ("--allow-removals", "准许大量移除"), "full": ("--full", "从头重建")}  # of an update, by field


def updates() -> Updates:
    found: Updates = current_app.extensions["updates"]
    return found


# --- coming in -----------------------------------------------------------------------------------------


@page("/keeper", light=True)
@guarded
def keeper() -> str:
    return overview(tuple(one for one in g.keeper.heard() if isinstance(one, received.Received)))


@page("/keeper/enter", light=True, takes=True)
def keeper_enter() -> Response | WerkzeugResponse:
    return enter() if request.method == "POST" else redirect(url_for("pages.keeper"))


@page("/keeper/leave", light=True, takes=True)
@guarded
def keeper_leave() -> WerkzeugResponse:
    if request.method == "POST":
        sessions().end(request.cookies.get(COOKIE, ""))
    return redirect(url_for("pages.keeper"), 303)


def overview(files: tuple[received.Received, ...] = (), problem: str = "") -> str:
    """The first page; files: what was just dropped. Where the index cannot be used it says so and offers another."""
    unusable, known = "", None
    try:
        known = _known()
    except IndexUnusable as error:
        unusable = str(error)
    waiting = reported.waiting()
    return render_template(
        "keeper.html",
        me=g.keeper,
        files=files,
        problem=problem or unusable,
        damaged="--full" in unusable,
        state=updates().state(),
        known=known,
        reports=None if waiting is None else len(waiting),
        history=_history_of_all(),
        limits=received,
    )


def _history_of_all() -> list[journal.Line] | None:
    """What keepers did last, the latest first; None where that cannot be read."""
    try:
        return journal.read(settings().beside("keeper.jsonl"), 20_000)[: -_HISTORY - 1 : -1]
    except OSError as error:
        current_app.logger.error("journal: %s", error)
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """What was understood of a document, in a line."""

    id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the last run made of the files. count: how many documents came with it, of which came are the first."""

    left_out: tuple[tuple[str, str], ...] = ()
    more_left_out: int = 0
    came: tuple[Row, ...] = ()
    count: int = 0


def _known() -> Known:
    """Raises IndexUnusable."""
    made = index_status()
    latest = arrivals.loads(engine().note(arrivals.NOTE))[:1]
    came = engine().fetch(latest[0].ids[:_LATEST]) if latest else {}
    return Known(
        tuple((named(one.path), one.reason) for one in made.left_out[:_LEFT_OUT]),
        max(0, len(made.left_out) - _LEFT_OUT),
        tuple(_row(one.document) for one in came.values()),
        latest[0].count if latest else 0,
    )


def _row(document: Document) -> Row:
    facts = tuple((FIELDS[name], value_of(document, name) or "不详") for name in FIRST)
    return Row(document.id, document.external_id, facts, tuple(one.message for one in document.warnings))


# --- files and the index -------------------------------------------------------------------------------


@page("/keeper/files", light=True, takes=True)
@guarded
def keeper_files() -> str | WerkzeugResponse:
    if request.method == "GET":
        return redirect(url_for("pages.keeper"))
    given = [one for one in request.files.getlist("files") if one.filename]
    if not given:
        return overview(problem="没有选文件。")
    try:
        noted("放入文件", "、".join(received.safe(one.filename or "") for one in given))
    except NotDone as error:
        return overview(problem=str(error))
    corpus = settings().corpus[0]
    g.keeper.told = tuple(received.receive(corpus, one.filename or "", one.stream) for one in given)
    return redirect(url_for("pages.keeper"), 303)


@page("/keeper/build", light=True, takes=True)
@guarded
def keeper_build() -> str | WerkzeugResponse:
    if request.method == "POST":
        chosen = [what for name, what in _OPTIONS.items() if request.form.get(name) == "1"]
        try:
            noted("更新索引", "、".join(words for _, words in chosen))
            begun = updates().begin(*(option for option, _ in chosen))
        except (NotDone, OSError) as error:
            return overview(problem=str(error) if isinstance(error, NotDone) else f"没有开始更新：{why(error)}")
        if not begun:
            return overview(problem="已经在更新，等它结束再更新一次。")
    return redirect(url_for("pages.keeper") + "#update", 303)
