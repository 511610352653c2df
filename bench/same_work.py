"""The same work by this engine and on tantivy: python bench/same_work.py

For each question the documents by tier (literal, synonyms, words), how many of each, all facets, ten cards with marked
passages. Corrections, addresses and what else a page of results has are on neither side; a row of their own says what
they add. Beside the questions of searching.py some that have several tiers: words with synonyms, wordings of two words.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import QUESTIONS, RECORDS
from bench.corpora import Corpus, prepare
from bench.installed import machine, pythons
from bench.options import sized, spoken
from bench.questions import KINDS, Question, Record, read_questions, read_records, write
from bench.report import Page, Range, Table, figure, percentile
from bench.searching import Engine, Measured, forget_own, latency_table, measure
from search import text

SAME = Engine("本引擎", "ours_cards", "ours")
TANTIVY_SAME = Engine("tantivy", "tantivy_same", "tantivy_same")
TANTIVY_FOUND = Engine("tantivy，不做卡片", "tantivy_tiers", "tantivy_same")
OURS_FOUND = Engine("本引擎，不做卡片", "ours", "ours")
PAGE = Engine("本引擎，整个检索步骤", "ours_page", "ours")
BESIDE = (OURS_FOUND, TANTIVY_FOUND, PAGE)  # what parts of it, and more than it, take
ASKED = "same_work.jsonl"  # the questions, beside those of searching.py
OWN_KINDS = {"synonym": "有同义词的词", "wording": "两个词连写"}
LABELS = {**KINDS, **OWN_KINDS}
# Ways of finding of this engine (matches.MATCHES) as the tiers of tiered.py.
AS_TIER = {
    "exact": "literal",
    "same_document": "literal",
    "punctuation": "synonyms",
    "synonym": "synonyms",
    "suspected_typo": "words",
    "scattered": "words",
    "partial": "part",
}
_PROCESSES = 3
TIERS = {"literal": "原词", "synonyms": "同义词", "words": "词语分散", "part": "部分词语"}


# --- questions -----------------------------------------------------------------------------------------


def own_questions(records: Sequence[Record], *, each: int, seed: int = 13) -> Iterator[Question]:
    """Words of the corpus that have synonyms, and two words in a row of some document, typed as one."""
    chance = random.Random(seed)
    named = sorted({word for record in records for word in record.words} & text.synonyms().keys())
    yield from (Question("synonym", word, (word,)) for word in chance.sample(named, min(each, len(named))))
    for _ in range(each):
        pair = _pair(chance, records)
        yield Question("wording", "".join(pair), pair)


def _pair(chance: random.Random, records: Sequence[Record]) -> tuple[str, str]:
    while True:
        record = chance.choice(records)
        at = chance.randrange(len(record.words) - 1)
        one, other = record.words[at : at + 2]
        wording = one + other
        if min(len(one), len(other)) > 1 and wording in record.text and text.words(text.fold(wording)) == (one, other):
            return one, other


def asked(corpus: Corpus, each: int) -> tuple[Question, ...]:
    """Those of searching.py and the own ones, written beside the corpus for the processes that ask them."""
    records = tuple(read_records(corpus.folder / RECORDS))
    questions = (*read_questions(corpus.folder / QUESTIONS), *own_questions(records, each=each))
    write(corpus.folder / ASKED, questions)
    return questions


# --- measuring -----------------------------------------------------------------------------------------


def measured(corpus: Corpus, found: list[str], *, times: int) -> tuple[list[Measured], list[str]]:
    """Every engine in so many processes, one engine after the other, of each question the best; and those missing."""
    runs = [measure(corpus, (SAME, TANTIVY_SAME, *BESIDE), found, ASKED) for _ in range(times)]
    _, missing = runs[0]
    return [_best(alike) for alike in zip(*(done for done, _ in runs), strict=True)], missing


def _best(alike: Sequence[Measured]) -> Measured:
    first = tuple(map(min, zip(*(one.asked.first for one in alike), strict=True)))
    best = tuple(map(min, zip(*(one.asked.best for one in alike), strict=True)))
    return replace(alike[0], asked=replace(alike[0].asked, first=first, best=best))


def same_tiers(ours: Mapping[str, int], theirs: Mapping[str, int]) -> dict[str, bool]:
    """Of each tier that either engine found anything in, whether both count as many."""
    mine = dict.fromkeys(TIERS, 0)
    for way, documents in ours.items():
        if way in AS_TIER:
            mine[AS_TIER[way]] += documents
    return {tier: count == theirs.get(tier, 0) for tier, count in mine.items() if count or theirs.get(tier)}


# --- the page ------------------------------------------------------------------------------------------


_WHAT = """每格是 p50 / p95，CPU 毫秒（提问线程），各问取几个进程、几轮中最小的；“第一次问”是进程里头一回遇到这个词。
本引擎记得近来查过的词，问题多了记不下，所以再问时多半还要重新取；tantivy 不记。
“不做卡片”两行只要前十篇的编号，tantivy 为此也要取出整篇。

- **两边都做**：把问题读成词，按词表加上同义词；按原词、同义词、词语分散分档，不够十篇时再加部分词语，各档的准确篇数；
  八个分面（和省以下的地名）的篇数，选了年份的，年份按不选时计；前十篇各一张卡片：题名、日期、地区、文种，
  至多五段，标出命中的字，两端不在词的边上的不标。
- **tantivy 怎样做**：词和字对各一个字段，题名写三遍（本引擎题名的权重是 3）；单个的词查词，其余查字对的短语；
  一档一次查询，减去前面各档；分面用 terms 聚合；文稿存在它的库里，段落和标记由几十行 Python 按位置做
  （`bench/plain_cards.py`）：它自己的 SnippetGenerator 一篇只给一段，不认短语。它没有同义词和中文分词，
  读问题、加同义词、切词用的是本项目的代码。
- **本引擎还多做**：数处数；数碰巧跨在别的词里的篇数；词语分散要在同一段里；部分词语按稀有度取舍；
  按最好的一段加分；折叠相近版本；卡片上有得分的理由、在提纲里的位置、是不是引用别人的话、地址和各种标签。
- **两边都不做**：纠错、换标点再找、分面的链接；“整个检索步骤”一行把这些都算进去。"""


def ratio_table(done: Mapping[str, Measured]) -> Table:
    rows = []
    for label, own, other in (
        ("同样的事", SAME, TANTIVY_SAME),
        ("不做卡片", OURS_FOUND, TANTIVY_FOUND),
    ):
        mine, theirs = done[own.name], done[other.name]
        shares = (figure(ratio(mine, theirs, share)) for share in (0.5, 0.95, 0.99))
        first = (figure(ratio(mine, theirs, share, first=True)) for share in (0.5, 0.95))
        rows.append((label, *(f"{one} 倍" for one in (*shares, *first))))
    heads = ("", "p50", "p95", "p99", "第一次问 p50", "第一次问 p95")
    return Table("本引擎的时间 ÷ tantivy 的时间", heads, tuple(rows))


def ratio(own: Measured, other: Measured, share: float, *, first: bool = False) -> float:
    mine, theirs = (percentile(one.asked.first if first else one.asked.best, share) for one in (own, other))
    return mine / theirs


def agreement_table(own: Measured, other: Measured, questions: Sequence[Question]) -> Table:
    found = [same_tiers(*pair) for pair in zip(own.asked.tiers, other.asked.tiers, strict=True)]
    rows = []
    for kind, label in LABELS.items():
        of_kind = [same for same, question in zip(found, questions, strict=True) if question.kind == kind]
        if of_kind:
            rows.append((label, *(_share([same[tier] for same in of_kind if tier in same]) for tier in TIERS)))
    rows.append(("全部", *(_share([same[tier] for same in found if tier in same]) for tier in TIERS)))
    return Table(
        "各档篇数相同的问题",
        ("问题", *TIERS.values()),
        tuple(rows),
        "只数至少一边在这一档里找到了文稿的问题。原词一档应当大多相同：不同的是切法因上下文而异的词（本引擎按字找，"
        "再看两端是不是词的边；tantivy 要切成这个词才算）和带数字的写法（找“一个”也找“1个”，tantivy 把“11个”也算上）；"
        "词语分散在 tantivy 里是同一篇，在本引擎里是同一段，所以多半不同，部分词语随之不同。",
    )


def _share(same: Sequence[bool]) -> str:
    return f"{sum(same)} / {len(same)}" if same else "—"


def described(corpus: Corpus, found: list[str], command: str, *, each: int, times: int) -> Page:
    questions = asked(corpus, each)
    done, missing = measured(corpus, found, times=times)
    by_name = {one.engine.name: one for one in done}
    both = TANTIVY_SAME.name in by_name
    pair = (by_name[SAME.name], by_name[TANTIVY_SAME.name]) if both else None
    return Page(
        name="same_work",
        title=f"同样的事：{corpus.documents:,} 篇，本引擎与 tantivy",
        command=command,
        facts={
            **machine(),
            **corpus.facts,
            "问题": f"{len(questions)} 个",
            "进程": f"各 {times} 个，取最小",
            "版本": "、".join(dict.fromkeys(one.asked.version for one in done)),
        },
        tables=(
            latency_table(done, missing, questions, "分档、准确篇数、八个分面、十张卡片", _WHAT, labels=LABELS),
            *((ratio_table(by_name), agreement_table(*pair, questions)) if pair else ()),
        ),
        picture=(
            "每个问题的 CPU 毫秒，p50 → p95",
            tuple(
                Range(label, percentile(times, 0.5), percentile(times, 0.95), own=one.engine.own)
                for one in done
                for label, times in [(one.engine.label, one.asked.best)]
            ),
        ),
        raw={
            "kinds": [one.kind for one in questions],
            **{
                one.engine.label: {
                    "first_ms": [round(ms, 3) for ms in one.asked.first],
                    "ms": [round(ms, 3) for ms in one.asked.best],
                    "tiers": one.asked.tiers,
                }
                for one in done
            },
        },
        goals={"same_work_p95": ratio(*pair, 0.95)} if pair else {},
    )


@click.command(
    help="与 tantivy 做同样的事（分档、篇数、分面、卡片），同机同题比较，写出 docs/performance/same_work.md。"
)
@sized
@click.option("--processes", "times", default=_PROCESSES, show_default=True, help="每个引擎问几个进程，取最小")
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
def main(documents: int, source: str, questions: int, work: Path, out: Path, times: int, fresh: bool) -> None:
    corpus = prepare(documents, source, work, questions=questions)
    if fresh:
        forget_own(corpus.folder)
    command = spoken("same_work.py", corpus, questions) + (f" --processes {times}" if times != _PROCESSES else "")
    page = described(corpus, pythons(work, peers=True), command, each=questions, times=times)
    click.echo(f"已写入 {report.write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/same_work.py")
