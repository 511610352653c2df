"""The pages and the JSON addresses: routes only. What is shown is made in search/, how it looks in templates/.

`python app.py` builds a missing index from the corpus folders and serves it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

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
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.exceptions import HTTPException

from indexer.__main__ import index as indexing
from search import results, text
from search.engines import Engine, open_engine
from search.errors import Busy, IndexUnusable, QueryError
from search.model import Document, Fact, Original
from search.query import read_from
from search.record import as_json
from search.settings import Settings

# Pages load nothing but their own style sheet, script and icon, and run no script or style written into them.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
MAX_ADDRESS = 60_000  # bytes: a question of 5,000 characters is 45,000 when encoded, and still gets its sentence
THREADS = 8  # waitress queues without bound; a search holds the interpreter, so more threads would only wait
A_YEAR = 31_536_000  # seconds a browser may keep a file of static/: its address changes with its content
TEXT_SUFFIXES = (".txt", ".md", ".html", ".htm")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

pages = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is not the one asked for: what happened, what the reader can do, and more about this one case."""

    status: int
    code: str
    title: str
    hint: str
    message: str = ""


PROBLEMS = {
    problem.status: problem
    for problem in (
        Problem(400, "bad_request", "这样检索不了", "请改一改检索词或地址，或者回首页重新检索。"),
        Problem(404, "not_found", "没有这个页面", "地址可能抄漏了字。可以用上面的检索框查找，或到“浏览”里看看。"),
        Problem(405, "method_not_allowed", "这里只能查看，不能提交或修改", "请从首页进入。"),
        Problem(
            409, "changed", "原文件在建立索引之后改动过", "请管理员运行 python -m indexer build 更新索引，再下载。"
        ),
        Problem(414, "address_too_long", "地址太长，无法处理", "检索词请控制在 200 字以内。"),
        Problem(429, "too_many_requests", "请求过于频繁", "请稍等片刻再试。"),
        Problem(500, "internal_error", "系统出错，这次没有完成", "请稍后再试；若一再出现，请把地址和时间告诉管理员。"),
        Problem(503, "unavailable", "检索暂时无法使用", "请稍后刷新本页。"),
    )
}


@dataclass(frozen=True, slots=True)
class HitBar:
    """Where the reader stands among the marks of a document (0: at none yet) and the addresses of its neighbours."""

    current: int
    total: int
    previous: str
    next: str


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """The web application over one index; config are Flask's own settings, for tests."""
    app = Flask(__name__)
    app.config.update(SPEECHES=settings or Settings.from_env(), SEND_FILE_MAX_AGE_DEFAULT=A_YEAR, **config)
    app.url_map.merge_slashes = False  # the redirect it answers with repeats the host it was asked under
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(pages)
    app.cli.add_command(indexing)
    app.add_template_global(asset)
    app.add_template_filter(seconds)
    app.before_request(refuse_long_address)
    app.after_request(protect)
    app.register_error_handler(QueryError, bad_query)
    app.register_error_handler(IndexUnusable, unusable)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(HTTPException, failed)
    return app


# --- pages -----------------------------------------------------------------------------------------


@pages.get("/")
def home() -> str:
    return render_template("home.html", page=results.browse(engine()))


@pages.get("/search")
def search() -> str:
    query = read_from(request.args)
    if not query.raw.strip() and not query.filters:
        return browse()
    return render_template("search.html", page=results.search(engine(), query))


@pages.get("/browse")
def browse() -> str:
    return render_template("browse.html", page=results.browse(engine()))


@pages.get("/doc/<id>")
def document(id: str) -> str:
    page = results.open_document(stored(id), read_from(request.args))
    return render_template("document.html", page=page, bar=hit_bar(id, page.hits))


@pages.get("/doc/<id>/original")
def original(id: str) -> Response:
    """The file as it came, as a download; never shown, because a page from outside could hold a script."""
    file = stored(id).original
    kind = "text/plain" if file.path.lower().endswith(TEXT_SUFFIXES) else "application/octet-stream"
    content = BytesIO(original_bytes(file))
    answer = send_file(content, as_attachment=True, download_name=Path(file.path).name, mimetype=kind, max_age=0)
    answer.headers["Content-Type"] = kind  # without the charset Flask adds: nobody knows it
    return answer


@pages.get("/help")
def help() -> str:
    return render_template("help.html")


@pages.get("/status")
def status() -> str:
    index = engine()
    facts = (
        Fact("收录讲话", f"{index.documents} 篇"),
        Fact("索引版本", index.generation),
        Fact("检索引擎", settings().engine),
    )
    return render_template("status.html", facts=facts, page=results.browse(index))


# --- for other systems -----------------------------------------------------------------------------


@pages.get("/api/search")
def api_search() -> Response:
    return jsonify(results.page_as_json(results.search(engine(), read_from(request.args))))


@pages.get("/api/documents/<id>")
def api_document(id: str) -> Response:
    return jsonify(as_json(stored(id)))


@pages.get("/healthz")
def healthz() -> Response:
    index = engine()
    return jsonify({"status": "ok", "generation": index.generation, "documents": index.documents})


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


def stored(id: str) -> Document:
    found = engine().get(id)
    if found is None:
        abort(404, "没有这篇讲话，它可能已从语料中移除，或地址抄漏了字。")
    return found


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
    return url_for("static", filename=name, v=digest(Path(current_app.static_folder or "", name)))


@cache
def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"


# --- around every answer ---------------------------------------------------------------------------


def refuse_long_address() -> None:
    if len(request.full_path.encode()) > MAX_ADDRESS:
        abort(414)


def protect(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    response.headers.setdefault("Cache-Control", "no-cache")
    if "engine" in g:
        response.headers["X-Index-Generation"] = g.engine.generation
    return response


def bad_query(error: QueryError) -> Response:
    return answer(replace(PROBLEMS[400], code="bad_query", message=str(error)))


def unusable(error: IndexUnusable) -> Response:
    hint = "照上面的话处理好之后刷新本页即可，不必重新启动。"
    return answer(replace(PROBLEMS[503], code="index_unusable", message=str(error), hint=hint))


def busy(error: Busy) -> Response:
    response = answer(replace(PROBLEMS[503], code="busy", message=str(error)))
    response.headers["Retry-After"] = "3"  # seconds
    return response


def failed(error: HTTPException) -> Response:
    """Werkzeug's own errors in plain Chinese, with the description that was given to abort()."""
    status = error.code or 500
    own = error.description if error.description != type(error).description else None
    response = answer(replace(PROBLEMS.get(status, PROBLEMS[400]), status=status, message=own or ""))
    response.headers.extend([header for header in error.get_headers() if header[0] in ("Allow", "Location")])
    return response


def answer(problem: Problem) -> Response:
    if request.path.startswith("/api/") or request.path == "/healthz":
        message = problem.message or problem.title
        response = jsonify({"error": {"code": problem.code, "message": message, "hint": problem.hint}})
    else:
        response = Response(render_template("error.html", problem=problem))
    response.status_code = problem.status
    return response


# --- python app.py ---------------------------------------------------------------------------------


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
    text.warm()
    server.run()


def build_missing(chosen: Settings) -> None:
    """`python -m indexer build`, when nothing was ever built; the exit code is its own when that fails."""
    if chosen.index.exists() and any(chosen.index.iterdir()):
        return
    click.echo(f"还没有索引，先从 {'、'.join(map(str, chosen.corpus))} 建立：", err=True)
    folders = [f"--corpus={folder}" for folder in chosen.corpus]
    indexing.main(["build", *folders, f"--index={chosen.index}", f"--engine={chosen.engine}"], standalone_mode=False)


if __name__ == "__main__":
    main()
