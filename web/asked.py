"""What an address asks for beside a query: the boxes of a form, a place among the marks, the lines, a text to check."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from search import quotations
from search.query import forms
from search.query.clauses import RANGE, Query
from search.query.parsing import listed_from, read_from
from search.results import concordance
from web.served import engine

# The boxes of the detailed form (search/query/forms.py), each a parameter of /search.
FORM = ("was", "all", "phrase", "any", "none", "from", "to")
FIRST_YEAR = "1900"  # of the two boxes for years


def from_forms(arguments: MultiDict[str, str]) -> Query:
    """The query of the detailed form, of the box with “在结果中检索” beside it, or with the years
    from … to …, of which an empty one is no bound."""
    typed = arguments.get("q", "")
    first, last = arguments.get("from", ""), arguments.get("to", "")
    if first or last:
        kept = [pair for pair in arguments.items(multi=True) if pair[0] not in ("from", "to", "year")]
        years = RANGE.join((first or FIRST_YEAR, last)) if last else f"{first}年以来"
        return listed_from(MultiDict([*kept, ("year", years)]))
    if "within" in arguments:
        before = parse_qsl(arguments.get("was", ""))
        within = forms.within(read_from(MultiDict(before)), typed)
        return read_from(MultiDict([("q", within), *(pair for pair in before if pair[0] not in ("q", "page", "way"))]))
    asked = " ".join(filter(None, [typed, forms.typed(forms.Fields.read_from(arguments))]))
    return read_from(MultiDict([("q", asked), *(pair for pair in arguments.items(multi=True) if pair[0] != "q")]))


@dataclass(frozen=True, slots=True)
class HitBar:
    """Where the reader stands among the marks of a document (0: at none yet) and the addresses of its neighbours."""

    current: int
    total: int
    previous: str
    next: str


def hit_bar(id: str, total: int) -> HitBar:
    """hit=2 in the address says at which mark the reader is, so that the counter needs no script."""
    current = max(0, min(request.args.get("hit", 0, type=int), total))
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "hit"]

    def address(number: int) -> str:
        return f"{url_for('.document', id=id)}?{urlencode([*kept, ('hit', number)])}#hit-{number}"

    previous, following = ((current or 1) - 2) % (total or 1) + 1, current % (total or 1) + 1
    return HitBar(current, total, address(previous), address(following))


def lines_found() -> concordance.LinesPage:
    by = concordance.order_of(request.args.get("by", ""))
    around = concordance.width_of(request.args.get("around", ""))
    return concordance.concordance(engine(), read_from(request.args), by, around)


def checked(text: str) -> quotations.CheckPage:
    """What is quoted in a text held against the documents, and the doubts about the text itself."""
    from indexer.drafts import doubts

    return quotations.page_of(quotations.check(engine(), text), doubts(text[: quotations.MAX_CHARACTERS]))
