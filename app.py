"""The pages: routes only. What is shown is made in search/, how it looks in templates/.

`python app.py` builds a missing index from the corpus folders and serves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote

import click
from flask import (
    Flask,
    Response,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

import web.api
import web.keeper.pages
import web.status  # noqa: F401 - these declare their pages
from indexer.encoding import decode
from search import excerpts, reading, results
from search.documents import filenames, formats
from search.engines import store_of
from search.errors import IndexUnusable
from search.excerpts.references import Reference
from search.query import forms
from search.query.addresses import document_address, root, search_address, written
from search.query.filters import NAMES
from search.query.parsing import MAX_CHARACTERS, listed_from, read_from
from search.reading import FactLine
from search.results import arrived, as_csv, concordance
from search.settings import Settings
from search.tools.pasted import pasted
from search.usage import Command, Failed
from web.asked import FORM, checked, from_forms, hit_bar, lines_found
from web.assets import A_YEAR, asset
from web.downloads import download, host, table
from web.keeper.commands import Updates
from web.keeper.gate import Sessions
from web.originals import original_bytes
from web.pages import page, pages
from web.pasted import HandedOver, InMemory, handed_over
from web.responses import MAX_ADDRESS, look_after
from web.searches import FailedSearches, noted
from web.served import (
    engine,
    index_in_words,
    index_status,
    moved_from,
    opened,
    passages_before,
    public,
    readable,
    settings,
    stored,
    today,
)
from web.server import serve
from web.site import Site, trusted_hosts
from web.tools import TOOLS, chosen_filters, tool
from web.turns import Turns, give_turn
from web.written import PageTemplate, anchored, here, in_xml, marked, seconds

MAX_SHOWN = 300_000  # characters of a file that the page 原文 shows; the longest speeches have 60,000
MAX_IN_ADDRESS = 1_000  # characters of a text to check that stand in the address; a longer one is posted
# 原文 shows what others wrote: no script runs there at all, and the browser treats it as a thing apart.
SANDBOX = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; sandbox allow-same-origin allow-forms allow-downloads"
)


class Indexing(click.Group):
    """`flask index …` is `python -m indexer …`; a server that only answers does not load what reads files."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        from indexer.commands import index

        return index.make_context(info_name, args, parent, **extra)


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """The web application over one index; config are Flask's own settings, for tests."""
    chosen, app = settings or Settings.from_env(), Site(__name__)
    app.request_class = InMemory
    app.config.update(SPEECHES=chosen, TRUSTED_HOSTS=trusted_hosts(chosen), SEND_FILE_MAX_AGE_DEFAULT=A_YEAR, **config)
    app.url_map.merge_slashes = False  # the redirect it answers with repeats the host it was asked under
    app.jinja_env.template_class = PageTemplate
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True  # a tenth of a page was blanks
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(pages)
    app.cli.add_command(Indexing("index"))
    app.add_template_global(asset)
    app.add_template_global(public)
    app.add_template_global(moved_from)
    app.add_template_global(index_in_words)
    app.add_template_global(today)
    app.add_template_global(lambda: TOOLS, "tools")
    app.add_template_global(tool)
    app.add_template_global(excerpts.picking_address, "picking")
    app.add_template_global(chosen_filters)
    app.add_template_filter(readable)
    for as_written in (anchored, here, in_xml, marked, seconds):
        app.add_template_filter(as_written)
    app.extensions["turns"] = Turns()
    app.extensions["tag"] = token_hex(8)
    app.extensions["searches"] = FailedSearches(chosen.beside("searches.sqlite"))
    app.extensions["sessions"], app.extensions["updates"] = Sessions(), Updates(chosen)
    look_after(app)
    app.teardown_request(give_turn)
    return app


# --- pages -----------------------------------------------------------------------------------------


@page("/", cached=True)
def home() -> str:
    return render_template("home.html", page=results.browse(engine()), arrived=arrived.arrived(engine()))


@page("/search", cached=True)
def search() -> str | WerkzeugResponse:
    """The results; what a form asks in several fields is led to the one address that its query has."""
    if any(name in request.args for name in FORM):
        return redirect(search_address(from_forms(request.args)))
    query = listed_from(request.args)
    if not query.filters and (place := pasted(engine(), query.raw)):
        return redirect(place.url)
    if len(query.raw) > MAX_CHARACTERS and not query.filters:
        long = f"检索词最多 {MAX_CHARACTERS} 字，这里有 {len(query.raw)} 字，已改为逐句核对。"
        return check_page(HandedOver(query.raw, notes=(long,)))
    if not query.raw.strip() and not query.filters:
        return browse()
    return render_template("search.html", page=noted(query, results.search(engine(), query)))


@page(f"/search/<any({', '.join(results.GROUPED)}):field>")
def together(field: str) -> str | WerkzeugResponse:
    """The same results put together by region or by speaker."""
    query = read_from(request.args)
    if not results.asked(query):
        return redirect(search_address(query))
    return render_template("together.html", page=results.grouped(engine(), query, field))


@page("/search/lines", cached=True)
def lines() -> str:
    """逐句: each place where the words stand, the words in the middle."""
    return render_template("lines.html", page=lines_found())


@page("/search/lines.csv", away=True)
def lines_csv() -> Response:
    query = read_from(request.args)
    by, around = (request.args.get(name, "") for name in ("by", "around"))
    content = concordance.as_csv(engine(), query, concordance.order_of(by), concordance.width_of(around))
    return table(content, "逐句", query.raw)


@page("/search.atom", away=True)
def feed() -> Response:
    """What a search finds as a feed, what came into the index last first; without a query all there is."""
    made = index_status().published or datetime.now()
    query = read_from(request.args)
    if not settings().url:  # read elsewhere, so its addresses are whole
        root.set(request.host_url.rstrip("/") + request.script_root)
    found = arrived.feed(engine(), query, f"{made:%Y-%m-%dT%H:%M}")
    own = f"{root.get()}/search.atom?{written(query)}"
    content = render_template("feed.xml", feed=found, own=own, zone=datetime.now().astimezone().isoformat()[-6:])
    return Response(content, mimetype="application/atom+xml")


@page("/search.csv", away=True)
def export() -> Response:
    """The same results as a table to take away, named for the query."""
    query = listed_from(request.args)
    return table(as_csv(engine(), query), query.raw)


@page("/advanced")
def advanced() -> str:
    query = read_from(request.args)
    page = results.browse(engine())
    offered = {facet.field: [value.value for value in facet.values] for facet in page.facets}
    chosen, others = forms.choices(query, offered)
    return render_template(
        "advanced.html",
        page=page,
        query=query,
        fields=forms.fields_of(query),
        chosen=chosen,
        others=others,
        names=NAMES,
    )


@page("/check", takes=True)
def check() -> str | WerkzeugResponse:
    """引文核对. A short text has an address of its own, so posting it leads there; a long one is answered at once."""
    given = handed_over()
    if request.method == "POST" and not given.file and len(given.text) <= MAX_IN_ADDRESS:
        return redirect(url_for(".check", text=given.text), 303)
    return check_page(given)


@page("/basket", takes=True)
def basket() -> str | WerkzeugResponse:
    """摘录篮: what the address names; a form with notes or another basket's address leads to the new address."""
    references, strange = picked()
    found = excerpts.basket(engine(), references, strange)
    too_long = len(found.url) >= MAX_ADDRESS
    if request.method == "POST" and not (too_long or strange or len(references) > excerpts.MOST):
        return redirect(found.url, 303)
    return render_template("basket.html", basket=found, too_long=too_long)


def picked() -> tuple[Sequence[Reference], int]:
    """The excerpts of a request with the notes that its form has for them, and how many of those named are none."""
    given = request.values
    references, strange = excerpts.read([*given.getlist("e"), *excerpts.in_address(given.get("more", ""))])
    return excerpts.noted(references, given.getlist("note")), strange


@page("/basket.<any(docx, md, csv):form>", takes=True, away=True)
def basket_file(form: str) -> Response:
    """The same to take away, with citation, whole address and doubts of each excerpt."""
    from search.excerpts import exports, word

    found = excerpts.basket(engine(), *picked())
    write = {"docx": word.as_docx, "md": exports.as_markdown, "csv": exports.as_csv}[form]
    return download(write(found, host()), form, "摘录")


@page("/browse", cached=True)
def browse() -> str:
    return render_template("browse.html", page=results.browse(engine()))


@page("/doc/<id>", cached=True)
def document(id: str) -> str:
    found = opened(id)
    link = public(document_address(id))
    query, find = listed_from(request.args), request.args.get("find", "")
    page = reading.open_document(found.document, query, edges=found.edges, link=link, find=find)
    page = reading.as_before(reading.beside(engine(), found, page), found.document, passages_before())
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("find", "hit")]
    return render_template("document.html", page=page, bar=hit_bar(id, page.hits), kept=kept)


@page("/compare", light=True)
def compare_ticked() -> WerkzeugResponse:
    """The two texts that were ticked on a page of results."""
    ticked = list(dict.fromkeys(request.args.getlist("d")))
    if len(ticked) != 2:
        abort(400, f"对比要勾选两篇，这里勾选了 {len(ticked)} 篇。请回到结果页，在两篇的“对比”前打勾。")
    return redirect(document_address(ticked[0], part=f"/compare/{quote(ticked[1], safe='')}"))


@page("/doc/<id>/compare/<other>")
def compare(id: str, other: str) -> str:
    """Two versions side by side: only the sentences that differ."""
    here, there = stored(id), stored(other)
    contrasts = reading.contrasts(here, there)
    return render_template("compare.html", one=here, other=there, contrasts=contrasts, about=reading.about)


@page("/doc/<id>/original", light=True)
def original(id: str) -> Response:
    """The file as it came, as a download; never shown, because a page from outside could hold a script."""
    document = stored(id)
    file = document.original
    kind = "text/plain" if formats.is_text(document) else "application/octet-stream"
    content = BytesIO(original_bytes(file))
    answer = send_file(
        content,
        as_attachment=True,
        download_name=filenames.shown(file.path).rpartition("/")[2],
        mimetype=kind,
        max_age=0,
        etag=file.sha256,
    )
    answer.headers["Content-Type"] = kind  # without the charset Flask adds: nobody knows it
    return answer


@page("/doc/<id>/text", light=True)
def file_text(id: str) -> Response:
    """原文: what stands in a text file, line for line, beside the 整理 of it. As text, whatever it is."""
    document = stored(id)
    if not formats.is_text(document):
        abort(404, "这份原文件不是文本，不能直接显示。请下载后用 Word、WPS 或 PDF 阅读器打开。")
    decoded = decode(original_bytes(document.original))
    query = listed_from(request.args)
    unread = f"有 {decoded.replaced} 个字无法识别" if decoded.replaced else ""
    facts = (
        FactLine("文件", document.external_id),
        FactLine("编码", decoded.encoding.upper(), unread),
        FactLine("SHA-256", document.original.sha256),
    )
    text, cut = decoded.text[:MAX_SHOWN], max(0, len(decoded.text) - MAX_SHOWN)
    response = Response(
        render_template(
            "original.html",
            title=document.metadata.title.value,
            query=query.raw,
            switch=reading.switch(document, query),
            facts=facts,
            text=text,
            cut=cut,
        )
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@page("/help", light=True)
def help() -> str:
    return render_template("help.html")


# --- what the routes share -------------------------------------------------------------------------


def check_page(given: HandedOver) -> str:
    page = checked(given.text) if given.text.strip() else None
    return render_template("check.html", page=page, given=given)


# --- python app.py ---------------------------------------------------------------------------------


@click.command(cls=Command, help="启动检索网页。还没有索引时，先从语料文件夹建立。")
@click.option("--index", metavar="PATH", help="索引文件夹，默认 index，或集群的地址")
@click.option("--corpus", multiple=True, type=click.Path(path_type=Path), help="文档文件夹，可多次给出；默认由索引记着")
@click.option("--port", type=int, help="端口，默认 5000")
@click.option("--host", help="监听地址，默认 127.0.0.1，只有本机能访问")
def main(index: str | None, corpus: tuple[Path, ...], port: int | None, host: str | None) -> None:
    try:
        chosen = Settings.from_env(index=index, corpus=corpus, port=port, host=host)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    build_missing(chosen)
    serve(create_app(chosen), chosen)


def build_missing(chosen: Settings) -> None:
    """`python -m indexer build`, when nothing was ever built; the exit code is its own when that fails."""
    try:
        if not store_of(chosen.engine, chosen.index).is_empty():
            return
    except IndexUnusable as error:
        raise Failed(str(error)) from error
    click.echo(f"还没有索引 {chosen.index}，先从 {'、'.join(map(str, chosen.corpus))} 建立：", err=True)
    folders = [f"--corpus={folder}" for folder in chosen.corpus]
    from indexer.commands import index

    index.main(["build", *folders, f"--index={chosen.index}", f"--engine={chosen.engine}"], standalone_mode=False)


if __name__ == "__main__":
    main()
