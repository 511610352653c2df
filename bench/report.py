"""What the benchmarks write into docs/performance/: a page in Markdown, a picture, the raw numbers, the goals table."""

from __future__ import annotations

import html
import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "performance"
_BEGIN, _END = "<!-- 目标表：由 bench/report.py 写出 -->", "<!-- 目标表完 -->"


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is text, the others are figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A line of the picture: from one value to another on a logarithmic scale, or a point when they are the same."""

    label: str
    low: float
    high: float
    own: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """name: of the files; goals: key of GOALS -> what was measured."""

    name: str
    title: str
    command: str
    facts: Mapping[str, str]
    tables: tuple[Table, ...]
    picture: tuple[str, tuple[Range, ...]]  # the unit, in words, and the lines
    raw: Mapping[str, object]
    goals: Mapping[str, float]


def write(page: Page, folder: Path = FOLDER) -> Path:
    """Writes all of it and brings the goals table up to date; the Markdown file."""
    folder.mkdir(parents=True, exist_ok=True)
    goals = {name: round(value, 4) for name, value in page.goals.items()}
    raw = {"command": page.command, "facts": dict(page.facts), "goals": goals, **page.raw}
    (folder / f"{page.name}.json").write_text(_json(raw), encoding="utf-8")
    (folder / f"{page.name}.svg").write_text(picture(page.title, *page.picture), encoding="utf-8")
    file = folder / f"{page.name}.md"
    file.write_text(markdown(page), encoding="utf-8")
    write_goals(folder)
    return file


def _json(raw: Mapping[str, object]) -> str:
    """A line a key at the top, so that a thousand raw numbers are one line of a change."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in raw.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


# --- Markdown ------------------------------------------------------------------------------------------


def markdown(page: Page) -> str:
    facts = "；".join(f"{name} {value}" for name, value in page.facts.items())
    parts = [
        f"# {page.title}",
        f"由 `{page.command}` 写出，勿手改。原始数字：[{page.name}.json]({page.name}.json)。",
        facts + "。",
        f"![{page.title}]({page.name}.svg)",
    ]
    for table in page.tables:
        parts += [f"## {table.title}", _table(table), *([table.note] if table.note else [])]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    heads = "| " + " | ".join(table.heads) + " |"
    under = "|" + "|".join(["---"] + ["---:"] * (len(table.heads) - 1)) + "|"
    return "\n".join([heads, under, *("| " + " | ".join(row) + " |" for row in table.rows)])


def plain(table: Table) -> str:
    """The same for a terminal: tabs between the cells."""
    return "\n".join("\t".join(row) for row in (table.heads, *table.rows))


def figure(value: float) -> str:
    """Three digits that mean something: 0.043, 1.27, 83.4, 1,204."""
    if not value or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def smallest(times: Iterable[Sequence[float]]) -> tuple[float, ...]:
    """Of each thing that was timed the smallest of several rounds."""
    return tuple(map(min, zip(*times, strict=True)))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed; 0 of nothing."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else 0.0


def p50_p95(values: Sequence[float]) -> str:
    return f"{figure(percentile(values, 0.5))} / {figure(percentile(values, 0.95))}" if values else "—"


# --- the picture ---------------------------------------------------------------------------------------

_WIDTH, _LINE, _RIGHT = 860, 30, 150  # pixels; _RIGHT is for the figures beside a line
_STYLE = """
    text { font: 13px system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; fill: #333 }
    .title { font-size: 15px; font-weight: 600 }
    .quiet { fill: #666; font-size: 12px }
    .grid { stroke: #ddd }
    .other { stroke: #7a8aa0; fill: #7a8aa0 }
    .own { stroke: #c0392b; fill: #c0392b }
    @media (prefers-color-scheme: dark) {
      text { fill: #ddd }
      .quiet { fill: #aaa }
      .grid { stroke: #444 }
      .own { stroke: #ff7b6b; fill: #ff7b6b }
      .other { stroke: #9fb0c8; fill: #9fb0c8 }
    }"""


def picture(title: str, unit: str, lines: Sequence[Range]) -> str:
    """A line an engine on a logarithmic scale, from the first figure to the second; no background of its own."""
    shown = [line for line in lines if line.low > 0]
    left = 30 + max((_width(line.label) for line in shown), default=0)
    decades = _decades(shown)
    scale = _scale(decades, left, _WIDTH - _RIGHT)
    height = 90 + _LINE * len(shown)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        f"  <title>{html.escape(title)}</title>\n  <style>{_STYLE}\n  </style>",
        f'  <text class="title" x="10" y="24">{html.escape(title)}</text>',
        f'  <text class="quiet" x="10" y="44">{html.escape(unit)}（对数坐标）</text>',
        *_grid(decades, scale, height),
        *(part for at, line in enumerate(shown) for part in _drawn(line, 74 + at * _LINE, scale)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _decades(lines: Sequence[Range]) -> range:
    low = min((line.low for line in lines), default=1.0)
    high = max((line.high for line in lines), default=1.0)
    begin = math.floor(math.log10(low))
    return range(begin, max(math.ceil(math.log10(high)), begin + 1) + 1)


def _scale(decades: range, left: float, right: float) -> Callable[[float], float]:
    span = decades[-1] - decades[0]
    return lambda value: left + (math.log10(value) - decades[0]) / span * (right - left)


def _grid(decades: range, scale: Callable[[float], float], height: int) -> Iterator[str]:
    for decade in decades:
        x = scale(10.0**decade)
        yield f'  <line class="grid" x1="{x:.1f}" y1="56" x2="{x:.1f}" y2="{height - 26}"/>'
        yield f'  <text class="quiet" x="{x:.1f}" y="{height - 10}" text-anchor="middle">{10.0**decade:,.10g}</text>'


def _drawn(line: Range, y: int, scale: Callable[[float], float]) -> Iterator[str]:
    low, high, kind = scale(line.low), scale(line.high), "own" if line.own else "other"
    said = figure(line.low) if line.low == line.high else f"{figure(line.low)} → {figure(line.high)}"
    yield f'  <text x="10" y="{y + 5}">{html.escape(line.label)}</text>'
    yield f'  <line class="{kind}" x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}" stroke-width="4"/>'
    yield from (f'  <circle class="{kind}" cx="{x:.1f}" cy="{y}" r="5"/>' for x in sorted({low, high}))
    yield f'  <text class="quiet" x="{max(low, high) + 12:.1f}" y="{y + 4}">{said}</text>'


def _width(label: str) -> int:
    """Pixels at 13 px, roughly: a Chinese character is as wide as high, a Latin letter about half."""
    return sum(13 if unicodedata.east_asian_width(char) in "WF" else 8 for char in label)


# --- the goals -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Goal:
    """what was promised; key: under which a page reports it; at_most: fewer is better, otherwise more."""

    what: str
    key: str
    bound: float
    at_most: bool
    unit: str = "倍"

    def met(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound


GOALS = (
    Goal("前十＋准确篇数＋分面计数，p95，与 tantivy 相比", "tantivy_p95", 3.2, at_most=True),
    Goal("同上，比 Whoosh 常规做法（ChineseAnalyzer、groupedby）快，两边都不做摘要", "stock_p95", 50, at_most=False),
    Goal("同上，两边都做十张卡片的摘要", "stock_cards_p95", 50, at_most=False),
    Goal("同上，与 SQLite FTS5 相比", "fts5_p95", 1, at_most=True),
    Goal("同上，与 Xapian 相比", "xapian_p95", 1, at_most=True),
    Goal("同样的事（分档、篇数、分面、十张卡片），p95，与 tantivy 相比", "same_work_p95", 1.5, at_most=True),
    Goal("十张卡片，比只检索多用的，CPU 中位数", "cards_more", 1.3, at_most=True, unit="毫秒"),
    Goal("同上，长的报告和讲话", "cards_of_long", 2, at_most=True, unit="毫秒"),
    Goal("整张结果页，CPU 中位数", "page_p50", 3.5, at_most=True, unit="毫秒"),
    Goal("整张结果页，CPU p95", "page_p95", 7, at_most=True, unit="毫秒"),
    Goal("整张结果页与其中检索之比，中位数", "page_search", 1.5, at_most=True),
    Goal("日常问法里的少见词，整个回答，CPU p95", "everyday_p95", 8, at_most=True, unit="毫秒"),
    Goal("打开一篇讲话，CPU 中位数", "opened_ms_p50", 6, at_most=True, unit="毫秒"),
    Goal("同上，p95", "opened_ms_p95", 20, at_most=True, unit="毫秒"),
    Goal("打开一篇讲话与一张结果页之比，中位数", "opened_p50", 1.25, at_most=True),
    Goal("同上，p95", "opened_p95", 1.5, at_most=True),
    Goal("最慢的一种工具页，p95", "tools_p95", 1, at_most=True, unit="秒"),
    Goal("答完各种工具页后独占的内存", "tools_memory", 500, at_most=True, unit="MB"),
    Goal("引号原话，任意长度，准确篇数，p95", "literal_p95", 30, at_most=True, unit="毫秒"),
    Goal("一百万段：前十＋准确篇数＋分面计数，p95，与 tantivy 相比", "million.tantivy_p95", 3, at_most=True),
    Goal("一百万段：同上，与 SQLite FTS5 相比", "million.fts5_p95", 1, at_most=True),
    Goal("一百万段：同上，与 Xapian 相比", "million.xapian_p95", 1, at_most=True),
    Goal("建索引，比 Whoosh 常规做法快", "indexing_stock", 3, at_most=False),
    Goal("建索引的 CPU，与只用 BeautifulSoup 取文字、jieba 切词相比", "indexing_cpu", 2, at_most=True),
    Goal("十七万篇从文件建索引，两个核", "many_minutes", 10, at_most=True, unit="分钟"),
    Goal("同上，主进程的内存峰值", "many_parent", 400, at_most=True, unit="MB"),
    Goal("同上，最大的子进程的内存峰值", "many_worker", 500, at_most=True, unit="MB"),
    Goal("建索引，分词和 Whoosh 写入以外的时间占比", "indexing_rest", 15, at_most=True, unit="%"),
    Goal("分词，rjieba 比 jieba 快", "segmentation", 15, at_most=False),
    Goal("分词，rjieba 与 jieba 汉字词一致的段落", "segmentation_same", 100, at_most=False, unit="%"),
    Goal("建索引时主进程每多一篇的 CPU", "parent_each", 0.3, at_most=True, unit="毫秒"),
    Goal("建索引，四个核与一个核：最长的进程的 CPU 之比", "cores_longest", 3, at_most=False),
    Goal("六千篇的索引里再加十篇，从启动到能查到", "adding_ten", 1, at_most=True, unit="秒"),
    Goal("两万篇的索引里再加十篇，从启动到能查到", "adding_ten_to_many", 1.2, at_most=True, unit="秒"),
    Goal("篇数增至 16 倍，p95 增至", "growth_p95", 6, at_most=True),
    Goal("篇数增至 16 倍，每个进程的内存增至", "growth_memory", 3, at_most=True),
    Goal("集群三个节点：检索，集群自己说的用时（took）之外，中位数", "cluster_beside", 6, at_most=True, unit="毫秒"),
    Goal("集群三个节点：每分钟写入", "cluster_indexing", 2000, at_most=False, unit="篇"),
    Goal("进程启动到答出第一问", "start_seconds", 1.5, at_most=True, unit="秒"),
    Goal("每个进程独占的内存", "start_memory", 100, at_most=True, unit="MB"),
    Goal("一百万段：每个进程独占的内存", "pages_million.start_memory", 160, at_most=True, unit="MB"),
)


def write_goals(folder: Path) -> None:
    """Puts the goals table into README.md there, if there is one, from the raw numbers of all pages."""
    readme = folder / "README.md"
    if not readme.exists():
        return
    before, _, rest = readme.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{readme}: no place for the goals table between {_BEGIN} and {_END}")
    readme.write_text(f"{before}{_BEGIN}\n\n{_table(goals_table(folder))}\n\n{_END}{after}", encoding="utf-8")


def goals_table(folder: Path) -> Table:
    measured: dict[str, tuple[float, str, str]] = {}
    for file in sorted(folder.glob("*.json")):
        raw = json.loads(file.read_text(encoding="utf-8"))
        documents = raw["facts"].get("篇数", "")
        measured |= {key: (value, file.stem, documents) for key, value in raw["goals"].items()}
    return Table("目标", ("目标", "要求", "测得", "达到", "篇数"), tuple(_goal_row(goal, measured) for goal in GOALS))


def _goal_row(goal: Goal, measured: Mapping[str, tuple[float, str, str]]) -> tuple[str, ...]:
    asked = f"{'≤' if goal.at_most else '≥'} {goal.bound:g} {goal.unit}"
    if goal.key not in measured:
        return goal.what, asked, "未测", "", ""
    value, page, documents = measured[goal.key]
    return (
        goal.what,
        asked,
        f"[{figure(value)} {goal.unit}]({page}.md)",
        "是" if goal.met(value) else "**否**",
        documents,
    )
