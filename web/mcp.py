"""A door for a program inside the office: search, get and verify_quote over MCP on standard input and output.

python -m web.mcp [--index PATH]        one JSON-RPC message a line, answered as /api/ answers; nothing is generated

docs/decisions/0007 says why the protocol is written here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

import click
from werkzeug.datastructures import MultiDict

from search import quotations, results
from search.engines import Engine, opened, store_of
from search.errors import Busy, IndexUnusable, NoSuchPage, QueryError
from search.index.record import as_json
from search.query.addresses import root
from search.query.parsing import read_from, read_size
from search.settings import Settings
from search.usage import Command

# The versions of the protocol whose messages are these, the newest first.
PROTOCOLS = ("2025-06-18", "2025-03-26", "2024-11-05")
MOST_BYTES = 4_000_000  # of a message, as of what is posted to the pages
_PARSE, _REQUEST, _METHOD, _PARAMS = -32700, -32600, -32601, -32602

Arguments = Mapping[str, Any]


class Refused(Exception):
    """A message that cannot be answered: a code of JSON-RPC and what is wrong."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


# --- the three tools -----------------------------------------------------------------------------------


def search(engine: Engine, given: Arguments) -> dict[str, Any]:
    """/api/search with the same parameters."""
    asked: MultiDict[str, str] = MultiDict()
    for name, value in given.items():
        asked.setlist(name, value if isinstance(value, list) else [str(value)])
    found = results.search(engine, read_from(asked), values=results.BROWSE_VALUES, size=read_size(asked))
    return results.page_as_json(found)


def get(engine: Engine, given: Arguments) -> dict[str, Any]:
    """/api/documents/<id>."""
    found = engine.fetch([given["id"]]).get(given["id"])
    if found is None:
        raise QueryError(f"没有编号为 {given['id'][:40]} 的文献。")
    return as_json(found.document)


def verify_quote(engine: Engine, given: Arguments) -> dict[str, Any]:
    """/api/check on the words in quotation marks, with the source that is claimed for them in a bracket behind."""
    from indexer.drafts import doubts  # as in web/asked.py, only where somebody asks

    text, source = given["text"], given.get("source", "")
    if source:
        text = f"“{text.strip('“”')}”（据{source}）"
    return quotations.page_as_json(
        quotations.page_of(quotations.check(engine, text), doubts(text[: quotations.MAX_CHARACTERS]))
    )


_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}


def _tool(what: str, required: list[str], **properties: object) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"description": what, "inputSchema": schema}


TOOLS: dict[str, tuple[Callable[[Engine, Arguments], dict[str, Any]], dict[str, Any]]] = {
    "search": (
        search,
        _tool(
            "在收录的民政讲话里检索，回答与 /api/search 相同：原文段落、出处、存疑和地址。",
            ["q"],
            q=_STRING | {"description": "检索词，写法与网页相同"},
            region=_STRINGS | {"description": "地区，省级简称或市、县名"},
            year=_STRINGS | {"description": "年份"},
            page={"type": "integer", "minimum": 1, "description": "第几页"},
        ),
    ),
    "get": (
        get,
        _tool(
            "取一篇文献的全文和元数据，与 /api/documents/{id} 相同。",
            ["id"],
            id=_STRING | {"description": "文献编号"},
        ),
    ),
    "verify_quote": (
        verify_quote,
        _tool(
            "核对引文是否逐字一致、出处是否相符，回答与 /api/check 相同；不生成任何文字。",
            ["text"],
            text=_STRING | {"description": "引文，或含引文的文字"},
            source=_STRING | {"description": "自称的出处，如“湖北省民政厅”；可不写"},
        ),
    ),
}


# --- messages ------------------------------------------------------------------------------------------


def answered(engine: Callable[[], Engine], line: bytes) -> dict[str, Any] | None:
    """The answer to one message; None where none is expected."""
    number: object = None
    try:
        message = _message(line)
        number = message.get("id")
        result = _result(engine, message["method"], message.get("params"))
        return {"jsonrpc": "2.0", "id": number, "result": result} if "id" in message else None
    except Refused as refused:
        return {"jsonrpc": "2.0", "id": number, "error": {"code": refused.code, "message": str(refused)}}


def _message(line: bytes) -> dict[str, Any]:
    if len(line) > MOST_BYTES:
        raise Refused(_REQUEST, "消息太长。")
    try:
        # Half a surrogate pair, which JSON can write and no text has, becomes a question mark.
        message = json.loads(json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise Refused(_PARSE, "不是 JSON。") from error
    if not isinstance(message, dict) or not isinstance(message.get("method"), str):
        raise Refused(_REQUEST, "不是 JSON-RPC 请求。")
    if not isinstance(message.get("id", ""), str | int):
        raise Refused(_REQUEST, "请求的 id 应是字符串或整数。")
    return message


def _result(engine: Callable[[], Engine], method: str, params: object) -> dict[str, Any]:
    given = params if isinstance(params, dict) else {}
    if method == "initialize":
        asked = given.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in PROTOCOLS else PROTOCOLS[0],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "minzheng-speeches", "title": "民政讲话检索", "version": "1"},
        }
    if method == "tools/list":
        return {"tools": [{"name": name, **about} for name, (_, about) in TOOLS.items()]}
    if method == "tools/call":
        return _called(engine, given)
    if method == "ping" or method.startswith("notifications/"):
        return {}
    raise Refused(_METHOD, f"没有方法 {method[:60]}。")


def _called(engine: Callable[[], Engine], given: Arguments) -> dict[str, Any]:
    """What a tool answers; what it refuses is said in its answer, so that the program that asked can put it right."""
    name, arguments = given.get("name"), given.get("arguments") or {}
    if not isinstance(name, str) or name not in TOOLS:
        raise Refused(_PARAMS, "没有这个工具。")
    work, about = TOOLS[name]
    _check(about["inputSchema"], arguments)
    try:
        found = work(engine(), arguments)
    except (QueryError, NoSuchPage, IndexUnusable, Busy) as refused:
        return {"content": [{"type": "text", "text": str(refused)}], "isError": True}
    said = json.dumps(found, ensure_ascii=False)
    return {"content": [{"type": "text", "text": said}], "structuredContent": found, "isError": False}


def _check(schema: Mapping[str, Any], arguments: object) -> None:
    """Raises Refused for arguments that are not as the schema of a tool has them."""
    kinds: dict[str, type] = {"string": str, "array": list, "integer": int}
    if not isinstance(arguments, dict):
        raise Refused(_PARAMS, "参数应是一个对象。")
    for name in schema["required"]:
        if name not in arguments:
            raise Refused(_PARAMS, f"缺少参数 {name}。")
    for name, value in arguments.items():
        kind = schema["properties"].get(name, {}).get("type")
        if kind is None or not isinstance(value, kinds[kind]) or isinstance(value, bool):
            raise Refused(_PARAMS, f"参数 {name[:40]} 不对。")
        if isinstance(value, list) and not all(isinstance(one, str) for one in value):
            raise Refused(_PARAMS, f"参数 {name} 应是字符串的列表。")


def _lines(given: IO[bytes]) -> Iterator[bytes]:
    """The messages; of one that is too long the beginning, so that no more of it is held."""
    while line := given.readline(MOST_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := given.readline(MOST_BYTES)):
            pass
        if line.strip():
            yield line


@click.command(cls=Command, help="供本机的程序用：从标准输入读 MCP 消息，在标准输出回答。")
@click.option("--index", metavar="PATH", help="索引文件夹（默认 index），或集群的地址")
def main(index: str | None) -> None:
    try:
        settings = Settings.from_env(index=index)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    root.set(settings.url)
    store = store_of(settings.engine, settings.index)
    for line in _lines(sys.stdin.buffer):
        answer = answered(lambda: opened(store), line)
        if answer is not None:
            sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
