"""Whether two checkouts of this project give the same answers: python bench/same_answers.py record | compare

record builds an index with a checkout's own code, serves it with `python app.py` and writes what it answers over HTTP,
a line of JSON an answer. compare puts two such files side by side, address by address. Nothing of the program is
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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.comparing import VOLATILE, WRONG, Answer, compared, in_words

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CORPORA = (SHARED / "data" / "documents", SHARED / "seeds")  # beside the checkout's own samples
QUERIES = (SHARED / "data" / "queries.tsv",)  # beside the checkout's own
HOST = "localhost"  # every page is asked under this name, so that no port stands in an answer
PATIENCE = 60.0  # seconds until the service answers at all, and for each answer
RESULTS_PAGES, TOGETHER_PAGES, OPENED_PAGES = 40, 10, 40
# What changes from run to run in a page, beside VOLATILE in JSON: what is put in the place of each.
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
    if any(one.outcome in WRONG for one in found):
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
