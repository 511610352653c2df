"""How two versions of a text differ, by sentences and the characters in them, for a page that shows both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from search import text
from search.documents.document import Document, Span
from search.text import sentence_rules

ChangeKind = Literal["same", "changed", "only_one", "only_other"]

# Sentences of the same place that share less than half their characters are not the same sentence changed.
_KINDRED = 0.5
# How far ahead the counterpart of a sentence is looked for, and the longest sentence that is compared by characters:
# both keep two long texts that have nothing in common under a second.
_AHEAD = 8
_LONGEST = 2000
# Pairs of equal things, one here and one there: aligning looks at all of them, which 4,000 times the same sentence on
# either side made 16 million and four seconds. A report has some thousands. Beyond, what is frequent aligns nothing.
_MOST_PAIRS = 200_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence in reading order. one, other: as it stands in either text, empty where it is missing.

    one_marks and other_marks: half-open offsets of the characters that differ; none unless kind is changed. Sentences
    that differ only in width, script or variant characters are the same.
    """

    kind: ChangeKind
    one: str
    other: str
    one_marks: tuple[Span, ...] = ()
    other_marks: tuple[Span, ...] = ()


def differences(one: Document, other: Document) -> tuple[Difference, ...]:
    """Every sentence of both documents, aligned. Joined, the sentences of either side are its paragraphs."""
    here, there = (_sentences(document) for document in (one, other))
    matcher = _matcher([text.fold(s) for s in here], [text.fold(s) for s in there])
    found: list[Difference] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [Difference("same", x, y) for x, y in zip(here[a:b], there[c:d], strict=True)]
        else:
            found += _replaced(here[a:b], there[c:d])
    return tuple(found)


def _matcher(one: Sequence[Hashable], other: Sequence[Hashable]) -> SequenceMatcher[Hashable]:
    here, there = Counter(one), Counter(other)
    pairs = sum(count * there[each] for each, count in here.items())
    return SequenceMatcher(None, one, other, autojunk=pairs > _MOST_PAIRS)


def _sentences(document: Document) -> list[str]:
    return [sentence for paragraph in document.paragraphs for sentence in sentence_rules.COMPARED.findall(paragraph)]


def _replaced(here: Sequence[str], there: Sequence[str]) -> Iterator[Difference]:
    """Sentences that stand in each other's place: pairs in order that resemble each other, the others alone."""
    at = 0
    for sentence in here:
        best = next((n for n in range(at, min(at + _AHEAD, len(there))) if _kindred(sentence, there[n])), None)
        if best is None:
            yield Difference("only_one", sentence, "")
            continue
        yield from (Difference("only_other", "", skipped) for skipped in there[at:best])
        yield _changed(sentence, there[best])  # same where what is frequent aligned nothing
        at = best + 1
    yield from (Difference("only_other", "", sentence) for sentence in there[at:])


def _kindred(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    matcher = _matcher(text.fold(one), text.fold(other))
    return matcher.real_quick_ratio() >= _KINDRED and matcher.quick_ratio() >= _KINDRED and matcher.ratio() >= _KINDRED


def _changed(one: str, other: str) -> Difference:
    matcher = _matcher(text.fold(one), text.fold(other))
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return Difference(
        "changed" if text.fold(one) != text.fold(other) else "same",
        one,
        other,
        tuple((a, b) for _, a, b, _, _ in changes if b > a),
        tuple((c, d) for _, _, _, c, d in changes if d > c),
    )
