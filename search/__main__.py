"""python -m search QUESTION: the same results as the web page, as text, JSON or a TREC run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from search.documents.document import Span
from search.engines import Engine, opened, store_of
from search.errors import Busy, IndexUnusable, QueryError
from search.matching.marks import pieces
from search.query import parsing
from search.results import BROWSE_VALUES, ResultPage, page_as_json, search
from search.settings import Settings
from search.suggestions.corrections import search_or_correct
from search.usage import Command


@click.command(
    cls=Command,
    help="检索 QUESTION；或用 --batch 一次检索一个文件里的许多问题。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("question", required=False)
@click.option("--index", metavar="PATH", help="索引文件夹（默认 index），或集群的地址")
@click.option("--page", default=1, show_default=True, help="第几页")
@click.option("--sort", default="relevance", show_default=True, help="relevance、newest 或 oldest")
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="如 region=湖北，可多次给出")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="每行：编号<TAB>问题")
@click.option("--depth", default=100, show_default=True, help="--batch 时每个问题取多少篇")
@click.option("--run", type=click.Path(path_type=Path), help="--batch 的结果文件（TREC 格式）")
def main(
    question: str | None,
    index: str | None,
    page: int,
    sort: str,
    filters: tuple[str, ...],
    as_json: bool,
    batch: Path | None,
    depth: int,
    run: Path | None,
) -> None:
    if (question is None) == (batch is None) or (batch is not None and run is None):
        raise click.UsageError("请给出一个问题，或者 --batch 与 --run 两个文件")
    try:
        settings = Settings.from_env(index=index)
        engine = opened(store_of(settings.engine, settings.index))
        if batch and run:
            lines = list(_run_lines(engine, batch, depth))
            run.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            click.echo(f"已写出 {len(lines)} 行：{run}")
            return
        chosen = [_pair(item) for item in filters]
        query = parsing.parse(question or "", filters=chosen, sort=sort, page=page)
        found = search(engine, query, values=BROWSE_VALUES)
    except (QueryError, IndexUnusable, Busy, ValueError) as error:
        _fail(error)
    click.echo(json.dumps(page_as_json(found), ensure_ascii=False, indent=1) if as_json else _as_text(found))


def _pair(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals:
        raise QueryError(f"筛选应写成 字段=值，如 region=湖北；现为“{item}”")
    return name, value


def _run_lines(engine: Engine, batch: Path, depth: int) -> Iterator[str]:
    """qid Q0 docid rank score tag; the score falls with the rank, since tiers come before scores."""
    for line in batch.read_text(encoding="utf-8-sig").splitlines():
        if not line.strip():
            continue
        number, _, rest = line.partition("\t")
        matches = search_or_correct(engine, parsing.parse(rest.split("\t")[0]), limit=depth, offset=0).matches
        stored = engine.fetch([match.id for match in matches.ranked])
        for rank, match in enumerate(matches.ranked, 1):
            name = stored[match.id].document.external_id if match.id in stored else match.id
            yield f"{number} Q0 {name.replace(' ', '_')} {rank} {depth + 1 - rank} minzheng"


def _as_text(page: ResultPage) -> str:
    counts = f"{page.read_as}：{page.documents} 篇、{page.occurrences} 处（{page.took_ms} 毫秒）"
    lines = [*page.notes, *([counts] if page.read_as else [])]
    if page.offered:
        lines.append(f"您是不是要找：{'、'.join(f'{one.text}（{one.documents} 篇）' for one in page.offered)}")
    for number, hit in enumerate(page.hits, 1):
        facts = " · ".join(filter(None, (hit.region_label, hit.date_label, hit.speaker_label, hit.genre)))
        lines.append(f"\n{number}. {_marked(hit.title, hit.title_marks)}  〔{hit.match_label}〕\n   {facts}")
        for snippet in hit.passages:
            place = f"（{' › '.join(snippet.outline)}）" if snippet.outline else ""
            lines.append(f"   第{snippet.paragraph}段{place} {_marked(snippet.text, snippet.marks)}")
    return "\n".join(lines)


def _marked(text: str, marks: Sequence[Span]) -> str:
    return "".join(f"【{piece.text}】" if piece.hit else piece.text for piece in pieces(text, marks))


def _fail(error: Exception) -> NoReturn:
    click.echo(f"错误：{error}", err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="python -m search")
