"""The corpora of the benchmarks: as many documents as asked for, always the same ones.

python bench/corpora.py --documents 20000 --out FOLDER    writes them as web pages, for benchmarks of indexing

The news of ../shared/data/bench as they are, or the project's own samples where that folder is not there; what is
missing is put together of random sentences of theirs, in the shapes (paragraphs, sentences) of theirs, so that lengths
stay and the vocabulary does not grow. Regions and kinds of document are drawn by lot, because the news have none.
"""

from __future__ import annotations

import hashlib
import html
import json
import lzma
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.asking import LITERALS, QUESTIONS, RECORDS
from bench.ours import document
from bench.questions import Record, draw, literals, read_records, write
from search import text
from search.index import fingerprint

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT.parent / "shared" / "data" / "bench" / "news-2022-2024.jsonl.xz"
SAMPLES = ROOT / "corpus"
SOURCES = {"news": "新闻", "sample": "样例文稿"}

# The more populous first; the n-th is drawn 1/n as often as the first, as documents of real corpora are spread.
_REGIONS = (
    "广东 山东 河南 江苏 四川 河北 湖南 浙江 安徽 湖北 广西 云南 江西 辽宁 福建 陕西 "
    "黑龙江 山西 贵州 重庆 吉林 甘肃 内蒙古 新疆 上海 北京 天津 海南 宁夏 青海 西藏"
)
_GENRES = "会议报道 讲话稿 工作报告 通知 交流材料 新闻"
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.S)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    date: str  # 2024-02-21
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with what the engines are built from and asked; characters of all texts."""

    folder: Path
    source: str
    documents: int
    passages: int
    characters: int
    words: int

    @property
    def facts(self) -> dict[str, str]:
        return {
            "语料": SOURCES[self.source],
            "篇数": f"{self.documents:,}",
            "段落数": f"{self.passages:,}",
            "字数": f"{self.characters / 1e4:,.0f} 万",
            "词数": f"{self.words / 1e4:,.0f} 万",
        }


# --- articles ------------------------------------------------------------------------------------------


def articles(count: int, source: str, *, seed: int = 7) -> Iterator[Article]:
    """count of the source's, drawn by lot, and recombined ones when it has no more."""
    chance = random.Random(seed)
    found = _news() if source == "news" else _samples()
    chance.shuffle(found)  # the news stand by date: the first thousand of them are of one year
    yield from found[:count]
    pool = [sentence for one in found for paragraph in one.paragraphs for sentence in _sentences(paragraph)]
    for _ in range(count - len(found)):
        shape, title = chance.choice(found), chance.choice(found).title
        paragraphs = ("".join(chance.choices(pool, k=len(_sentences(one)))) for one in shape.paragraphs)
        yield Article(title, shape.date, tuple(paragraphs))


def _news() -> list[Article]:
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    made = (Article(row["title"].strip(), row["date"], _paragraphs(row["html"])) for row in rows)
    return [one for one in made if one.title and one.paragraphs]


def _paragraphs(page: str) -> tuple[str, ...]:
    found = (html.unescape(_TAG.sub("", inner)).strip() for inner in _PARAGRAPH.findall(page))
    return tuple(one for one in found if one)


def _samples() -> list[Article]:
    # Here, as what is measured in another process is what a server has loaded, and not this.
    from indexer.understand import understand

    files = sorted(file for file in SAMPLES.iterdir() if file.suffix in (".txt", ".md", ".html"))
    return [
        Article(
            one.metadata.title.value,
            f"{one.metadata.date.value.year if one.metadata.date else 2024}-03-01",
            one.paragraphs,
        )
        for file in files
        for one in understand(file, file.name)
    ]


def _sentences(paragraph: str) -> list[str]:
    begins = [*text.sentences(paragraph), len(paragraph)]
    return [paragraph[a:b] for a, b in pairwise(begins)]


# --- as records, with the questions --------------------------------------------------------------------


def prepare(count: int, source: str, place: Path, *, questions: int) -> Corpus:
    """The folder of this corpus under place, made unless it is there; questions: of every kind."""
    folder = place / f"{source}-{count}-{fingerprint.fingerprint()}"
    note = folder / "corpus.json"
    found = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    if found.get("questions") != questions:
        folder.mkdir(parents=True, exist_ok=True)
        made = list(read_records(folder / RECORDS)) if found else records(count, source)
        if not found:
            write(folder / RECORDS, made)
        write(folder / QUESTIONS, draw(made, each=questions))
        write(folder / LITERALS, literals(made, each=max(2, questions // 5)))
        found = {**(found or _measured(made)), "questions": questions}
        note.write_text(json.dumps(found), encoding="utf-8")
    return Corpus(folder, source, found["documents"], found["passages"], found["characters"], found["words"])


def _measured(made: Sequence[Record]) -> dict[str, int]:
    return {
        "documents": len(made),
        "passages": sum(len(document(one).passages) for one in made),
        "characters": sum(len(one.text) for one in made),
        "words": sum(len(one.words) for one in made),
    }


def records(count: int, source: str, *, seed: int = 8) -> list[Record]:
    chance = random.Random(seed)
    text.expect_many()
    return [
        Record(
            id=hashlib.sha256(f"{source} {number}".encode()).hexdigest()[:16],
            title=one.title,
            date=one.date,
            region=_by_lot(chance, _REGIONS.split()),
            genre=_by_lot(chance, _GENRES.split()),
            paragraphs=one.paragraphs,
            words=words((one.title, *one.paragraphs)),
        )
        for number, one in enumerate(articles(count, source))
    ]


def words(pieces: Sequence[str]) -> tuple[str, ...]:
    found = (token.text for piece in pieces for token in text.tokens(text.fold(piece), fine=True))
    return tuple(map(sys.intern, found))  # a million passages have 80 million words, and only 100,000 different ones


def _by_lot(chance: random.Random, values: Sequence[str]) -> str:
    return chance.choices(values, [1 / rank for rank in range(1, len(values) + 1)])[0]


# --- as files ------------------------------------------------------------------------------------------


def write_files(folder: Path, count: int, source: str) -> None:
    """A web page a document, as a bureau's site would have it saved."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(articles(count, source)):
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in one.paragraphs)
        title = html.escape(one.title)
        page = (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
            f"<div class='info'>发布时间：{one.date}</div><div class='content'>{body}</div></body></html>"
        )
        (folder / f"{number:07d}.html").write_text(page, encoding="utf-8")


def default_source() -> str:
    return "news" if NEWS.exists() else "sample"


@click.command(help="写出测量用的语料：每篇一个网页文件，每次都相同。")
@click.option("--documents", default=20_000, show_default=True, help="多少篇")
@click.option("--source", type=click.Choice(list(SOURCES)), default=default_source, help="来源；默认有新闻就用新闻")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到哪个文件夹")
def main(documents: int, source: str, out: Path) -> None:
    write_files(out, documents, source)
    click.echo(f"{out}：{documents} 篇")


if __name__ == "__main__":
    main(prog_name="python bench/corpora.py")
