"""tantivy doing what a page of results asks for: tiers, exact counts, all facets, ten cards with marked passages.

Questions are read, and terms widened, by this project's own code, as tantivy has neither synonyms nor Chinese; all else
is tantivy's, in as few steps as its Python lets it be done. A tier is a query without what the tiers before it found,
which counts it and gives the best of it in one step. A term that is one word is looked for among words, any other
string as a phrase of pairs of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bench.corpora import words
from bench.ours import document
from bench.peers import BEST, Answer
from bench.plain_cards import Card, Text, Ways, marked
from bench.questions import Question, Record
from search import text
from search.index.analysis import analysed
from search.index.schema import LISTED, TITLE_WEIGHT, facet_values
from search.matching import loosening, widening
from search.matching.spans import BOTH, NEITHER, Ends
from search.matching.widening import Widened
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Filter, Query, Term, Without
from search.query.parsing import parse

# Tiers, strictest first, each with the kinds of strings (Widened.strings) that it adds.
TIERS: Mapping[str, tuple[str, ...]] = {
    "literal": ("literal",),
    "synonyms": ("punctuation", "name", "synonym"),
    "words": ("typo",),  # and the words of the term, wherever they are
}
PART = "part"
_SHOWN, _YEARS = 8, 100  # values of a facet; all years, as there is a bar for each
_FACTS = ("title", "date", "region", "genre")
_BLANK = str.maketrans({blank: chr(0xE000 + number) for number, blank in enumerate(" \n\t\r\f\v\u3000\xa0")})
_APART = "\ue0ff"  # no text has it: no phrase goes from the title into the body

Asked = Any  # tantivy.Query; tantivy is not installed where types are checked


class Listed(NamedTuple):
    """What was found: tier -> documents, (tier, address) of the best, the query that finds all of it, the content words
    by which a document is met in part."""

    tiers: dict[str, int]
    best: list[tuple[str, Any]]
    all: Asked
    loose: loosening.Loosened | None


class TieredTantivy:
    """One thread, one segment. cards: with the cards, not only their ids."""

    def __init__(self, folder: Path, *, cards: bool = True) -> None:
        import tantivy

        self._tantivy, self._query, self._occur = tantivy, tantivy.Query, tantivy.Occur
        self._folder, self._with_cards = folder / "tantivy_same", cards
        self.version = f"tantivy {version('tantivy')}"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", index_option="freq", tokenizer_name="blanks")
        builder.add_text_field("pairs", index_option="position", tokenizer_name="blanks")
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title", "date", "folded_title", "body", "folded"):
            builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title_cuts", "cuts"):
            builder.add_bytes_field(name, stored=True, indexed=False)
        for field in LISTED:
            shown = field.name in _FACTS
            builder.add_text_field(field.name, stored=shown, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._counts = {
            field.name: {"terms": {"field": field.name, "size": _YEARS if field.name == "year" else _SHOWN}}
            for field in LISTED
        }

    # --- the index -------------------------------------------------------------------------------------

    def build(self, records: Iterable[Record]) -> None:
        self._folder.mkdir(parents=True)
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        self._register(index)
        writer = index.writer(heap_size=1_500_000_000, num_threads=1)
        for record in records:
            writer.add_document(self._tantivy.Document(**_fields(record)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        index = self._tantivy.Index.open(str(self._folder))
        self._register(index)
        self._searcher = index.searcher()
        text.warm()

    def _register(self, index: Any) -> None:
        blanks = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("blanks", blanks)

    # --- questions -------------------------------------------------------------------------------------

    def ask(self, question: Question) -> Answer:
        query = parse(question.typed)
        listed = self.listed(query)
        facets = self._facets(query, listed.all)
        if self._with_cards:
            ids = tuple(card.id for card in self.cards(query, listed))
        else:
            ids = tuple(self._searcher.doc(address)["id"][0] for _, address in listed.best)
        return Answer(sum(listed.tiers.values()), ids, facets, listed.tiers)

    def listed(self, query: Query) -> Listed:
        filters = [self._filter(one) for one in query.filters]
        tiers, best = dict[str, int](), list[tuple[str, Any]]()
        widest: Asked = None
        for tier in TIERS:
            if widest is None or _widens(query, tier):
                asked = self._clause(query, query.clause, tier)
                found = self._search([asked, *filters], [widest] if widest else [], BEST - len(best))
                tiers[tier] = found.count
                best += [(tier, address) for _, address in found.hits[: BEST - len(best)]]
                widest = asked
        met = tiers["literal"] + tiers.get("synonyms", 0)
        loose = loosening.loosened(query, found=sum(tiers.values()), met=met)
        if loose is None:
            return Listed(tiers, best, widest, None)
        partly = self._joined(
            [(self._occur.Must, self._partly(loose)), *((self._occur.MustNot, one) for one in self._unwanted(query))]
        )
        found = self._search([partly, *filters], [widest], loose.most or BEST)
        tiers[PART] = min(found.count, loose.most or found.count)
        some = [address for _, address in found.hits[: tiers[PART]]]
        best += [(PART, address) for address in some][: BEST - len(best)]
        if loose.most:
            ids = [self._searcher.doc(address)["id"][0] for address in some]
            partly = self._query.const_score_query(self._query.term_set_query(self._schema, "id", ids), 0.0)
        return Listed(tiers, best, self._any([widest, partly]), loose)

    def _search(self, wanted: Sequence[Asked], unwanted: Sequence[Asked], limit: int) -> Any:
        """The best of what fits all that is wanted and nothing unwanted, one at least, and how many do."""
        parts = [(self._occur.Must, one) for one in wanted] + [(self._occur.MustNot, one) for one in unwanted]
        return self._searcher.search(self._joined(parts), max(1, limit), count=True)

    def _facets(self, query: Query, listed: Asked) -> dict[str, dict[str, int]]:
        """Counts a field under all filters but those that choose its values."""
        counted = self._aggregated(listed, query.filters, self._counts)
        for field in {one.facet for one in query.filters}:
            others = clauses.others_than(query.filters, field)
            if len(others) < len(query.filters):
                counted |= self._aggregated(listed, others, {field: self._counts[field]})
        return {name: {one["key"]: one["doc_count"] for one in counted[name]["buckets"]} for name in self._counts}

    def _aggregated(self, listed: Asked, filters: Sequence[Filter], counts: Mapping[str, Any]) -> dict[str, Any]:
        asked = self._all([listed, *map(self._filter, filters)])
        found: dict[str, Any] = self._searcher.aggregate(asked, counts)
        return found

    # --- what is asked of tantivy ------------------------------------------------------------------------

    def _clause(self, query: Query, clause: Clause | None, tier: str) -> Asked:
        if isinstance(clause, Term):
            return self._term(query, clause, tier)
        if isinstance(clause, AllOf):
            wanted = [(self._occur.Must, self._clause(query, part, tier)) for part in _wanted(clause)]
            return self._joined([*wanted, *((self._occur.MustNot, one) for one in self._unwanted(query, clause))])
        if isinstance(clause, AnyOf):
            return self._any([self._clause(query, part, tier) for part in clause.parts])
        raise ValueError(f"no question of the benchmarks has {clause}")

    def _unwanted(self, query: Query, clause: Clause | None = None) -> list[Asked]:
        parts = clauses.parts_of(clause or query.clause)
        return [self._clause(query, clauses.as_typed(one.part), "literal") for one in parts if isinstance(one, Without)]

    def _term(self, query: Query, term: Term, tier: str) -> Asked:
        """Whatever may stand for a term as far as this tier."""
        wide = widening.widened(term, query)
        found = [
            self._string(string, whole)
            for kind in _kinds(tier)
            for string, whole in _each(wide.strings[kind])
            if string
        ]
        if tier == "words" and wide.words:
            found.append(self._all([self._string(word, BOTH) for word in wide.words]))
        return self._any(found)

    def _string(self, string: str, whole: Ends) -> Asked:
        if (whole == BOTH and _is_word(string)) or len(string) == 1:
            return self._one_of("words", string)
        pairs = _pairs(string)
        return (
            self._query.phrase_query(self._schema, "pairs", pairs) if len(pairs) > 1 else self._one_of("pairs", *pairs)
        )

    def _partly(self, loose: loosening.Loosened) -> Asked:
        said = [
            self._any([self._all([self._string(word, BOTH) for word in way]) for way, _ in content.ways])
            for content in loose.words
        ]
        least = max(1, len(said) - loose.may_lack)
        return self._query.boolean_query([(self._occur.Should, one) for one in said], minimum_number_should_match=least)

    def _filter(self, chosen: Filter) -> Asked:
        return self._query.const_score_query(self._one_of(chosen.facet, chosen.value), 0.0)

    def _one_of(self, field: str, value: str) -> Asked:
        return self._query.term_query(self._schema, field, value)

    def _any(self, parts: Sequence[Asked]) -> Asked:
        return self._joined([(self._occur.Should, one) for one in parts])

    def _all(self, parts: Sequence[Asked]) -> Asked:
        return self._joined([(self._occur.Must, one) for one in parts])

    def _joined(self, parts: Sequence[tuple[Any, Asked]]) -> Asked:
        return parts[0][1] if len(parts) == 1 else self._query.boolean_query(parts)

    # --- cards -------------------------------------------------------------------------------------------

    def cards(self, query: Query, listed: Listed) -> list[Card]:
        terms = [_ways(widening.widened(term, query)) for term in clauses.positive_terms(query.clause)]
        said = [[(way, NEITHER) for way, _ in content.ways] for content in (listed.loose.words if listed.loose else ())]
        return [self._card(address, tier, said if tier == PART else terms) for tier, address in listed.best]

    def _card(self, address: Any, tier: str, terms: Sequence[Ways]) -> Card:
        stored = self._searcher.doc(address).get_first
        title = Text(stored("title"), stored("folded_title"), stored("title_cuts"))
        body = Text(stored("body"), stored("folded"), stored("cuts"))
        of_title, passages = marked(title, body, terms)
        facts = {name: stored(name) for name in _FACTS}
        return Card(stored("id"), title.shown, of_title, facts, tier, passages)


def _fields(record: Record) -> dict[str, Any]:
    """A record as it is written. What a title counts for is said by writing it so many times."""
    whole = document(record)
    found, times = analysed(whole), int(TITLE_WEIGHT)
    title, body = text.fold(record.title), text.fold(whole.text)
    own = words([record.title])
    titles = f" {_APART} ".join([" ".join(_pairs(title))] * times)
    return {
        "id": record.id,
        "title": record.title,
        "date": record.date,
        "folded_title": title,
        "body": whole.text,
        "folded": body,
        "title_cuts": found.title_cuts,
        "cuts": found.cuts,
        "words": " ".join([*own * (times - 1), *record.words]),
        "pairs": f"{titles} {_APART} {' '.join(_pairs(body))}",
        **{field.name: list(facet_values(whole, field.name)) for field in LISTED},
    }


def _pairs(folded: str) -> list[str]:
    written = folded.translate(_BLANK)
    return [one + other for one, other in pairwise(written)]


@lru_cache(maxsize=1024)
def _is_word(string: str) -> bool:
    """Whether it is one word of the index, and not several or a part of one."""
    return [token.text for token in text.tokens(string, fine=False)] == [string]


def _kinds(tier: str) -> Iterator[str]:
    """Those of a tier and of the stricter ones."""
    for name, kinds in TIERS.items():
        yield from kinds
        if name == tier:
            return


def _each(strings: tuple[tuple[str, ...], Ends]) -> Iterator[tuple[str, Ends]]:
    return ((string, strings[1]) for string in strings[0])


def _widens(query: Query, tier: str) -> bool:
    """Whether any term may be met in this tier and in no stricter one."""
    wide = [widening.widened(term, query) for term in clauses.positive_terms(query.clause)]
    return any(one.strings[kind][0] for one in wide for kind in TIERS[tier]) or (
        tier == "words" and any(one.words for one in wide)
    )


def _wanted(clause: AllOf) -> list[Clause]:
    return [part for part in clause.parts if not isinstance(part, Without)]


def _ways(wide: Widened) -> Ways:
    return [one for one in (*wide.strings.values(), (wide.words, NEITHER)) if one[0]]
