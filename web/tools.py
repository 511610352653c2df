"""The addresses of the tools: each a page, a table to take away and a JSON address, on what the same words find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from flask import Response, abort, jsonify, render_template, request, send_file

from search.query.parsing import filters_of, read_from
from search.tools import cited as cited_tool
from search.tools import coverage as coverage_tool
from search.tools import figures as figures_tool
from search.tools import matrix as matrix_tool
from search.tools import shared as shared_tool
from search.tools import timeline as timeline_tool
from search.tools.figures import FiguresPage
from search.tools.shared import CommonPage
from web.pages import page
from web.served import engine, opened, stored


@dataclass(frozen=True, slots=True)
class Tool:
    """name: its address is /tools/<name>; what: said where the tools are listed."""

    name: str
    label: str
    what: str
    asked: str = ""  # the label of its box; empty where nothing is asked
    example: str = ""

    @property
    def asks(self) -> bool:
        return bool(self.asked)


TOOLS = (
    Tool(
        "matrix",
        "同题对照",
        "同一个题目，各地各年怎么说，摆在一起看；谁没有提到，语料里没有谁，都写明。",
        "题目",
        "养老服务",
    ),
    Tool(
        "timeline",
        "提法时间线",
        "一个或几个提法，哪年哪地开始有，每年多少处、每万字多少处，最早见于哪一篇。",
        "提法",
        "银发经济，养老服务",
    ),
    Tool(
        "figures",
        "数字摘录",
        "说到它的段落里有哪些数字，每个带着单位、分句和出处；一篇讲话的全部数字，从那一篇的页面进来。",
        "数字说的是什么",
        "救助资金",
    ),
    Tool(
        "cited",
        "引用文件与会议",
        "文中提到的文件（《…》）和会议，各由哪几篇提到，在哪一段。",
        "题目或名称",
        "社会救助",
    ),
    Tool("common", "共同表述", "一篇与别的几篇一字不差的话，最长的在前，收录的文献里谁最早；从一篇讲话的页面进来。"),
    Tool("coverage", "收录情况", "各地各年收录多少篇，没有的也列出来。"),
)


def tool(name: str) -> Tool:
    return next(one for one in TOOLS if one.name == name)


def chosen_filters() -> list[tuple[str, str]]:
    """(field, value) of the filters in the address, which a tool's box keeps."""
    return filters_of(request.args)


def table(content: bytes, *names: str) -> Response:
    """A CSV file, named for what it is about."""
    name = " ".join(["民政讲话", *re.findall(r"\w+", " ".join(names))])[:60]
    return send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=f"{name}.csv", max_age=0)


@page("/tools", light=True)
def tools() -> str:
    return render_template("tools.html")


@page("/tools/matrix", cached=True)
def matrix() -> str:
    return render_template("matrix.html", page=matrix_tool.matrix(engine(), read_from(request.args)))


@page("/tools/matrix.csv", away=True)
def matrix_csv() -> Response:
    found = matrix_tool.matrix(engine(), read_from(request.args))
    return table(matrix_tool.as_csv(found), "同题对照", found.text)


@page("/api/tools/matrix", cached=True)
def api_matrix() -> Response:
    return jsonify(matrix_tool.as_json(matrix_tool.matrix(engine(), read_from(request.args))))


@page("/tools/timeline", cached=True)
def timeline() -> str:
    return render_template("timeline.html", page=timeline_tool.timeline(engine(), read_from(request.args)))


@page("/tools/timeline.csv", away=True)
def timeline_csv() -> Response:
    found = timeline_tool.timeline(engine(), read_from(request.args))
    return table(timeline_tool.as_csv(found), "提法时间线", found.text)


@page("/api/tools/timeline", cached=True)
def api_timeline() -> Response:
    return jsonify(timeline_tool.as_json(timeline_tool.timeline(engine(), read_from(request.args))))


def figures_found() -> FiguresPage:
    """Of one document, where the address names it, else of what the words find."""
    if "doc" in request.args:
        return figures_tool.figures_of(stored(request.args["doc"]))
    return figures_tool.figures(engine(), read_from(request.args))


@page("/tools/figures", cached=True)
def figures() -> str:
    return render_template("figures.html", page=figures_found())


@page("/tools/figures.csv", away=True)
def figures_csv() -> Response:
    found = figures_found()
    return table(figures_tool.as_csv(found), "数字摘录", found.text or found.read_as)


@page("/api/tools/figures", cached=True)
def api_figures() -> Response:
    return jsonify(figures_tool.as_json(figures_found()))


@page("/tools/cited", cached=True)
def cited() -> str:
    return render_template("cited.html", page=cited_tool.cited(engine(), read_from(request.args)))


@page("/tools/cited.csv", away=True)
def cited_csv() -> Response:
    found = cited_tool.cited(engine(), read_from(request.args))
    return table(cited_tool.as_csv(found), "引用文件与会议", found.text)


@page("/api/tools/cited", cached=True)
def api_cited() -> Response:
    return jsonify(cited_tool.as_json(cited_tool.cited(engine(), read_from(request.args))))


def common_found() -> CommonPage | None:
    """None where the address names no document."""
    if not request.args.get("doc"):
        return None
    other = opened(request.args["other"]) if request.args.get("other") else None
    return shared_tool.common(engine(), opened(request.args["doc"]), other)


@page("/tools/common", cached=True)
def common() -> str:
    return render_template("common.html", page=common_found())


@page("/tools/common.csv", away=True)
def common_csv() -> Response:
    found = common_found() or abort(404, "请从一篇讲话的页面进来。")
    return table(shared_tool.as_csv(found), "共同表述", found.title)


@page("/api/tools/common", cached=True)
def api_common() -> Response:
    found = common_found() or abort(404, "请写明文献编号 doc。")
    return jsonify(shared_tool.as_json(found))


@page("/tools/coverage", cached=True)
def coverage() -> str:
    return render_template("coverage.html", page=coverage_tool.coverage(engine()))


@page("/tools/coverage.csv", away=True)
def coverage_csv() -> Response:
    return table(coverage_tool.as_csv(coverage_tool.coverage(engine())), "收录情况")


@page("/api/tools/coverage", cached=True)
def api_coverage() -> Response:
    return jsonify(coverage_tool.as_json(coverage_tool.coverage(engine())))
