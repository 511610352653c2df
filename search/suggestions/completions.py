"""How what is being typed may go on: words, filters and titles that the index holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import chain

from search import text
from search.engines import Engine
from search.index.vocabulary import FILTERS, EntryKind, Vocabulary
from search.query import parsing
from search.query.addresses import document_address, search_address
from search.query.filters import FIELDS, NAMES
from search.query.scanning import in_quotes
from search.suggestions import slips
from search.suggestions.compounds import compounds
from search.text import pinyin


@dataclass(frozen=True, slots=True)
class Completion:
    """How what is being typed may go on: kind is 词语, 标题, 讲话人, 地区 or 年份; url leads to its results, that of a
    title which one document has to the document.

    documents hold the word, title or name; None where other words stand before it, which nobody has counted together.
    """

    text: str
    kind: str
    documents: int | None
    url: str


_LABELS: dict[EntryKind, str] = {
    "term": "词语",
    "word": "词语",
    "speaker": "讲话人",
    "region": "地区",
    "year": "年份",
    "title": "标题",
}
_WORDS: tuple[EntryKind, ...] = ("term", "word")
# Places that words leave to filters and to titles, which would never be as frequent.
_FOR_FILTERS, _FOR_TITLES = 2, 2
_FIELD = re.compile(
    rf"(.*\s|)(-?)({'|'.join(name for name in FIELDS if FIELDS[name] in FILTERS)})[:：](\S+)", re.I | re.S
)
_BLANK = re.compile(r"\s")
# Documents looked at for the one that has just this title, and not a longer one.
_SAME_TITLE = 5
_OPENING = '"“「『(（-'
# A word of a single document is too often a slip of the document to be offered before it is typed.
_FEWEST_DOCUMENTS = 2


def suggest(engine: Engine, typed: str, limit: int = 8) -> tuple[Completion, ...]:
    """What the last word of typed may become: words by the number of documents, then filters, then titles.

    It may be typed in characters, in pinyin or by initials. What stands before it stays as it is.
    """
    if len(typed) > parsing.MAX_CHARACTERS:
        return ()
    vocabulary = engine.vocabulary()
    if field := _FIELD.fullmatch(typed):
        return _values(vocabulary, field, limit)
    before, last = _last_word(typed)
    found = set(_continuing(vocabulary, last)) if text.has_word(last) else set()
    titles = [] if before else _most_frequent(vocabulary, found, ("title",), last, limit)
    filters = _most_frequent(vocabulary, found, FILTERS, last, limit)
    words = _most_frequent(vocabulary, found, _WORDS, last, limit)
    counted = {vocabulary.texts[entry]: vocabulary.documents[entry] for entry in words}
    if any(vocabulary.kinds[entry] in _WORDS for entry in vocabulary.exactly(last)):
        counted = {**dict(compounds(engine, last)), **counted}
    terms = sorted(counted, key=lambda term: (term != last, -counted[term]))
    terms = terms[: limit - min(len(filters), _FOR_FILTERS) - min(len(titles), _FOR_TITLES)]
    filters = filters[: limit - len(terms) - min(len(titles), _FOR_TITLES)]
    found_words = [_word(before, term, counted[term]) for term in terms]
    offered = (*found_words, *(_completion(vocabulary, entry, before) for entry in [*filters, *titles]))[:limit]
    return _opening(engine, offered)


def _opening(engine: Engine, offered: tuple[Completion, ...]) -> tuple[Completion, ...]:
    """A title that one document has leads to it and not to a list of one; the index is asked twice at most."""
    alone = [one for one in offered if one.kind == _LABELS["title"] and one.documents == 1]
    if not alone:
        return offered
    asked = [parsing.parse(f"标题:{in_quotes(one.text)}") for one in alone]
    ids = dict.fromkeys(id for found in engine.first(asked, limit=_SAME_TITLE) for id in found)
    titles = {stored.document.metadata.title.value: id for id, stored in engine.fetch(list(ids)).items()}
    opened = {one.text: document_address(titles[one.text]) for one in alone if one.text in titles}
    return tuple(replace(one, url=opened[one.text]) if one in alone and one.text in opened else one for one in offered)


def _values(vocabulary: Vocabulary, field: re.Match[str], limit: int) -> tuple[Completion, ...]:
    """How the value of a field may go on: 地区:湖 to 地区:湖北; excluded where the field is."""
    before, minus, label, value = field.groups()
    name = FIELDS[label.lower()]
    found = (e for e in vocabulary.beginning(text.fold_query(value)) if vocabulary.kinds[e] == name)
    best = nlargest(limit, found, key=lambda e: (vocabulary.documents[e], -e))
    wordings = ((e, f"{before}{minus}{label}:{vocabulary.texts[e]}") for e in best)
    return tuple(
        Completion(
            wording,
            NAMES[name],
            None if before.strip() or minus else vocabulary.documents[e],
            search_address(parsing.parse(wording)),
        )
        for e, wording in wordings
    )


def _last_word(typed: str) -> tuple[str, str]:
    """What stands before the word that is being typed, and that word; pinyin may have blanks in it."""
    if key := pinyin.letters(typed.strip()):
        return "", key
    *before, last = _BLANK.split(typed)
    last = last.lstrip(_OPENING)
    return " ".join(filter(None, before)), pinyin.letters(last) or text.fold_query(last)


def _continuing(vocabulary: Vocabulary, last: str) -> Iterable[int]:
    if last.isascii() and last.isalpha():
        found = [*vocabulary.sounding_from(last), *vocabulary.abbreviated_from(last)]
        return found or chain.from_iterable(vocabulary.sounding_from(other) for other, _ in pinyin.near(last))
    found = [*vocabulary.beginning(last), *vocabulary.inside_titles(last)]
    if found:
        return found
    # 养老fuw, or a wrong character out of the input method.
    kept = re.match(r"[^a-z]*", last)[0] if last[-1].isascii() else ""  # type: ignore[index]
    heard = chain.from_iterable(vocabulary.sounding_from(key) for key in slips.heard(vocabulary, last))
    found = [entry for entry in heard if vocabulary.texts[entry].startswith(kept)]
    return found or _with_initials(vocabulary, kept, last[len(kept) :])


def _with_initials(vocabulary: Vocabulary, kept: str, initials: str) -> list[int]:
    """养老fw: what begins with these characters and goes on with characters of these initials."""
    if not kept or not (initials.isascii() and initials.isalpha()):
        return []
    end = len(kept) + len(initials)
    beginning = [entry for entry in vocabulary.beginning(kept) if len(vocabulary.texts[entry]) >= end]
    rests = {entry: vocabulary.texts[entry][len(kept) : end] for entry in beginning}
    ways = pinyin.by_character("".join(rests.values()))
    return [
        entry
        for entry, rest in rests.items()
        if all(
            any(way.startswith(letter) for way in ways.get(char, "").split())
            for char, letter in zip(rest, initials, strict=True)
        )
    ]


def _most_frequent(
    vocabulary: Vocabulary, entries: Iterable[int], kinds: tuple[EntryKind, ...], last: str, limit: int
) -> list[int]:
    own = (entry for entry in entries if vocabulary.kinds[entry] in kinds)
    worth = (e for e in own if vocabulary.kinds[e] != "word" or vocabulary.documents[e] >= _FEWEST_DOCUMENTS)
    return nlargest(limit, worth, key=lambda e: (vocabulary.texts[e] == last, vocabulary.documents[e], -e))


def _completion(vocabulary: Vocabulary, entry: int, before: str) -> Completion:
    shown, kind = vocabulary.texts[entry], vocabulary.kinds[entry]
    documents = None if before else vocabulary.documents[entry]
    if kind in FILTERS:
        query = parsing.parse(before, filters=[(kind, shown)])
        return Completion(shown, _LABELS[kind], documents, search_address(query))
    asked = parsing.parse(f"{before} {in_quotes(shown)}".strip())
    return Completion(f"{before} {shown}".strip(), _LABELS[kind], documents, search_address(asked))


def _word(before: str, term: str, documents: int) -> Completion:
    wording = f"{before} {term}".strip()
    return Completion(wording, _LABELS["term"], None if before else documents, search_address(parsing.parse(wording)))
