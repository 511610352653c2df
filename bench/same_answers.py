"""Whether two checkouts of this project give the same answers: python bench/same_answers.py record | compare

record builds an index with a checkout's own code, serves it with `python app.py` and writes what it answers over HTTP,
a line of JSON an answer. compare puts two such files side by side, address by address. Nothing of the project is
imported here, so that any two checkouts can be compared, however their files lie.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote_plus, urlencode

import click

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CORPORA = (SHARED / "data" / "documents", SHARED / "seeds")  # beside the checkout's own samples
QUERIES = (SHARED / "data" / "queries.tsv",)  # beside the checkout's own
HOST = "localhost"  # every page is asked under this name, so that no port stands in an answer
PATIENCE = 60.0  # seconds until the service answers at all, and for each answer
# kind of an answer -> how it is called in the summary
KINDS = {
    "search": "检索接口",
    "table": "导出表格",
    "document": "讲话接口",
    "results": "结果页",
    "together": "按地区归并",
    "opened": "全文页",
    "other": "浏览、说明",
}
RESULTS_PAGES, TOGETHER_PAGES, OPENED_PAGES = 40, 10, 40
VOLATILE = ("took_ms", "generation")  # keys whose values change from run to run
# The same in pages: what is put in the place of each.
_CUT = (
    (re.compile(r"\?v=[0-9a-f]+"), "?v="),  # digest of a file in static/
    (re.compile(r"用时 [\d.]+ 秒"), "用时 秒"),
    (re.compile(r"打开日期：[^<]*"), "打开日期："),
    (re.compile(r"索引更新于 [^<]*"), "索引更新于"),
    (re.compile(r"(\[EB/OL\]\. )\[\d{4}-\d\d-\d\d\]"), r"\1[]"),  # the day of a citation
)
_NARROWED = re.compile(r'href="/search\?([^"]+)"')
_DOCUMENT = re.compile(r'/doc/([^?#/,"\s]+)')

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Answer:
    """kind: of KINDS. body: the value of JSON, the text of anything else, None where the service failed (500 on)."""

    kind: str
    address: str
    status: int
    body: object

    def of(self, key: str) -> object:
        return self.body.get(key) if isinstance(self.body, dict) else None


# --- recording -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Service:
    """A running app.py and the one connection it is asked over."""

    connection: HTTPConnection

    def get(self, kind: str, path: str, **parameters: object) -> Answer:
        address = f"{path}?{urlencode(parameters)}" if parameters else path
        self.connection.request("GET", address, headers={"Host": HOST})
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 500:  # its page bears a number of its own each time
            return Answer(kind, address, response.status, None)
        text = content.decode("utf-8")
        is_json = response.headers.get_content_type() == "application/json"
        return Answer(kind, address, response.status, json.loads(text) if is_json else cut(text))


def cut(page: str) -> str:
    """The page without what differs from day to day and from run to run."""
    for pattern, instead in _CUT:
        page = pattern.sub(instead, page)
    return page


def answers(service: Service, queries: Sequence[str]) -> Iterator[Answer]:
    """All that is recorded; raises RuntimeError when a document is in no table, so that it could not be asked for."""
    for query in queries:
        yield from searched(service, query)
    browsed = service.get("other", "/browse")
    tables = [service.get("table", f"/search.csv?{asked}") for asked in narrowed(browsed)]
    yield from tables
    documents = [service.get("document", f"/api/documents/{id}") for id in ids(tables)]
    there = service.get("other", "/healthz").of("documents")
    if len(documents) != there:
        raise RuntimeError(f"{len(documents)} of {there} documents can be reached from /browse")
    yield from documents
    yield from (service.get("results", "/search", q=query) for query in spread(queries, RESULTS_PAGES))
    yield from (service.get("together", "/search/region", q=query) for query in spread(queries, TOGETHER_PAGES))
    yield from opened(service, spread(documents, OPENED_PAGES), queries)
    yield browsed
    yield service.get("other", "/help")


def searched(service: Service, query: str) -> Iterator[Answer]:
    """The first page in two orders, and the second of each where there is one."""
    for sort in ("relevance", "newest"):
        first = service.get("search", "/api/search", q=query, sort=sort)
        yield first
        pages = first.of("pages")
        if isinstance(pages, int) and pages > 1:
            yield service.get("search", "/api/search", q=query, sort=sort, page=2)


def narrowed(browsed: Answer) -> list[str]:
    """The questions the page 浏览 leads to: a value of a facet each, or a line of work."""
    return list(dict.fromkeys(map(html.unescape, _NARROWED.findall(str(browsed.body)))))


def ids(tables: Iterable[Answer]) -> list[str]:
    return sorted({id for table in tables for id in _DOCUMENT.findall(str(table.body))})


def opened(service: Service, documents: Sequence[Answer], queries: Sequence[str]) -> Iterator[Answer]:
    """Each document with a question that stands in it, if there is one, so that there are marks; another for each."""
    for number, document in enumerate(documents):
        first = number % len(queries)
        turned = [*queries[first:], *queries[:first]]
        text = str(document.of("text"))
        query = next((one for one in turned if one in text), turned[0])
        yield service.get("opened", document.address.replace("/api/documents/", "/doc/"), q=query)


def spread(values: Sequence[_T], count: int) -> Sequence[_T]:
    """So many of them, evenly from all."""
    return values[:: max(1, len(values) // count)][:count]


def read_queries(files: Iterable[Path]) -> list[str]:
    """The second column of each line, once each; raises ValueError for a line that has none."""
    lines = [(file, line) for file in files for line in file.read_text(encoding="utf-8-sig").splitlines() if line]
    for file, line in lines:
        if "\t" not in line:
            raise ValueError(f"{file}：每行应是 编号<TAB>问题，现为“{line[:40]}”")
    return list(dict.fromkeys(line.split("\t")[1] for _, line in lines))


# --- the service ---------------------------------------------------------------------------------------


@contextmanager
def served(checkout: Path, corpora: Sequence[Path]) -> Iterator[Service]:
    """The checkout's own service over an index of its own; raises RuntimeError with what it said when it fails."""
    with tempfile.TemporaryDirectory() as place:
        folders = copied(corpora, Path(place))
        built(checkout, folders, Path(place, "index"))
        with running(checkout, folders, Path(place)) as port:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            try:
                yield Service(connection)
            finally:
                connection.close()


def copied(corpora: Sequence[Path], place: Path) -> list[Path]:
    """The folders under their names in numbered ones, so that where a checkout lies orders nothing."""
    return [
        shutil.copytree(folder, place / str(number) / folder.resolve().name) for number, folder in enumerate(corpora)
    ]


def built(checkout: Path, corpora: Sequence[Path], index: Path) -> None:
    folders = [f"--corpus={folder}" for folder in corpora]
    asked = [sys.executable, "-m", "indexer", "build", *folders, f"--index={index}"]
    done = subprocess.run(asked, cwd=checkout, env=environment(corpora), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(asked)}\n{done.stderr.decode('utf-8', 'replace')[-2000:]}")


@contextmanager
def running(checkout: Path, corpora: Sequence[Path], place: Path) -> Iterator[int]:
    """The port of `python app.py` over the index in place, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [sys.executable, "app.py", f"--index={place / 'index'}", f"--port={port}"]
    said = place / "said.txt"
    with said.open("wb") as file:
        process = subprocess.Popen(asked, cwd=checkout, env=environment(corpora), stdout=file, stderr=file)
    try:
        _wait(process, port, said)
        yield port
    finally:
        process.terminate()
        process.wait()


def environment(corpora: Sequence[Path]) -> Mapping[str, str]:
    """Ours, but for the settings of the service, of which only the folders are given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPEECHES_")}
    return {**kept, "SPEECHES_CORPUS": os.pathsep.join(map(str, corpora))}


def _wait(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    end = time.perf_counter() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.perf_counter() > end:
            raise RuntimeError(f"app.py does not answer:\n{said.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


# --- comparing -----------------------------------------------------------------------------------------


class _Absent:
    def __repr__(self) -> str:
        return "（没有）"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Difference:
    """path: where in an answer, as hits[0].title. added: a key that only the later answer has."""

    path: str
    before: object
    after: object
    added: bool = False

    @property
    def key(self) -> str:
        """The path whatever the place in a list: hits[].title."""
        return re.sub(r"\d+(?=[\]行])", "", self.path)


@dataclass(frozen=True, slots=True)
class Compared:
    """One address. before or after is missing (None) where only the other recording has it."""

    before: Answer | None
    after: Answer | None
    differences: tuple[Difference, ...] = ()

    @property
    def answer(self) -> Answer:
        found = self.before or self.after
        if found is None:
            raise ValueError("an address that neither recording has")
        return found

    @property
    def outcome(self) -> str:
        """Of OUTCOMES."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "missing"
        if all(one.added for one in self.differences):
            return "added" if self.differences else "same"
        return "different"


OUTCOMES = {"same": "相同", "added": "只多了键", "different": "不同", "missing": "缺少", "new": "新有"}
_WRONG = ("different", "missing")


def compared(before: Iterable[Answer], after: Iterable[Answer], ignored: Collection[str] = VOLATILE) -> list[Compared]:
    """Address by address, those of before first, in the order they were recorded."""
    old, new = ({one.address: one for one in answers} for answers in (before, after))
    return [_compared(old.get(address), new.get(address), ignored) for address in dict.fromkeys([*old, *new])]


def _compared(before: Answer | None, after: Answer | None, ignored: Collection[str]) -> Compared:
    if before is None or after is None:
        return Compared(before, after)
    if before.status != after.status:
        return Compared(before, after, (Difference("status", before.status, after.status),))
    return Compared(before, after, tuple(differences(before.body, after.body, ignored)))


def differences(before: object, after: object, ignored: Collection[str], path: str = "") -> Iterator[Difference]:
    """In the order of before. Keys that are ignored are so at any depth; of a text only the first line that differs."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in (one for one in {**before, **after} if one not in ignored):
            inside = f"{path}.{name}" if path else name
            if name not in before:
                yield Difference(inside, ABSENT, after[name], added=True)
            else:
                yield from differences(before[name], after.get(name, ABSENT), ignored, inside)
    elif isinstance(before, list) and isinstance(after, list):
        for number, (one, other) in enumerate(zip_longest(before, after, fillvalue=ABSENT)):
            yield from differences(one, other, ignored, f"{path}[{number}]")
    elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        yield from _first_line(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield Difference(path, before, after)


def _first_line(before: str, after: str, path: str) -> Iterator[Difference]:
    pairs = zip_longest(before.split("\n"), after.split("\n"), fillvalue=ABSENT)
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            yield Difference(f"{path}[第{number}行]", one, other)
            return


# --- in words ------------------------------------------------------------------------------------------

_ROOM, _BEFORE = 120, 30  # characters of a value that are shown, and of them before the first that differs


def in_words(found: Sequence[Compared], most: int) -> Iterator[str]:
    """The counts by kind, keys that differ, keys that were added, and the first addresses that are not the same."""
    yield from _counts(found)
    wrong = [one for one in found if one.outcome in _WRONG]
    changed = [one for each in found for one in each.differences]
    yield from _keys("不同之处", [one.key for one in changed if not one.added])
    yield from _keys("新增的键", [one.key for one in changed if one.added])
    yield from _keys("新有的地址", [unquote_plus(one.answer.address) for one in found if one.outcome == "new"][:most])
    if wrong:
        yield f"\n前 {min(most, len(wrong))} 处（共 {len(wrong)} 个地址）："
    for one in wrong[:most]:
        yield from _told(one)


def _counts(found: Sequence[Compared]) -> Iterator[str]:
    counted = Counter((one.answer.kind, one.outcome) for one in found)
    yield "\t".join(("", *OUTCOMES.values()))
    for kind in dict.fromkeys([*KINDS, *(kind for kind, _ in counted)]):
        yield "\t".join((KINDS.get(kind, kind), *(str(counted[kind, outcome]) for outcome in OUTCOMES)))
    yield "\t".join(("全部", *(str(sum(one.outcome == outcome for one in found)) for outcome in OUTCOMES)))


def _keys(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"\n{title}："
    for name, count in Counter(names).most_common():
        yield f"  {name}" + (f"：{count} 处" if count > 1 else "")


def _told(one: Compared) -> Iterator[str]:
    yield f"  {unquote_plus(one.answer.address)}" + ("：后一份里没有" if one.outcome == "missing" else "")
    shown = [each for each in one.differences if not each.added]
    for each in shown[:3]:
        before, after = _side_by_side(each.before, each.after)
        yield f"    {each.path}\n      前：{before}\n      后：{after}"
    if len(shown) > 3:
        yield f"    …… 这里还有 {len(shown) - 3} 处"


def _side_by_side(before: object, after: object) -> tuple[str, str]:
    """Both as JSON, long ones only about the first character that differs."""
    one, other = (
        repr(value) if value is ABSENT else json.dumps(value, ensure_ascii=False) for value in (before, after)
    )
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = max(0, same - _BEFORE)
    return _about(one, begin), _about(other, begin)


def _about(value: str, begin: int) -> str:
    shown = value[begin : begin + _ROOM]
    return ("…" if begin else "") + shown + ("…" if len(value) > begin + _ROOM else "")


# --- the commands --------------------------------------------------------------------------------------

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="核对两份检出的程序给出的回答是否相同：各 record 一次，再 compare。")
def main() -> None:
    pass


@main.command(help="用 CHECKOUT 自己的代码建索引、启动服务，把它的回答写进 OUT，一行一个。")
@click.argument("checkout", type=_FOLDER)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corpus", "corpora", multiple=True, type=_FOLDER, help="文档文件夹，可多次给出；默认样例和共用的语料")
@click.option("--queries", "files", multiple=True, type=_FILE, help="每行：编号<TAB>问题；可多次给出，默认评判过的问题")
def record(checkout: Path, out: Path, corpora: tuple[Path, ...], files: tuple[Path, ...]) -> None:
    begun = time.perf_counter()
    folders = corpora or _there(checkout / "corpus", *CORPORA)
    try:
        queries = read_queries(files or _there(checkout / "tests" / "relevance" / "queries.tsv", *QUERIES))
        if not folders or not queries:
            raise click.UsageError("没有文档或者没有问题；请用 --corpus、--queries 指明")
        with served(checkout, folders) as service:
            lines = [json.dumps(asdict(one), ensure_ascii=False) for one in answers(service, queries)]
    except (OSError, ValueError, RuntimeError) as error:
        raise click.ClickException(str(error)) from error
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(f"已写入 {out}：{len(lines)} 个回答，用时 {time.perf_counter() - begun:.0f} 秒")


def _there(*paths: Path) -> tuple[Path, ...]:
    return tuple(path for path in paths if path.exists())


@main.command(help="逐个地址比较两份记录；只多了键不算不同，其他不同以 1 退出。")
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--ignore", default="", help=f"另外不比较的键，逗号分开；{'、'.join(VOLATILE)} 总不比较")
@click.option("--show", default=20, show_default=True, help="最多列出多少个不同的地址")
def compare(before: Path, after: Path, ignore: str, show: int) -> None:
    ignored = {*VOLATILE, *filter(None, (name.strip() for name in ignore.split(",")))}
    found = compared(read_answers(before), read_answers(after), ignored)
    for line in in_words(found, show):
        click.echo(line)
    if any(one.outcome in _WRONG for one in found):
        raise SystemExit(1)


def read_answers(file: Path) -> Iterator[Answer]:
    """A recording; raises click.ClickException for a line that is no answer."""
    with file.open(encoding="utf-8") as lines:  # not splitlines(): a text may hold U+2028
        for number, line in enumerate(lines, 1):
            try:
                yield Answer(**json.loads(line))
            except (TypeError, ValueError) as error:
                raise click.ClickException(f"{file} 第 {number} 行不是一个回答：{error}") from error


if __name__ == "__main__":
    main(prog_name="python bench/same_answers.py")
