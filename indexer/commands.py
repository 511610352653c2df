"""python -m indexer build | show | correct | review | synonyms | report | watch | check; mounted as `flask index …`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from indexer import checking, correcting, log_lines, pipeline, telling, terminal, watching
from indexer.extract import Unreadable
from indexer.removals import Unasked
from indexer.report import Report, name_of
from indexer.statements import corrections, words
from indexer.status import status
from indexer.synonyms import preview
from search.documents.filenames import shown
from search.documents.labels import FIELDS
from search.engines import STORES, opened, store_of
from search.errors import Busy, IndexUnusable
from search.index import record
from search.settings import Settings
from search.text.office import KINDS, Synonym

if TYPE_CHECKING:
    from indexer import reviewing

_CORPUS = click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=click.Path(path_type=Path),
    help="文档文件夹，可多次给出（默认由索引记着）",
)
_INDEX = click.option("--index", metavar="PATH", help="索引文件夹（默认 index），或集群的地址")
_JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出")


@click.group(
    help="从文档到可检索的索引。", cls=telling.Commands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("-v", "--verbose", is_flag=True, help="出错时连同程序内部的经过一起输出，供查找原因")
def index(verbose: bool) -> None:
    log_lines.configure(verbose=verbose)


@index.command(help="使索引与文档文件夹一致：只读新增和改动的文件。")
@_CORPUS
@_INDEX
@click.option("--engine", type=click.Choice(list(STORES)), help="检索引擎")
@click.option("--full", is_flag=True, help="全部重新读取和建立")
@click.option("--allow-removals", is_flag=True, help="准许一次移除很多文稿；不写时会停下来，索引不变")
@click.option("--progress", is_flag=True, help="每隔一秒多写一行读到哪里了，供别的程序看")
@_JSON
def build(
    corpora: tuple[Path, ...],
    index: str | None,
    engine: str | None,
    full: bool,
    allow_removals: bool,
    progress: bool,
    as_json: bool,
) -> None:
    try:
        settings = Settings.from_env(index=index, corpus=corpora, engine=engine, to_build=True)
        with _Bar(hidden=as_json or not (progress or sys.stderr.isatty()), lines=progress) as bar:
            report = pipeline.build(
                settings.corpus,
                store_of(settings.engine, settings.index),
                full=full,
                allow_removals=allow_removals,
                progress=bar.show,
            )
    except (OSError, ValueError, Busy, IndexUnusable, Unasked) as error:
        _fail(error)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _tell(report, store_of(settings.engine, settings.index).location)


@index.command(help="一个文件被理解成什么、依据是什么（不建索引）。")
@click.argument("file", type=click.Path(path_type=Path))
@_CORPUS
@_JSON
def show(file: Path, corpora: tuple[Path, ...], as_json: bool) -> None:
    try:
        folder = correcting.folder_of(file, Settings.from_env(corpus=corpora).corpus)
        opened = correcting.Opened.read(folder, correcting.name_in(folder, file))
    except (Unreadable, OSError, ValueError) as error:
        _fail(error)
    for problem in opened.problems:
        telling.say(f"注意：{problem}", error=True)
    if as_json:
        click.echo(json.dumps([record.as_json(document) for document in opened.now], ensure_ascii=False, indent=1))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    views = (terminal.described(one, lines, width=width) for one, lines in zip(opened.now, opened.history, strict=True))
    click.echo("\n\n\n".join(views), color=False if os.environ.get("NO_COLOR") else None)


@index.command(
    help="校正一篇文稿的信息，记在文档文件夹的 corrections.jsonl 里，重建索引也不会丢。"
    f"可校正的项：{'、'.join(f'{field}（{label}）' for field, label in FIELDS.items())}。"
    "讲话人写作 姓名:职务:角色，几个人用；隔开；查过而不能确定的写 不详。不写 --set 和 --unset 时列出校正记录。"
)
@click.argument("file", metavar="FILE[#n]")
@click.option("--set", "sets", multiple=True, metavar="项=值", help="改成这个值，可多次给出，如 --set region=陕西")
@click.option("--unset", "unsets", multiple=True, metavar="项", help="撤销对这一项的校正，可多次给出")
@click.option("--by", help="谁校正的（默认是登录这台机器的用户名）")
@_CORPUS
@_INDEX
def correct(
    file: str,
    sets: tuple[str, ...],
    unsets: tuple[str, ...],
    by: str | None,
    corpora: tuple[Path, ...],
    index: str | None,
) -> None:
    try:
        settings = Settings.from_env(index=index, corpus=corpora)
        changes = correcting.changes(sets, unsets)
    except ValueError as error:
        _fail(error, code=2)
    try:
        folder, name, article = correcting.named(file, settings.corpus)
        opened = correcting.Opened.read(folder, name)
        for problem in opened.problems:
            telling.say(f"注意：{problem}", error=True)
        at = opened.at(article)
        lines = opened.lines(at, changes, correcting.who(by)) if changes else []
        if lines:
            corrections.append(folder, lines)
    except (Unreadable, OSError, ValueError) as error:
        _fail(error)
    for line in lines or opened.history[at]:
        click.echo(terminal.event(line))
    if lines:
        _bring_in(folder, name, settings)
    elif not opened.history[at]:
        telling.say(f"还没有校正过 {shown(name)}。")


@index.command(
    help="把各篇的信息写成一张表（CSV），存疑的在前；改好后用 --apply 读回来，每处改动记为一条校正，可以撤销。"
    "清空一格是撤销那一项的校正；查过而不能确定的写 不详。都不写时列出有存疑的各篇。"
)
@click.option("--out", type=click.Path(path_type=Path), help="写出这张表；已有的表不盖掉")
@click.option("--all", "everything", is_flag=True, help="没有存疑的也写进表里")
@click.option("--apply", "edited", type=click.Path(path_type=Path), help="读回改好的表")
@click.option("--dry-run", is_flag=True, help="与 --apply 同用：只列出会改什么，不记下")
@click.option("--by", help="谁校正的（默认是登录这台机器的用户名）")
@_CORPUS
@_INDEX
def review(
    out: Path | None,
    everything: bool,
    edited: Path | None,
    dry_run: bool,
    by: str | None,
    corpora: tuple[Path, ...],
    index: str | None,
) -> None:
    from indexer import reviewing  # with what shows results, .04 s that a build need not wait for

    try:
        settings = Settings.from_env(index=index, corpus=corpora)
        if edited is not None:
            _apply(reviewing.asked(edited, settings.corpus, correcting.who(by)), dry_run=dry_run)
            return
        listed = reviewing.documents(store_of(settings.engine, settings.index).open())
        chosen = [one for one in listed if everything or any(one.urgency)]
        if out is not None:
            reviewing.write(out, reviewing.table(chosen))
            telling.say(f"写出 {len(chosen)} 篇到 {out}；改好后运行 python -m indexer review --apply {out}")
            return
    except (OSError, ValueError, IndexUnusable) as error:
        _fail(error)
    for one in chosen:
        telling.say(f"{one.name}  《{one.values[0]}》  {'；'.join(one.doubts)}")
    telling.say(f"共 {len(listed)} 篇，{len(chosen)} 篇有要紧的或可以校正的存疑。")


@index.command(
    help="单位自己的同义词。preview：加上这一对，各查得到多少篇，什么都不写；add：写进文档文件夹的 synonyms.tsv，"
    "再运行 build 就用上；remove：从那里删去（那一行留作备注）。"
)
@click.argument("action", metavar="preview|add|remove", type=click.Choice(["preview", "add", "remove"]))
@click.argument("term", metavar="词")
@click.argument("synonym", metavar="同义词")
@click.option("--kind", default="近义说法", help=f"两者的关系：{'、'.join(KINDS)}；默认近义说法")
@click.option("--one-way", is_flag=True, help="只由词找同义词，反过来不找")
@click.option("--by", help="谁加的、谁删的（默认是登录这台机器的用户名）")
@_CORPUS
@_INDEX
def synonyms(
    action: str,
    term: str,
    synonym: str,
    kind: str,
    one_way: bool,
    by: str | None,
    corpora: tuple[Path, ...],
    index: str | None,
) -> None:
    try:
        settings = Settings.from_env(index=index, corpus=corpora)
        pair = words.pair(term, synonym, kind, "单向" if one_way else "双向")
        if action == "remove":
            _take_out(settings.corpus, pair, correcting.who(by))
            return
        engine = opened(store_of(settings.engine, settings.index))
        if words.is_there(pair):
            telling.say(f"{pair.term}、{pair.synonym} 已经是同义词，不必再加。")
            return
        for change in preview(engine, pair):
            telling.say(change.line)
        if action == "add":
            words.add(settings.corpus[0], pair, correcting.who(by), time.strftime("%Y-%m-%d"))
            telling.say(f"已写进 {settings.corpus[0] / words.SYNONYMS}；请运行 python -m indexer build 使检索用上。")
    except (OSError, ValueError, IndexUnusable) as error:
        _fail(error)


@index.command(help="索引里有什么：多少文件、多少篇，哪些没有收录及原因，各种存疑和人工校正各有多少篇。")
@_INDEX
@_JSON
def report(index: str | None, as_json: bool) -> None:
    from indexer import reviewing  # as above

    try:
        settings = Settings.from_env(index=index)
        store = store_of(settings.engine, settings.index)
        listed, made = reviewing.documents(store.open()), status(store)
    except (IndexUnusable, ValueError) as error:
        _fail(error)
    left_out = [(name_of(one.path, settings.corpus), one.reason) for one in made.left_out]
    doubts = reviewing.doubts(listed).most_common()
    corrected = sum(one.corrected for one in listed)
    if as_json:
        told = {"files": made.files, "documents": len(listed), "passages": made.passages, "corrected": corrected}
        click.echo(json.dumps({**told, "left_out": dict(left_out), "doubts": dict(doubts)}, ensure_ascii=False))
        return
    at = f"{made.published:%Y-%m-%d %H:%M} 建立，" if made.published else ""
    telling.say(f"索引 {store.location}，{at}{made.files} 个文件，{len(listed)} 篇，{made.passages} 段。")
    telling.say(f"没有收录的文件 {len(left_out)} 个" + ("：" if left_out else "。"))
    for name, reason in left_out:
        telling.say(f"  {name}：{reason}")
    for doubt, number in doubts:
        telling.say(f"  {doubt}  {number} 篇")
    telling.say(f"人工校正过的 {corrected} 篇。逐篇核对：python -m indexer review --out 待核对.csv")


@index.command(help="一直看着文档文件夹：隔一段时间更新一次索引，有变化就说一行；按 Ctrl+C 停止。")
@click.option("--every", type=click.IntRange(1, 1440), default=10, help="隔多少分钟，默认 10")
@_CORPUS
@_INDEX
def watch(every: int, corpora: tuple[Path, ...], index: str | None) -> None:
    try:
        settings = Settings.from_env(index=index, corpus=corpora, to_build=True)
        store = store_of(settings.engine, settings.index)
    except (ValueError, IndexUnusable) as error:
        _fail(error)
    for line in watching.watch(lambda: pipeline.build(settings.corpus, store), lambda: time.sleep(60 * every)):
        telling.say(f"{time.strftime('%Y-%m-%d %H:%M')} {line}")


@index.command(help="核对已发布的索引：每个字节、每篇记录、各处的篇数段号，与文件清单是否一致。")
@_INDEX
@_JSON
def check(index: str | None, as_json: bool) -> None:
    try:
        settings = Settings.from_env(index=index)
        store = store_of(settings.engine, settings.index)
        problems = checking.problems(store)
    except (IndexUnusable, ValueError) as error:  # no such engine, no such setting
        _fail(error)
    if as_json:
        click.echo(json.dumps({"ok": not problems, "problems": problems}, ensure_ascii=False))
    elif not problems:
        telling.say(f"索引完好：{store.location}")
    for problem in problems:
        telling.say(problem, error=True)
    if problems:
        # what is no index at all says itself what to do
        if not any("请" in problem for problem in problems):
            click.echo("请运行 python -m indexer build --full 重建。", err=True)
        raise SystemExit(1)


def _apply(asked: reviewing.Asked, *, dry_run: bool) -> None:
    if not dry_run:
        asked.write()
    for line in (line for lines in asked.lines.values() for line in lines):
        click.echo(f"{log_lines.safe(line.file)}  {terminal.event(line)}")
    for problem in asked.problems:
        telling.say(problem, error=True)
    done = "会记下" if dry_run else "记下"
    next_step = "" if dry_run or not asked.count else "请运行 python -m indexer build 使索引也用上。"
    telling.say(f"{done} {asked.count} 处校正，{len(asked.problems)} 行没有用上。{next_step}")
    if asked.problems:
        raise SystemExit(1)


def _take_out(folders: Sequence[Path], pair: Synonym, by: str) -> None:
    """Takes a pair out of the tables of all folders. Raises ValueError where it stands in none."""
    day = time.strftime("%Y-%m-%d")
    found = [folder / words.SYNONYMS for folder in folders if words.removed(folder, pair, by, day)]
    if not found:
        raise ValueError(
            f"单位自己的同义词里没有“{pair.term}、{pair.synonym}”这一对；程序自带的不能删，检索时可以逐个关掉"
        )
    for path in found:
        telling.say(f"已从 {path} 删去，那一行留作备注；请运行 python -m indexer build 使检索不再用它。")


def _bring_in(folder: Path, name: str, settings: Settings) -> None:
    """Makes the correction show in the index, and says so, or what else to do."""
    try:
        store = store_of(settings.engine, settings.index)
        done = pipeline.refresh(folder, name, store)
    except (Busy, IndexUnusable) as error:
        telling.say(f"已记下，但还没有进入索引：{error}")
        return
    if done.instead:
        telling.say(f"已记下。注意：{shown(name)} 与 {shown(done.instead)} 文字相同，检索里显示的是后者；请也校正它。")
    elif done.generation:
        telling.say(f"索引已更新（第 {done.generation} 版）。")
    else:
        telling.say(f"已记下。请运行 python -m indexer build 使索引 {store.location} 也用上。")


# --- what is printed -----------------------------------------------------------------------------------


_A_LINE = 1.2  # seconds between two lines of progress


class _Bar:
    """A progress bar on the terminal, made when the number of files is known."""

    def __init__(self, *, hidden: bool, lines: bool = False) -> None:
        self._hidden, self._lines = hidden, lines
        self._told = 0.0
        self._at = 0
        self._bar: click.progressbar[int] | None = None  # type: ignore[valid-type]

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int, name: str) -> None:
        if self._hidden:
            return
        if self._lines:
            if time.monotonic() - self._told > _A_LINE:
                self._told = time.monotonic()
                telling.say(f"已做 {100 * done // max(1, total)}%：{name or '写入索引'}")
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label="建立索引", file=sys.stderr, item_show_func=str)
        self._bar.update(done - self._at, name[-40:])
        self._at = done


def _tell(report: Report, index: str) -> None:
    click.echo(
        f"共 {report.files_seen} 个文件：新读 {report.files_indexed}（{report.indexed} 篇），未变 {report.unchanged}，"
        f"重复 {len(report.duplicates)}，不能读 {len(report.refused)}，出错 {len(report.failed)}；"
        f"移除 {report.removed} 篇。"
    )
    listed = (("重复", report.duplicates), ("不能读", report.refused), ("出错", report.failed), ("保留", report.kept))
    for title, rejected in listed:
        for one in rejected:
            telling.say(f"  {title}  {one.path}：{one.reason}", error=title != "重复")
    for note in report.notes:
        telling.say(f"  注意  {note}", error=True)
    telling.say(
        f"索引现有 {report.documents} 篇、{report.passages} 段、{report.characters} 字，"
        f"第 {report.generation} 版，在 {index}；用时 {report.seconds} 秒。"
    )


def _fail(error: Exception, *, code: int = 1) -> NoReturn:
    for line in f"错误：{telling.told(error)}".split("\n"):
        telling.say(line, error=True)
    raise SystemExit(code)
