"""The page on which keepers add a pair of synonyms, after they have seen what it changes, and take one out again."""

from __future__ import annotations

from flask import g, render_template, request

from indexer.statements import words
from search.text.office import KINDS as RELATIONS
from web.keeper import commands
from web.keeper.asked import NotDone, noted, one_line
from web.keeper.gate import guarded
from web.pages import page
from web.served import settings


@page("/keeper/synonyms", light=True, takes=True)
@guarded
def keeper_synonyms() -> str:
    """What a pair would change, and then the pair itself; those there are, each of which can go."""
    given = request.form if request.method == "POST" else request.args
    term, other = one_line(given.get("term", ""))[:40], one_line(given.get("synonym", ""))[:40]
    kind, way = given.get("kind", "近义说法"), [] if given.get("both", "1") == "1" else ["--one-way"]
    lines: tuple[str, ...] = ()
    problem, written, may_add = "", False, False
    if term and other:
        try:
            words.pair(term, other, kind)
            action = "preview"
            if request.method == "POST":
                action = "remove" if given.get("action") == "remove" else "add"
                noted("删同义词" if action == "remove" else "加同义词", f"{term} {other} {kind}")
            asked = (action,) if action == "preview" else (action, f"--by={g.keeper.name}")
            said = commands.run(settings(), "synonyms", *asked, f"--kind={kind}", *way, "--", term, other)
            lines, written = said.lines, action != "preview" and said.done
            may_add = said.done and action == "preview" and any("→" in line for line in lines)
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
        written=written,
        may_add=may_add,
        own=words.read(settings().corpus).own.synonyms,
        names={kind: name for name, kind in RELATIONS.items()},
    )
