"""The documents as keepers see them: those with doubts first, and the form that puts the facts of one right."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor, TimeoutError

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.reviewing import Reviewed, documents
from indexer.statements import corrections
from indexer.statements.corrections import Correction
from indexer.statements.fields import value_of
from indexer.terminal import event
from search.documents.document import Document
from search.documents.filenames import on_disk
from search.documents.labels import FIELDS
from search.documents.masking import masked
from search.documents.warnings import KINDS
from web.keeper import commands
from web.keeper.asked import NotDone, noted, one_line
from web.keeper.gate import guarded
from web.pages import page
from web.served import engine, settings, stored

_beside = ThreadPoolExecutor(1)
_PATIENCE = 3.0  # seconds a request waits for it
A_PAGE = 50  # documents of the list
FIRST = ("title", "date", "region", "speakers")  # what is corrected most; the others are folded away


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
        places=[(FIELDS[name], list(FIELDS).index(name)) for name in FIRST],
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
    except Exception:  # the next request tries again
        del current_app.extensions["reviewed"]
        raise
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
        first=FIRST,
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
        now, was = value_of(masked(document), name) or "", one_line(request.form.get(f"was_{name}", ""))
        typed = one_line(request.form[name])
        if typed == was:
            continue
        if one_line(now) != was:
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
