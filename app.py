"""The pages and the JSON addresses: routes only. What is shown is made in search/, how it looks in templates/.

`python app.py` builds a missing index from the corpus folders and serves it.
"""

from __future__ import annotations

import gc
import hashlib
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

import click
import waitress  # type: ignore[import-untyped]
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as WerkzeugResponse

from answers import RUNNING, WAITING, Turns, look_after
from indexer.encoding import decode
from indexer.status import Status
from indexer.status import status as read_status
from search import reading, results
from search.documents import formats
from search.documents.document import Document, Original
from search.engines import Engine, open_engine, read_note
from search.errors import IndexUnusable
from search.index import tombstones
from search.index.record import as_json
from search.index.schema import FACETS
from search.query import forms
from search.query.addresses import Link, search_address
from search.query.clauses import Query
from search.query.parsing import parse, read_from
from search.reading import Fact
from search.results import as_csv
from search.settings import Settings
from search.suggestions import completions
from search.text import warm

# waitress queues without bound: more threads than may run and wait, so that one is free to say no (answers.Turns).
THREADS = RUNNING + WAITING + 6
A_YEAR = 31_536_000  # seconds a browser may keep a file of static/: its address changes with its content
MAX_LEFT_OUT = 500  # files that the page 索引状态 lists; `indexer build --json` names all
MAX_SHOWN = 300_000  # characters of a file that the page 原文 shows; the longest speeches have 60,000
# 原文 shows what others wrote: no script runs there at all, and the browser treats it as a thing apart.
SANDBOX = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; sandbox allow-same-origin allow-forms allow-downloads"
)
# Addresses that cost no search, so they wait for no turn and have no tag of their own.
LIGHT = ("pages.help", "pages.healthz", "pages.original", "pages.file_text", "pages.openapi")
# Addresses whose answers are kept for the next reader who asks the same.
KEPT = ("pages.home", "pages.browse", "pages.search", "pages.document", "pages.api_search", "pages.api_suggest")
LONGEST_KEPT = 1_000  # characters of an address; a longer one is not asked twice
# The boxes of the detailed form (search/forms.py), each a parameter of /search.
FORM = ("all", "phrase", "any", "none")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

pages = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class HitBar:
    """Where the reader stands among the marks of a document (0: at none yet) and the addresses of its neighbours."""

    current: int
    total: int
    previous: str
    next: str


class Indexing(click.Group):
    """`flask index …` is `python -m indexer …`; a server that only answers does not load what reads files."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return indexing().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return indexing().get_command(ctx, cmd_name)


def indexing() -> click.Group:
    from indexer.__main__ import index

    return index


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """The web application over one index; config are Flask's own settings, for tests."""
    app = Flask(__name__)
    app.config.update(SPEECHES=settings or Settings.from_env(), SEND_FILE_MAX_AGE_DEFAULT=A_YEAR, **config)
    app.url_map.merge_slashes = False  # the redirect it answers with repeats the host it was asked under
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True  # a tenth of a page was blanks
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(pages)
    app.cli.add_command(Indexing("index"))
    app.add_template_global(asset)
    app.add_template_global(index_in_words)
    app.add_template_global(today)
    app.add_template_filter(seconds)
    app.extensions["turns"] = Turns()
    app.extensions["tag"] = token_hex(8)
    look_after(app)
    app.teardown_request(give_turn)
    return app


# --- pages -----------------------------------------------------------------------------------------


@pages.get("/")
def home() -> str:
    return render_template("home.html", page=results.browse(engine()))


@pages.get("/search")
def search() -> str | WerkzeugResponse:
    """The results; what a form asks in several fields is led to the one address that its question has."""
    if "was" in request.args or any(name in request.args for name in FORM):
        return redirect(search_address(from_forms(request.args)))
    query = read_from(request.args)
    if not query.raw.strip() and not query.filters:
        return browse()
    return render_template("search.html", page=results.search(engine(), query))


@pages.get("/search/<any(region, speaker):field>")
def together(field: str) -> str | WerkzeugResponse:
    """The same results put together by region or by speaker."""
    query = read_from(request.args)
    if not results.asked(query):
        return redirect(search_address(query))
    return render_template("together.html", page=results.grouped(engine(), query, field))


@pages.get("/search.csv")
def export() -> Response:
    """The same results as a table to take away, named for the question."""
    query = read_from(request.args)
    name = " ".join(["民政讲话", *re.findall(r"\w+", query.raw)])[:60]
    content = BytesIO(as_csv(engine(), query))
    return send_file(content, mimetype="text/csv", as_attachment=True, download_name=f"{name}.csv", max_age=0)


@pages.get("/advanced")
def advanced() -> str:
    query = read_from(request.args)
    chosen = {item.field: item.value for item in query.filters}
    page = results.browse(engine())
    return render_template("advanced.html", page=page, fields=forms.fields_of(query), chosen=chosen)


@pages.get("/browse")
def browse() -> str:
    return render_template("browse.html", page=results.browse(engine()))


@pages.get("/doc/<id>")
def document(id: str) -> str:
    found = stored(id)
    page = reading.beside(engine(), found, reading.open_document(found, read_from(request.args)))
    return render_template("document.html", page=page, bar=hit_bar(id, page.hits))


@pages.get("/doc/<id>/compare/<other>")
def compare(id: str, other: str) -> str:
    """Two versions side by side: only the sentences that differ."""
    here, there = stored(id), stored(other)
    return render_template("compare.html", one=here, other=there, contrasts=reading.contrasts(here, there))


@pages.get("/doc/<id>/original")
def original(id: str) -> Response:
    """The file as it came, as a download; never shown, because a page from outside could hold a script."""
    document = stored(id)
    file = document.original
    kind = "text/plain" if formats.is_text(document) else "application/octet-stream"
    content = BytesIO(original_bytes(file))
    answer = send_file(content, as_attachment=True, download_name=Path(file.path).name, mimetype=kind, max_age=0)
    answer.headers["Content-Type"] = kind  # without the charset Flask adds: nobody knows it
    return answer


@pages.get("/doc/<id>/text")
def file_text(id: str) -> Response:
    """原文: what stands in a text file, line for line, beside the 整理 of it. As text, whatever it is."""
    document = stored(id)
    if not formats.is_text(document):
        abort(404, "这份原文件不是文本，不能直接显示。请下载后用 Word、WPS 或 PDF 阅读器打开。")
    decoded = decode(original_bytes(document.original))
    page = reading.open_document(document, read_from(request.args))
    unread = f"有 {decoded.replaced} 个字无法识别" if decoded.replaced else ""
    facts = (
        Fact("文件", document.external_id),
        Fact("编码", decoded.encoding.upper(), unread),
        Fact("SHA-256", document.original.sha256),
    )
    text, cut = decoded.text[:MAX_SHOWN], max(0, len(decoded.text) - MAX_SHOWN)
    response = Response(render_template("original.html", page=page, facts=facts, text=text, cut=cut))
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@pages.get("/help")
def help() -> str:
    return render_template("help.html")


@pages.get("/status")
def status() -> str:
    index, made = engine(), index_status()
    facts = (
        Fact("收录讲话", f"{index.documents} 篇，{made.passages} 段"),
        Fact("读过的文件", f"{made.files} 个，其中内容重复 {made.duplicates} 个，没有收录 {len(made.left_out)} 个"),
        Fact("更新时间", updated() or "不详"),
        Fact("索引版本", index.generation),
        Fact("检索引擎", settings().engine),
    )
    left_out = [replace(one, path=named(one.path)) for one in made.left_out[:MAX_LEFT_OUT]]
    return render_template("status.html", facts=facts, left_out=left_out, page=results.browse(index))


# --- for other systems -----------------------------------------------------------------------------


@pages.get("/api/search")
def api_search() -> Response:
    found = results.search(engine(), read_from(request.args), values=results.BROWSE_VALUES)
    return jsonify(results.page_as_json(found))


@pages.get("/api/suggest")
def api_suggest() -> Response:
    found = completions.suggest(engine(), request.args.get("q", ""))
    return jsonify({"suggestions": [asdict(completion) for completion in found]})


@pages.get("/api/documents/<id>")
def api_document(id: str) -> Response:
    return jsonify(as_json(stored(id)))


@pages.get("/api/openapi.json")
def openapi() -> Response:
    description = Path(current_app.static_folder or "", "openapi.json").read_bytes()
    return Response(description, mimetype="application/json")


@pages.get("/healthz")
def healthz() -> Response:
    index = engine()
    return jsonify({"status": "ok", "generation": index.generation, "documents": index.documents})


# --- before a search -------------------------------------------------------------------------------


@pages.before_request
def unchanged() -> Response | None:
    """304 without a search where the browser holds this very page: same index, same program, same day."""
    if request.endpoint in LIGHT or not request.if_none_match.contains_weak(tag()):
        return None
    return Response(status=304)


@pages.before_request
def kept() -> Response | None:
    """The same answer as before, without a search, to the same question of the same index, program and day."""
    if request.endpoint not in KEPT or len(request.full_path) > LONGEST_KEPT:
        return None
    asked = (tag(), request.host, request.full_path, str(bool(request.accept_encodings["gzip"])))
    found: Response | None = current_app.extensions["kept"].get(asked)
    if found is None:
        g.asked = asked
    return found


@pages.before_request
def take_turn() -> None:
    if request.endpoint not in LIGHT:
        current_app.extensions["turns"].take()
        g.turn = True


def give_turn(_: BaseException | None) -> None:
    if g.pop("turn", False):
        current_app.extensions["turns"].give()


@pages.after_request
def tagged(response: Response) -> Response:
    if request.endpoint not in LIGHT and response.status_code in (200, 304):
        response.set_etag(tag(), weak=True)
    return response


def tag() -> str:
    """Another one whenever a page may look different: the citation on it names the day."""
    if "tag" not in g:
        index = engine()
        g.tag = f"{current_app.extensions['tag']}-{index.generation}-{index.documents}-{date.today():%m%d}"
    said: str = g.tag
    return said


def from_forms(arguments: MultiDict[str, str]) -> Query:
    """The question of the detailed form, or of the box with “在结果中检索” beside it."""
    fields = forms.Fields.read_from(arguments)
    if not fields.is_empty:
        return parse(
            " ".join(filter(None, [arguments.get("q", ""), forms.typed(fields)])), filters=filters_of(arguments)
        )
    before = read_from(MultiDict(parse_qsl(arguments.get("was", ""))))
    typed = arguments.get("q", "")
    if "within" not in arguments:
        return parse(typed, filters=filters_of(arguments))
    kept = [(item.field, item.value) for item in before.filters]
    return parse(forms.within(before, typed), filters=kept, sort=before.sort, synonyms=before.synonyms, off=before.off)


def filters_of(arguments: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [(field.name, value) for field in FACETS for value in arguments.getlist(field.name) if value.strip()]


# --- what the routes share -------------------------------------------------------------------------


def settings() -> Settings:
    configured: Settings = current_app.config["SPEECHES"]
    return configured


def engine() -> Engine:
    """The index as published now; one request sees one generation. Raises IndexUnusable."""
    if "engine" not in g:
        g.engine = open_engine(settings().engine, str(settings().index))
    opened: Engine = g.engine
    return opened


# An engine is one generation of the index; the next one is another object.
_statuses: WeakKeyDictionary[Engine, Status] = WeakKeyDictionary()


def index_status() -> Status:
    """What the last run made of the files; read once for each generation."""
    index = engine()
    if index not in _statuses:
        _statuses[index] = read_status(settings().engine, settings().index)
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
    """What stands at the bottom of every page; a part with an address is about files that are not in the index."""
    made, when = index_status(), updated()
    passages = f"、{made.passages} 段" if made.passages else ""
    parts = [Link(f"收录 {engine().documents} 篇讲话{passages}", "")]
    parts += [Link(f"索引更新于 {when}", "")] if when else []
    if made.left_out:
        parts.append(Link("", f"{url_for('pages.status')}#left-out", name=f"{len(made.left_out)} 个文件没有收录"))
    return tuple(parts)


def named(file: str) -> str:
    """A file as readers know it: from its corpus folder on; where the folder lies is nobody's business."""
    path = Path(file).resolve()
    inside_of = (folder.resolve() for folder in settings().corpus if path.is_relative_to(folder.resolve()))
    return next((path.relative_to(folder).as_posix() for folder in inside_of), path.name)


def stored(id: str) -> Document:
    found = engine().get(id)
    if found is None:
        abort(404, description=whereabouts(id))
    return found


def whereabouts(id: str) -> str:
    """What is known of a document that is not there."""
    note = read_note(settings().engine, settings().index, tombstones.NOTE)
    stone = next((one for one in tombstones.loads(note) if one.id == id), None)
    if stone is None:
        return "没有这篇讲话：它可能改动之后换了地址，或者地址抄漏了字。请用标题或原话在上面查找。"
    dated = f"（{stone.date}）" if stone.date else ""
    return f"《{stone.title}》{dated}已从语料中移除，原文件为 {stone.file}。如有改动后的版本，请用标题在上面查找。"


def original_bytes(file: Original) -> bytes:
    """The bytes that were indexed. 404 where no corpus folder has the file, 409 where it has changed since."""
    contents = [path.read_bytes() for folder in settings().corpus for path in inside(folder, file.path)]
    for content in contents:
        if hashlib.sha256(content).hexdigest() == file.sha256:
            return content
    return abort(409 if contents else 404, None if contents else "语料文件夹里已没有这份原文件。")


def inside(folder: Path, name: str) -> tuple[Path, ...]:
    """The file of that name in the folder, or nothing: not outside it and not by way of a link."""
    root = folder.resolve()
    path = root / name
    genuine = path.is_file() and path.resolve() == path and root in path.parents
    return (path,) if genuine else ()


def hit_bar(id: str, total: int) -> HitBar:
    """hit=2 in the address says at which mark the reader is, so that the counter needs no script."""
    current = max(0, min(request.args.get("hit", 0, type=int), total))
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "hit"]

    def address(number: int) -> str:
        return f"{url_for('.document', id=id)}?{urlencode([*kept, ('hit', number)])}#hit-{number}"

    previous, following = ((current or 1) - 2) % (total or 1) + 1, current % (total or 1) + 1
    return HitBar(current, total, address(previous), address(following))


def asset(name: str) -> str:
    """Address of a file in static/ that changes with its content, so that browsers may keep it."""
    static = current_app.static_url_path
    return f"{request.script_root}{static}/{name}?v={digest(current_app.static_folder or '', name)}"


@cache
def digest(folder: str, name: str) -> str:
    return hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()[:12]


def seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"


# --- python app.py ---------------------------------------------------------------------------------


class PlainAddresses(HTTPRequestParser):  # type: ignore[misc]
    """Takes an address with its Chinese characters as they are, as curl and scripts send it; browsers encode them."""

    def parse_header(self, header_plus: bytes) -> None:
        asked, end, rest = header_plus.partition(b"\r\n")
        encoded = re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], asked)
        super().parse_header(encoded + end + rest)


class Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = PlainAddresses


@click.command(help="启动检索网页。还没有索引时，先从语料文件夹建立。")
@click.option("--index", type=click.Path(path_type=Path), help="索引文件夹，默认 index")
@click.option("--port", type=int, help="端口，默认 5000")
@click.option("--host", help="监听地址，默认 127.0.0.1，只有本机能访问")
def main(index: Path | None, port: int | None, host: str | None) -> None:
    try:
        chosen = Settings.from_env(index=index, port=port, host=host)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    build_missing(chosen)
    TcpWSGIServer.channel_class = Channel
    try:
        server = waitress.create_server(
            create_app(chosen), host=chosen.host, port=chosen.port, threads=THREADS, ident=None
        )
    except OSError as error:
        raise click.ClickException(
            f"不能在 {chosen.host}:{chosen.port} 上监听（{error}）。请换一个端口：--port"
        ) from error
    if chosen.host not in LOOPBACK:
        click.echo(f"注意：监听 {chosen.host}，同一网络里的其他人都能访问。", err=True)
    click.echo(f"检索网页已启动，请用浏览器打开 http://{chosen.host}:{chosen.port}/ （按 Ctrl+C 停止）")
    warm()
    try:
        results.browse(open_engine(chosen.engine, str(chosen.index)))  # so that the first reader does not wait for it
    except IndexUnusable as error:  # every page says so, too, and works as soon as it is put right
        click.echo(f"注意：{error}", err=True)
    # What is loaded by now stays; without this the collector walks through all of it again and again.
    gc.collect()
    gc.freeze()
    server.run()


def build_missing(chosen: Settings) -> None:
    """`python -m indexer build`, when nothing was ever built; the exit code is its own when that fails."""
    if chosen.index.exists() and any(chosen.index.iterdir()):
        return
    click.echo(f"还没有索引，先从 {'、'.join(map(str, chosen.corpus))} 建立：", err=True)
    folders = [f"--corpus={folder}" for folder in chosen.corpus]
    indexing().main(["build", *folders, f"--index={chosen.index}", f"--engine={chosen.engine}"], standalone_mode=False)


if __name__ == "__main__":
    main()
