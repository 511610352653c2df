"""The addresses of the tools: each a page, a table to take away and a JSON address, on what the same words find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from search.engines import Engine
from search.query.clauses import Query
from search.query.parsing import filters_of, read_from
from search.tools import cited as cited_tool
from search.tools import coverage as coverage_tool
from search.tools import extracts as extracts_tool
from search.tools import figures as figures_tool
from search.tools import kin as kin_tool
from search.tools import matrix as matrix_tool
from search.tools import numbered as numbered_tool
from search.tools import shared as shared_tool
from search.tools import shared_regions, word
from search.tools import similar as similar_tool
from search.tools import speaking as speaking_tool
from search.tools import telling as telling_tool
from search.tools import timeline as timeline_tool
from search.tools.figures import FiguresPage
from search.tools.shared import CommonPage
from search.tools.similar import SimilarPage
from search.tools.telling import TellingPage
from web.downloads import host, in_word, streamed, table
from web.pages import page
from web.pasted import handed_over
from web.served import engine, opened, stored


@dataclass(frozen=True, slots=True)
class Tool:
    """name: its address is /tools/<name>; what: said where the tools are listed."""

    name: str
    label: str
    what: str
    asked: str = ""  # the label of its box; empty where nothing is asked
    example: str = ""
    on_results: bool = False  # a page of results leads to it: such a page has few bytes left

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
        on_results=True,
    ),
    Tool(
        "timeline",
        "提法时间线",
        "一个或几个提法，哪年哪地开始有，每年多少处、每万字多少处，最早见于哪一篇。",
        "提法",
        "银发经济，养老服务",
        on_results=True,
    ),
    Tool(
        "figures",
        "数字摘录",
        "说到它的段落里有哪些数字，每个带着单位、分句和出处；一篇讲话的全部数字，从那一篇的页面进来。",
        "数字说的是什么",
        "救助资金",
        on_results=True,
    ),
    Tool(
        "cited",
        "引用文件与会议",
        "文中提到的文件（《…》）和会议，各由哪几篇提到，在哪一段。",
        "题目或名称",
        "社会救助",
        on_results=True,
    ),
    Tool(
        "passages",
        "一键汇编",
        "说到它的段落全部取走：按地区排好，带出处、存疑和完整地址，存成 Word、Markdown 或表格。",
        "检索词",
        "养老服务",
    ),
    Tool(
        "speaker",
        "讲话人",
        "一个人在哪些会上讲过话，当时是什么职务；只是被提到的另列，不算讲话人。",
        "姓名",
        "张三",
    ),
    Tool(
        "numbered",
        "数字式提法",
        "“五大体系”这样的提法各指什么：照各篇原文列出来；文中没有展开的，写明没有。",
        "提法或题目",
        "八项行动",
    ),
    Tool(
        "telling",
        "区分词",
        "一个地区或一篇讲话，哪些词比别处用得明显多；写明算法和数值，固定提法不算。",
        "哪一部分",
        "地区:湖北",
    ),
    Tool(
        "kin",
        "相关说法",
        "收录的文献里常与它同段的词，和别篇里上下文相近的名称，列出篇数；勾上的才一起检索。",
        "检索词",
        "老年食堂",
    ),
    Tool(
        "common",
        "共同表述",
        "一篇讲话、一份草稿、两个地区与别的文献一字不差的话，最长的在前，比过的文献里谁最早。",
    ),
    Tool(
        "similar",
        "相近段落",
        "别篇怎么说同一件事：从一段话出发，写明都讲到什么、哪些话一字不差；从一篇讲话的页面进来。",
    ),
    Tool("coverage", "收录情况", "各地各年收录多少篇，没有的也列出来。"),
)


def tool(name: str) -> Tool:
    return next(one for one in TOOLS if one.name == name)


def chosen_filters() -> list[tuple[str, str]]:
    """(field, value) of the filters in the address, which a tool's box keeps."""
    return filters_of(request.args)


# What is said to who asks for the table of a tool on a document, and names none.
FROM_A_DOCUMENT = "请从一篇讲话的页面进来，或写明文献编号 doc。"
COMPARED = "请写明文献编号 doc、草稿 text，或两个地区 region。"


@page("/tools", light=True)
def tools() -> str:
    return render_template("tools.html")


class Written(Protocol):
    """What a module of search/tools/ makes of its page to take away and to read by a program."""

    def as_csv(self, page: Any) -> bytes: ...

    def as_json(self, page: Any) -> dict[str, object]: ...


def declare(
    name: str,
    find: Callable[[], Any],
    made: Written,
    view: Callable[[], str | WerkzeugResponse] | None = None,
    lacking: str = FROM_A_DOCUMENT,
) -> None:
    """The three addresses of a tool: /tools/<name>, the same as .csv, and /api/tools/<name>.

    find: gives None where the address has to name a document and does not, of which only the page makes something.
    view: of the page, where it does more than to show what is found. lacking: what is said where find gives None.
    """

    def shown() -> str:
        return render_template(f"{name}.html", page=find())

    def taken() -> Response:
        found = find() or abort(404, lacking)
        called = filter(None, (getattr(found, asked, "") for asked in ("text", "read_as", "title")))
        return table(made.as_csv(found), tool(name).label, next(called, ""))

    def answered() -> Response:
        return jsonify(made.as_json(find() or abort(404, lacking)))

    shown.__name__, taken.__name__, answered.__name__ = name, f"{name}_csv", f"api_{name}"
    page(f"/tools/{name}", cached=True)(view or shown)
    page(f"/tools/{name}.csv", away=True)(taken)
    page(f"/api/tools/{name}", cached=True)(answered)


def figures_found() -> FiguresPage:
    """Of one document, where the address names it, else of what the words find."""
    if "doc" in request.args:
        return figures_tool.figures_of(stored(request.args["doc"]))
    return figures_tool.figures(engine(), read_from(request.args))


def telling_found() -> TellingPage:
    """Of one document, where the address names it, else of what the words find."""
    if "doc" in request.args:
        return telling_tool.telling_of(engine(), opened(request.args["doc"]))
    return telling_tool.telling(engine(), read_from(request.args))


def on_question(find: Callable[[Engine, Query], Any]) -> Callable[[], Any]:
    """What a tool finds on the question of the address."""
    return lambda: find(engine(), read_from(request.args))


declare("matrix", on_question(matrix_tool.matrix), matrix_tool)


@page("/tools/matrix.docx", away=True)
def matrix_docx() -> Response:
    found = matrix_tool.matrix(engine(), read_from(request.args))
    return in_word("同题对照", found.read_as, word.matrix_blocks(found, host()), found.notes)


declare("timeline", on_question(timeline_tool.timeline), timeline_tool)
declare("figures", figures_found, figures_tool)
declare("cited", on_question(cited_tool.cited), cited_tool)


@page("/tools/passages", cached=True)
def passages() -> str:
    return render_template("passages.html", page=extracts_tool.extracts_page(engine(), read_from(request.args)))


@page(f"/tools/passages.<any({', '.join(extracts_tool.FORMS)}):form>", away=True)
def passages_file(form: str) -> Response:
    """Sent while it is made: it may have thousands of passages."""
    query = read_from(request.args)
    return streamed(extracts_tool.in_pieces(engine(), query, form, host()), form, "汇编", query.raw)


@page("/api/tools/passages", cached=True)
def api_passages() -> Response:
    return jsonify(extracts_tool.as_json(extracts_tool.extracts_page(engine(), read_from(request.args))))


def kin() -> str | WerkzeugResponse:
    """The words; those that were ticked lead to the search for any of them."""
    query = read_from(request.args)
    if "with" in request.args:
        return redirect(kin_tool.ticked(query, request.args.getlist("with")))
    return render_template("kin.html", page=kin_tool.kin(engine(), query))


declare("kin", on_question(kin_tool.kin), kin_tool, kin)
declare("numbered", on_question(numbered_tool.numbered), numbered_tool)
declare("speaker", on_question(speaking_tool.speaking), speaking_tool)
declare("telling", telling_found, telling_tool)
declare("coverage", lambda: coverage_tool.coverage(engine()), coverage_tool)


def common_found() -> CommonPage | None:
    """Of a document, a draft or two regions; None where the address names none of these."""
    if request.args.get("doc"):
        other = opened(request.args["other"]) if request.args.get("other") else None
        return shared_tool.common(engine(), opened(request.args["doc"]), other)
    if draft := handed_over().text.strip():
        return shared_tool.common_of_draft(engine(), draft)
    return shared_regions.common_of_regions(engine(), read_from(request.args))


def similar_found() -> SimilarPage | None:
    """None where the address names no document."""
    if not request.args.get("doc"):
        return None
    return similar_tool.similar(engine(), opened(request.args["doc"]), request.args.get("p", 0, type=int))


declare("common", common_found, shared_tool, lacking=COMPARED)
declare("similar", similar_found, similar_tool)


@page("/tools/common.docx", away=True)
def common_docx() -> Response:
    found = common_found() or abort(404, COMPARED)
    return in_word("共同表述", found.title, word.common_blocks(found, host()), found.notes)


@page("/tools/similar.docx", away=True)
def similar_docx() -> Response:
    found = similar_found() or abort(404, FROM_A_DOCUMENT)
    return in_word("相近段落", found.title, word.similar_blocks(found, host()), found.notes)
