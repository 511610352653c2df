"""What every answer of the web application gets, whichever address was asked: headers, compression, and errors in plain
Chinese."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from secrets import token_hex

from flask import Flask, Response, abort, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from search.errors import Busy, IndexUnusable, NoSuchPage, QueryError, TooLong
from web import deadline
from web.cache import AnswerCache, keep
from web.originals import NoOriginal
from web.searches import NotNoted
from web.site import lead_home, place_addresses, refuse_host
from web.turns import RETRY_AFTER

# Pages load nothing but their own style sheet, script and icon, and run no script or style written into them.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
MAX_ADDRESS = 60_000  # bytes: a query of 5,000 characters is 45,000 when encoded, and still gets its sentence
# gzip's level: a results page of 32 KB becomes 7.7 KB in 0.19 ms; level 6 takes twice as long for 0.5 KB less.
LEVEL = 3
WORTH_COMPRESSING = 1024  # bytes; a smaller answer fits into one packet anyway
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")


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
        Problem(
            413,
            "too_much",
            "交来的文字或文件太大，没有核对",
            "一次最多 4 MB。请分几次核对；文件里有图片的，请复制文字粘贴到框里。",
        ),
        Problem(
            414,
            "address_too_long",
            "地址太长，无法处理",
            "检索词请控制在 200 字以内；整段、整篇的文字，请粘贴到“引文核对”的框里。",
        ),
        Problem(416, "no_such_part", "文件没有这么长，不能从这里接着下载", "请从头下载。"),
        Problem(429, "too_many_requests", "请求过于频繁", "请稍等片刻再试。"),
        Problem(
            500, "internal_error", "系统出错，这次没有完成", "请稍后再试；若一再出现，请把地址和下面的编号告诉管理员。"
        ),
        Problem(503, "unavailable", "检索暂时无法使用", "请稍后刷新本页。"),
    )
}


def look_after(app: Flask) -> None:
    """Registers all of it."""
    app.before_request(place_addresses)
    app.before_request(refuse_host)
    app.before_request(refuse_long_address)
    app.before_request(lead_home)
    app.before_request(one_part_or_all)
    app.extensions["answers"] = AnswerCache()
    # Flask takes them from the last to the first.
    app.after_request(keep)
    app.after_request(protect)
    app.after_request(compress)
    app.register_error_handler(NoSuchPage, no_such_page)
    app.register_error_handler(QueryError, bad_query)
    app.register_error_handler(IndexUnusable, unusable)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(TooLong, too_long)
    app.register_error_handler(NoOriginal, no_original)
    app.register_error_handler(NotNoted, not_noted)
    app.register_error_handler(HTTPException, failed)


# --- headers and form ----------------------------------------------------------------------------------


def refuse_long_address() -> None:
    if len(request.full_path.encode()) > MAX_ADDRESS:
        abort(414)


def one_part_or_all() -> None:
    """Several parts of a file at once, its last bytes, and what is no part at all are sent as the whole, as RFC 9110
    allows; Werkzeug would say that there is no such part, of the last bytes where they are more than there are."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or asked.ranges[0][0] < 0:
        request.environ.pop("HTTP_RANGE", None)


def protect(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")
    if "engine" in g:
        response.headers["X-Index-Generation"] = g.engine.generation
    return response


def compress(response: Response) -> Response:
    """gzip for text that is worth it; a downloaded file stays byte for byte what it is."""
    response.vary.add("Accept-Encoding")  # with 304, too, which has no kind to tell by
    if not (response.mimetype or "").startswith(COMPRESSIBLE) or response.status_code in (206, 304):
        return response
    if "Content-Disposition" in response.headers and not request.path.startswith("/static/"):
        return response
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) > WORTH_COMPRESSING:
        response.set_data(gzip.compress(content, compresslevel=LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
    return response


# --- errors --------------------------------------------------------------------------------------------


def no_such_page(error: NoSuchPage) -> Response:
    hint = "请回到第 1 页，或增减检索词、筛选条件。"
    return answer(replace(PROBLEMS[404], code="no_such_page", title="结果没有这么多页", message=str(error), hint=hint))


def too_long(_: TooLong) -> Response:
    message = f"这次检索 {deadline.SECONDS:g} 秒还没有做完，已经停下，没有结果可看。"
    hint = "请减少检索词、改用更少见的词或加上筛选条件再试；若一再出现，请把地址和下面的编号告诉管理员。"
    return answer(replace(PROBLEMS[503], code="too_long", title="检索用时太长", message=message, hint=hint))


def no_original(error: NoOriginal) -> Response:
    hint = "文字仍可在全文页阅读、检索；要原文件，请管理员核对文件夹，或运行 python -m indexer build 更新索引。"
    return answer(replace(PROBLEMS[404], code="no_original", title="原文件现在取不到", message=str(error), hint=hint))


def not_noted(error: NotNoted) -> Response:
    return answer(replace(PROBLEMS[404], code="not_noted", message=str(error)))


def bad_query(error: QueryError) -> Response:
    return answer(replace(PROBLEMS[400], code="bad_query", message=str(error)))


def unusable(error: IndexUnusable) -> Response:
    hint = "照上面的话处理好之后刷新本页即可，不必重新启动。"
    return answer(replace(PROBLEMS[503], code="index_unusable", message=str(error), hint=hint))


def busy(error: Busy) -> Response:
    response = answer(replace(PROBLEMS[503], code="busy", message=str(error)))
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def failed(error: HTTPException) -> Response:
    """Werkzeug's own errors in plain Chinese, with the description that was given to abort().

    What is kept of a document is read where it is used, long after the engine gave it: where that fails because the
    index is damaged, this says so.
    """
    cause = error.original_exception if isinstance(error, InternalServerError) else None
    if isinstance(cause, Exception) and "engine" in g and (damage := g.engine.damage_behind(cause)):
        return unusable(damage)
    status = error.code or 500
    own = error.description if error.description != type(error).description else None
    response = answer(replace(PROBLEMS.get(status, PROBLEMS[400]), status=status, message=own or ""))
    response.headers.extend(
        [header for header in error.get_headers() if header[0] in ("Allow", "Location", "Content-Range")]
    )
    return response


def answer(problem: Problem) -> Response:
    """The problem as a page or as JSON. One that is ours gets a number, by which the log is found again."""
    number = token_hex(4) if problem.status >= 500 else ""
    if number:
        current_app.logger.error("%s: %d %s at %r", number, problem.status, problem.code, request.path)
    if request.path.startswith("/api/") or request.path == "/healthz":
        message = problem.message or problem.title
        response = jsonify({"error": {"code": problem.code, "message": message, "hint": problem.hint}})
    else:
        response = Response(render_template("error.html", problem=problem, number=number))
    response.status_code = problem.status
    if number:
        response.headers["X-Request-Id"] = number
    return response
