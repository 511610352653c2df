"""What the benchmarks ask: drawn from the corpus itself, by how many documents hold a word; the same in every run.

Standard library only, because each engine is asked in a process of its own, some under another Python.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

KINDS = {
    "rare": "单词·少见",
    "mid": "单词·一般",
    "common": "单词·常见",
    "and": "两三个词都要",
    "or": "四个词任一",
    "phrase": "引号原话",
    "filter": "单词＋年份",
    "without": "单词－另一词",
}
_HAN = re.compile("[㐀-䶿一-鿿]{2,6}")
_PLAIN = re.compile("[㐀-䶿一-鿿，、0-9]+")  # what a quoted string may hold: no quote ends it, no sign is left out
_LONGEST_PHRASE, _LONGEST_LITERAL = 20, 30  # characters


@dataclass(frozen=True, slots=True)
class Record:
    """One document as every engine gets it: its text, the facts to count by, and its words in reading order.

    words are those of search/text/; the words inside a long word stand before it, as jieba's search mode has them.
    """

    id: str
    title: str
    date: str  # 2024-02-21
    region: str
    genre: str
    paragraphs: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.paragraphs))


@dataclass(frozen=True, slots=True)
class Question:
    """kind is one of KINDS, or literal; typed: as a reader of this project types it; words: what the peers look for.

    or: one of the words; phrase: the words in a row; otherwise all of them, in the year, without the other word.
    """

    kind: str
    typed: str
    words: tuple[str, ...] = ()
    year: str = ""
    without: str = ""


# --- drawing -------------------------------------------------------------------------------------------


def draw(records: Sequence[Record], *, each: int, seed: int = 11) -> tuple[Question, ...]:
    """each questions of every kind."""
    chance = random.Random(seed)
    held = Counter(word for record in records for word in set(record.words) if _HAN.fullmatch(word))
    rare, mid, common = _by_frequency(held, len(records))
    years = sorted({record.year for record in records})
    drawn: list[Question] = []
    for name, words in (("rare", rare), ("mid", mid), ("common", common)):
        drawn += [Question(name, word, (word,)) for word in _some(chance, words, each)]
    drawn += [_all_of(chance, records, {*mid, *common}) for _ in range(each)]
    for _ in range(each):
        four = tuple(chance.sample([*mid, *common], 4))
        drawn.append(Question("or", " OR ".join(four), four))
    drawn += [_phrase(chance, records) for _ in range(each)]
    for _ in range(each):
        word, year = chance.choice([*mid, *common]), chance.choice(years)
        drawn.append(Question("filter", f"{word} 年份:{year}", (word,), year=year))
    for _ in range(each):
        word, other = chance.sample([*mid, *common], 2)
        drawn.append(Question("without", f"{word} -{other}", (word,), without=other))
    return tuple(drawn)


def literals(records: Sequence[Record], *, each: int, seed: int = 12) -> tuple[Question, ...]:
    """Quoted strings of 2 to 30 characters, each of every length, cut anywhere, words or not."""
    chance = random.Random(seed)
    pieces = [piece for record in records for one in record.paragraphs for piece in _PLAIN.findall(one)]
    drawn = []
    for length in range(2, _LONGEST_LITERAL + 1):
        long = [piece for piece in pieces if len(piece) >= length]
        for _ in range(each if long else 0):
            piece = chance.choice(long)
            start = chance.randrange(len(piece) - length + 1)
            drawn.append(Question("literal", f"“{piece[start : start + length]}”", (piece[start : start + length],)))
    return tuple(one for one in drawn if _HAN.search(one.words[0]))


def _by_frequency(held: Counter[str], documents: int) -> tuple[list[str], list[str], list[str]]:
    """Words in 2 documents up to a few in ten thousand; in 0.5 to 7.5 %; in more than 12 %."""
    few = max(10, documents // 650)
    rare = sorted(word for word, count in held.items() if 2 <= count <= few)
    mid = sorted(word for word, count in held.items() if max(few, documents / 200) < count <= documents * 0.075)
    common = sorted(word for word, count in held.items() if count >= documents * 0.12)
    return rare, mid, common


def _some(chance: random.Random, words: list[str], count: int) -> list[str]:
    return chance.sample(words, min(count, len(words)))


def _all_of(chance: random.Random, records: Sequence[Record], words: set[str]) -> Question:
    """Two or three words of one document, so that there is an answer."""
    while True:
        held = sorted(set(chance.choice(records).words) & words)
        count = chance.choice((2, 3))
        if len(held) >= count:
            found = tuple(chance.sample(held, count))
            return Question("and", " ".join(found), found)


def _phrase(chance: random.Random, records: Sequence[Record]) -> Question:
    """Two to six words that stand in a row in some document, quoted: 4 to 20 characters, no word inside another."""
    while True:
        record = chance.choice(records)
        start, count = chance.randrange(len(record.words)), chance.randint(2, 6)
        row = record.words[start : start + count]
        quoted = "".join(row)
        if all(map(_HAN.fullmatch, row)) and 4 <= len(quoted) <= _LONGEST_PHRASE and quoted in record.text:
            return Question("phrase", f"“{quoted}”", row)


# --- on disk -------------------------------------------------------------------------------------------


def write(file: Path, things: Sequence[Record] | Sequence[Question]) -> None:
    lines = (json.dumps(asdict(thing), ensure_ascii=False) for thing in things)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_questions(file: Path) -> tuple[Question, ...]:
    with file.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return tuple(Question(one["kind"], one["typed"], tuple(one["words"]), one["year"], one["without"]) for one in found)


def read_records(file: Path) -> Iterator[Record]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            paragraphs, words = tuple(one["paragraphs"]), tuple(one["words"])
            yield Record(one["id"], one["title"], one["date"], one["region"], one["genre"], paragraphs, words)
