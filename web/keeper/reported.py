"""报告问题: the form for readers, and the page on which keepers read what was sent with it."""

from __future__ import annotations

from flask import abort, current_app, g, render_template, request

from indexer.extract import why
from web.keeper import journal, reports
from web.keeper.asked import NotDone, noted, one_line
from web.keeper.gate import guarded
from web.pages import page
from web.served import settings, stored


def waiting() -> list[journal.Line] | None:
    """None where they cannot be read: the rest of the page is worth having."""
    try:
        return reports.waiting(settings().beside("reports.jsonl"))
    except OSError as error:
        current_app.logger.error("reports: %s", error)
        return None


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
    return render_template("keeper_reports.html", reports=waiting(), word=g.keeper.word, problem=problem)


@page("/doc/<id>/report", takes=True)
def report(id: str) -> str | tuple[str, int]:
    """报告问题: a plain form for any reader, where somebody reads what it sends."""
    if not settings().keeper:
        abort(404)
    document = stored(id)
    title, problem, taken, said = document.metadata.title.value, "", False, ""
    if request.method == "POST":
        said = "\n".join(map(one_line, request.form.get("said", "").splitlines())).strip()
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
