"""The addresses of the page for keepers, and of what readers report."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass

from flask import Response, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.extract import why
from indexer.reviewing import Reviewed, documents
from indexer.statements import corrections, words
from indexer.statements.corrections import Correction
from indexer.statements.fields import value_of
from indexer.terminal import event
from search.documents.document import Document
from search.documents.filenames import on_disk
from search.documents.labels import FIELDS
from search.documents.masking import masked
from search.documents.warnings import KINDS
from search.errors import IndexUnusable
from search.index import arrivals
from search.text.office import KINDS as RELATIONS
from web.keeper import commands, journal, received, reports
from web.keeper.commands import Updates
from web.keeper.gate import COOKIE, enter, guarded, sessions
from web.originals import named
from web.pages import page
from web.served import engine, index_status, settings, stored

_beside = ThreadPoolExecutor(1)
_PATIENCE = 3.0  # seconds a request waits for it
A_PAGE = 50  # documents of the list
_LEFT_OUT = 200  # files that the page lists; 索引状态 has more
_LATEST = 30  # documents that came last
_HISTORY = 10  # lines of what keepers did
_JOURNAL = 5_000_000  # bytes of it; then it is put aside
_LONGEST = 1_000  # characters of what is typed into a field
_OPTIONS = {"allow": ("--allow-removals", "准许大量移除"), "full": ("--full", "从头重建")}  # of an update, by field
_FIRST = ("title", "date", "region", "speakers")  # what is corrected most; the others are folded away


class NotDone(Exception):
    """What was asked was not done; the message is Chinese."""


def noted(what: str, about: str) -> None:
    """Writes down who does what, before it is done. Raises NotDone: what cannot be written down is not done."""
    line = {"at": journal.now(), "by": g.keeper.name, "what": what, "about": about[:500]}
    try:
        journal.append(settings().beside("keeper.jsonl"), line, _JOURNAL)
    except OSError as error:
        raise NotDone(f"记录写不进去（{why(error)}），所以没有做任何改动。") from error


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
    unusable = ""
    known = Known()
    try:
        known = _known()
    except IndexUnusable as error:
        unusable = str(error)
    return render_template(
        "keeper.html",
        me=g.keeper,
        files=files,
        problem=problem or unusable,
        damaged="--full" in unusable,
        state=updates().state(),
        known=known,
        reports=len(_reports()),
        history=_history_of_all(),
        limits=received,
    )


def _history_of_all() -> list[journal.Line]:
    """What keepers did last, the latest first; nothing where that cannot be read."""
    try:
        return journal.read(settings().beside("keeper.jsonl"), 20_000)[: -_HISTORY - 1 : -1]
    except OSError as error:
        current_app.logger.error("journal: %s", error)
        return []


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
    facts = tuple((FIELDS[name], value_of(document, name) or "不详") for name in _FIRST)
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


# --- documents -----------------------------------------------------------------------------------------


@page("/keeper/documents")
@guarded
def keeper_documents() -> str:
    """Those with doubts, the pressing ones first; or all."""
    everything = request.args.get("all") == "1"
    listed = _listed()
    if listed is None:
        return render_template("keeper_waiting.html")
    chosen = [one for one in listed if everything or any(one.urgency)]
    pages = max(1, -(-len(chosen) // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "keeper_documents.html",
        rows=chosen[(at - 1) * A_PAGE : at * A_PAGE],
        chosen=len(chosen),
        everything=everything,
        documents=len(listed),
        at=at,
        pages=pages,
        places=[(FIELDS[name], list(FIELDS).index(name)) for name in _FIRST],
    )


def _listed() -> list[Reviewed] | None:
    """All documents of the generation; made once, beside the requests, for many thousands take longer than one may.
    None while it is being made."""
    generation, made = current_app.extensions.get("reviewed", ("", None))
    if generation != engine().generation:
        generation, made = engine().generation, _beside.submit(documents, engine())
        current_app.extensions["reviewed"] = generation, made
    try:
        found: list[Reviewed] = made.result(_PATIENCE)
    except TimeoutError:
        return None
    return found


@page("/keeper/documents/<id>", takes=True)
@guarded
def keeper_document(id: str) -> str | WerkzeugResponse:
    """A document's facts, to be put right."""
    document = stored(id)
    if request.method == "GET":
        return _form(document, told=tuple(one for one in g.keeper.heard() if isinstance(one, str)))
    try:
        changes = _changes(document)
        if not changes:
            return _form(document, problem="没有改动。")
        noted("校正", f"{document.external_id} {_in_words(changes)}")
    except NotDone as error:
        return _form(document, problem=str(error))
    said = commands.run(settings(), "correct", f"--by={g.keeper.name}", *changes, "--", _place(document))
    if not said.done:
        return _form(document, problem=" ".join(said.lines) or "没有改成；请稍后再试。")
    g.keeper.told = said.lines
    return redirect(url_for("pages.keeper_document", id=id), 303)


def _form(document: Document, problem: str = "", told: tuple[str, ...] = ()) -> str:
    lines = _history(document)
    held = {line.field for line in corrections.holding(lines)}
    return render_template(
        "keeper_document.html",
        document=document,
        word=g.keeper.word,
        fields=[(name, label, value_of(document, name) or "", name in held) for name, label in FIELDS.items()],
        first=_FIRST,
        history=[event(line) for line in reversed(lines)],
        doubts=[(one, KINDS[one.code].means if one.code in KINDS else "") for one in document.warnings],
        problem=problem,
        told=told,
        typed=request.form if problem else {},
    )


def _history(document: Document) -> tuple[Correction, ...]:
    original = document.original
    about = (corrections.read(folder).about(original.path, original.sha256) for folder in settings().corpus)
    return tuple(line for lines in about for line in lines if line.article == _article(document))


def _article(document: Document) -> int:
    found = re.search(r"#(\d{1,4})$", document.external_id)
    return int(found[1]) if found else 1


def _place(document: Document) -> str:
    return f"{on_disk(document.original.path)}#{_article(document)}"


def _changes(document: Document) -> list[str]:
    """The options of `indexer correct` for what was typed. Raises NotDone where somebody else was first."""
    undo = request.form.get("undo", "")
    if undo in FIELDS:
        return [f"--unset={undo}"]
    changes = []
    for name in FIELDS:
        if name not in request.form:
            continue
        now, was = value_of(masked(document), name) or "", _one_line(request.form.get(f"was_{name}", ""))
        typed = _one_line(request.form[name])
        if typed == was:
            continue
        if _one_line(now) != was:
            raise NotDone(f"您打开这一页之后，别人已经把{FIELDS[name]}改成“{now}”；没有做任何改动，请核对后再改。")
        if not typed:
            raise NotDone(f"{FIELDS[name]}不能是空的；查过而不能确定的请写“不详”，要恢复原来读出的值请按“撤销”。")
        changes.append(f"--set={name}={typed}")
    return changes


def _in_words(changes: list[str]) -> str:
    """标题=…; of the options of the command."""
    said = [one.removeprefix("--set=").partition("=") for one in changes if one.startswith("--set=")]
    undone = [one.removeprefix("--unset=") for one in changes if one.startswith("--unset=")]
    return " ".join([f"{FIELDS[name]}={value}" for name, _, value in said] + [f"撤销{FIELDS[name]}" for name in undone])


def _one_line(written: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in written).split())[:_LONGEST]


# --- synonyms ------------------------------------------------------------------------------------------


@page("/keeper/synonyms", light=True, takes=True)
@guarded
def keeper_synonyms() -> str:
    """What a pair would change, and then the pair itself."""
    given = request.form if request.method == "POST" else request.args
    term, other = _one_line(given.get("term", ""))[:40], _one_line(given.get("synonym", ""))[:40]
    kind, way = given.get("kind", "近义说法"), [] if given.get("both", "1") == "1" else ["--one-way"]
    lines: tuple[str, ...] = ()
    problem, added, may_add = "", False, False
    if term and other:
        try:
            words.pair(term, other, kind)
            adding = request.method == "POST"
            if adding:
                noted("加同义词", f"{term} {other} {kind}")
            asked = ("add", f"--by={g.keeper.name}") if adding else ("preview",)
            said = commands.run(settings(), "synonyms", *asked, f"--kind={kind}", *way, "--", term, other)
            lines, added = said.lines, adding and said.done
            may_add = said.done and not adding and any("→" in line for line in lines)
        except (NotDone, ValueError) as error:
            problem = str(error)
    return render_template(
        "keeper_synonyms.html",
        word=g.keeper.word,
        term=term,
        other=other,
        kind=kind,
        both=not way,
        kinds=list(RELATIONS),
        lines=lines,
        problem=problem,
        added=added,
        may_add=may_add,
    )


# --- reports -------------------------------------------------------------------------------------------


def _reports() -> list[journal.Line]:
    """None where they cannot be read: the rest of the page is worth having."""
    try:
        return reports.waiting(settings().beside("reports.jsonl"))
    except OSError as error:
        current_app.logger.error("reports: %s", error)
        return []


@page("/keeper/reports", light=True, takes=True)
@guarded
def keeper_reports() -> str:
    problem = ""
    if request.method == "POST":
        number = request.form.get("number", "")
        try:
            noted("处理完一条报来的问题", number[:20])
            reports.done(settings().beside("reports.jsonl"), number)
        except NotDone as error:
            problem = str(error)
        except OSError as error:
            problem = f"没有改成：{why(error)}"
    return render_template("keeper_reports.html", reports=_reports(), word=g.keeper.word, problem=problem)


@page("/doc/<id>/report", takes=True)
def report(id: str) -> str | tuple[str, int]:
    """报告问题: a plain form for any reader, where somebody reads what it sends."""
    if not settings().keeper:
        abort(404)
    document = stored(id)
    title, problem, taken, said = document.metadata.title.value, "", False, ""
    if request.method == "POST":
        said = "\n".join(map(_one_line, request.form.get("said", "").splitlines())).strip()
        if not said or len(said) > reports.CHARACTERS:
            problem = f"请写明有什么问题，最多 {reports.CHARACTERS} 字。"
        else:
            try:
                reports.take(settings().beside("reports.jsonl"), id, title, said)
                taken = True
            except reports.Full as error:
                problem = str(error)
            except OSError as error:
                problem = f"没有收下（{why(error)}）；请直接告诉管理人员。"
    shown = render_template(
        "report.html", document=document, problem=problem, taken=taken, said=said, most=reports.CHARACTERS
    )
    return (shown, 400) if problem else shown
