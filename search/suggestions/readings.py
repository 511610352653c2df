"""Other readings of a query whose words nothing holds as they were typed: a name with a title, a region, a day, a
quotation with a question behind it. Each says in a sentence what was done."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from search import text
from search.documents import regions
from search.engines import Engine
from search.query import clauses, forms, read_back
from search.query.clauses import AllOf, AnyOf, Clause, Filter, Query, Term
from search.query.filters import NAMES, filter_of, regions_of
from search.text import document_numbers

# How people are called: 李丽厅长, 王小明同志, 陆部长.
_TITLE = re.compile(
    r"([\u4e00-\u9fff·]{1,8}?)"
    r"(?:同志|先生|女士|老师|(?:副|常务副|党组)?(?:书记|[部省厅司局处科市区县州镇乡村会校院所站社]长|主任|主席|秘书长|理事长|巡视员|调研员))"
)
_LONGEST_NAME = 4  # characters of a name without a dot, with a surname of two


@dataclass(frozen=True, slots=True)
class Reading:
    """Another query for the same wish, and what is said of it."""

    query: Query
    note: str


def readings(engine: Engine, query: Query) -> Iterator[Reading]:
    """The readings that there are, the closest to what was typed first; none of them has been asked yet."""
    for read in (_names, _facts, _abbreviations, _question):
        if other := read(engine, query):
            clause = other.query.clause
            yield dataclasses.replace(
                other, query=dataclasses.replace(other.query, text=forms.written(clause) if clause else "")
            )


def without_unknown(engine: Engine, query: Query) -> Reading | None:
    """The query without the terms that no document has in any way, so that one of them does not empty the answer."""
    parts = clauses.parts_of(query.clause)
    plain = [part for part in parts if isinstance(part, Term) and not part.quoted]
    if query.clause is None or len(parts) < 2 or not plain:
        return None
    alone = [dataclasses.replace(query, clause=term, filters=(), sort="relevance", page=1) for term in plain]
    unknown = [term for term, number in zip(plain, engine.count(alone), strict=True) if not number]
    rest = clauses.replaced(query.clause, dict.fromkeys(unknown)) if unknown else None
    if rest is None or text.stopwords().issuperset(term.text for term in clauses.positive_terms(rest)):
        return None
    said = "、".join(f"“{term.shown}”" for term in unknown)
    meant = dataclasses.replace(query, clause=rest, text=forms.written(rest))
    return Reading(meant, f"{said}在所有文献里一处也没有，没有用来检索。")


def without_search_words(query: Query, *, apart: bool) -> Reading | None:
    """The query without the words by which people say how they look: 最新, 提法.

    apart: those alone that are terms of their own (最新 儿童福利); else at the ends of one, too (最新儿童福利提法).
    """
    parts = clauses.parts_of(query.clause) if isinstance(query.clause, Term | AllOf) else ()
    plain = [part for part in parts if isinstance(part, Term) and not part.quoted]
    left = {term: _looked_for(term.text) for term in plain}
    left = {term: rest for term, rest in left.items() if rest != term.text and not (rest and apart)}
    changed = {term: Term(rest, rest) if rest else None for term, rest in left.items()}
    rest = clauses.replaced(query.clause, changed) if query.clause and left else None
    if rest is None or text.stopwords().issuperset(term.text for term in clauses.positive_terms(rest)):
        return None
    said = "、".join(f"“{term.shown}”中的“{one}”" if one else f"“{term.shown}”" for term, one in left.items())
    note = f"{said}按要找的话检索，其余是说怎么找的" if all(left.values()) else f"{said}是说怎么找的，没有当作检索词"
    if any(left.values()) and not all(left.values()):
        note = f"{said}里说怎么找的词，没有当作检索词"
    meant = dataclasses.replace(query, clause=rest, text=forms.written(rest))
    return Reading(meant, f"{note}；要它也出现，请加引号。")


def _looked_for(term: str) -> str:
    """A term without such words at its ends; as it is where fewer than two characters would be left of it."""
    words = text.search_words()
    begin = found.end() if (found := words.match(term)) else 0
    end = next((one.start() for one in words.finditer(term, begin) if one.end() == len(term)), len(term))
    rest = term[begin:end]
    return rest if len(rest) > 1 or not rest else term


def _names(engine: Engine, query: Query) -> Reading | None:
    """Names that were typed with a title, without it."""
    called = {term: name for term in _plain(query) if (name := _name_in(engine, term))}
    if not called or not query.clause:
        return None
    clause = clauses.replaced(query.clause, {term: Term(name, name) for term, name in called.items()})
    said = "、".join(f"“{term.shown}”按姓名“{name}”" for term, name in called.items())
    return Reading(dataclasses.replace(query, clause=clause), f"{read_back.none(query)}原样这样写，{said}检索。")


def _name_in(engine: Engine, term: Term) -> str:
    """The name in a term that is a name with a title; of a surname alone the one speaker who bears it."""
    found = _TITLE.fullmatch(term.text)
    if not found:
        return ""
    name = found[1]
    known = _speakers(engine, name)
    if name in known:
        return name
    if len(name) == 1 or name in text.surnames("compound"):
        return known[0] if len(known) == 1 else ""
    surnames = text.surnames("frequent", "other", "compound")
    return name if len(name) <= _LONGEST_NAME and name.startswith(surnames) else ""


def _speakers(engine: Engine, beginning: str) -> list[str]:
    vocabulary = engine.vocabulary()
    return [vocabulary.texts[e] for e in vocabulary.beginning(beginning) if vocabulary.kinds[e] == "speaker"]


def _facts(engine: Engine, query: Query) -> Reading | None:
    """Terms that name a region, a speaker or a day, as filters: what the card of a document says is found."""
    if isinstance(query.clause, Term | AllOf):
        chosen = {term: facts for term in _plain(query) if (facts := _told(term) or facts_of(engine, term))}
        if chosen and query.clause:
            said = "、".join(
                f"“{term.shown}”按{NAMES[facts[0].field]}“{'或'.join(one.said for one in facts)}”"
                for term, facts in chosen.items()
            )
            clause = clauses.replaced(query.clause, dict.fromkeys(chosen))
            if clause is None or clauses.positive_terms(clause):
                filters = tuple(dict.fromkeys((*query.filters, *chain.from_iterable(chosen.values()))))
                other = dataclasses.replace(query, clause=clause, filters=filters)
                return Reading(other, f"{read_back.none(query)}原文这样写，{said}筛选。")
    return None


def _told(term: Term) -> tuple[Filter, ...]:
    """The number of a paper, the years or the day that a term is."""
    if number := document_numbers.number_of(term.text):
        return (Filter("number", number),)
    if (years := filter_of("year", term.text)).typed:
        return (years,)  # 近三年, 去年
    day = filter_of("date", term.text)
    return (day,) if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", day.value) else ()


def facts_of(engine: Engine, term: Term) -> tuple[Filter, ...]:
    """The region, the places or the speaker that a term names, of those that documents have; of places, whose names
    the vocabulary does not hold, any that there are."""
    places, speaker = regions_of(term.text), Filter("speaker", _name_in(engine, term) or term.text)
    for fact in (places[0], speaker):
        if _is_held(engine, fact):
            return (fact,)
    return tuple(one for one in places if one.facet == "place")


def own_places(engine: Engine, query: Query) -> Reading | None:
    """The query with each region that no table knows as the places of that name that documents are from."""
    asked = [one for one in query.filters if one.facet == "region" and not regions.province(one.value)]
    unknown = [one for one in asked if not _is_held(engine, one)]
    if not unknown:
        return None
    everything = dataclasses.replace(query, clause=None, filters=(), way="", page=1)
    paths = [path for path, _ in engine.find(everything, limit=0, offset=0).facets["place"]]
    meant = {one: _of_name(one, paths) for one in unknown}
    if not any(meant.values()):
        return None
    chosen = tuple(dict.fromkeys(chain.from_iterable(meant.get(one) or (one,) for one in query.filters)))
    said = "；".join(
        f"“{one.value}”不在区划表里，按文献自己写的“{'”“'.join(regions.shown(other.value) for other in others)}”筛选"
        for one, others in meant.items()
        if others
    )
    return Reading(dataclasses.replace(query, filters=chosen), f"{said}。")


def _of_name(chosen: Filter, paths: Sequence[str]) -> tuple[Filter, ...]:
    named = [path for path in paths if regions_of(path.rpartition(regions.BELOW)[2])[0].value == chosen.value]
    return tuple(dataclasses.replace(chosen, value=path, typed="") for path in named)


def _is_held(engine: Engine, fact: Filter) -> bool:
    """Whether a document has the value."""
    vocabulary = engine.vocabulary()
    return any(vocabulary.kinds[e] == fact.field for e in vocabulary.exactly(text.fold(fact.value)))


def _abbreviations(engine: Engine, query: Query) -> Reading | None:
    """Terms that are no words, as the known terms of which they are made of the first characters: 殡改, 殡葬改革."""
    meant = {term: full for term in _plain(query) if (full := _abbreviated(engine, term.text))}
    if not meant or not query.clause:
        return None
    clause = clauses.replaced(query.clause, {term: Term(full, full) for term, full in meant.items()})
    said = "、".join(f"“{term.shown}”可能是“{full}”的简称" for term, full in meant.items())
    note = f"{read_back.none(query)}这样写；{said}，以下是后者的结果。"
    return Reading(dataclasses.replace(query, clause=clause), note)


def _abbreviated(engine: Engine, short: str) -> str:
    """The known term in most documents whose words begin with these characters, its first and last among them."""
    if not 2 <= len(short) <= 4 or text.known(short):
        return ""
    vocabulary = engine.vocabulary()
    # Only what begins with its first character is taken apart: all terms of the lexicon would take a fifth of a second.
    begun = (term for term in text.lexicon_terms() if term[0] == short[0] and short[-1] in term[1:])
    held = {
        term: vocabulary.documents_with(term)
        for term in begun
        if (words := _words(term))[-1][0] == short[-1] and len(words) > 1 and _is_made_of(short, words)
    }
    best = max(held, key=lambda term: (held[term], -len(term)), default="")
    return best if best and held[best] else ""


def _is_made_of(short: str, words: tuple[str, ...]) -> bool:
    """Whether the characters begin words of the term, in their order."""
    initials = iter(word[0] for word in words)
    return all(char in initials for char in short)


def _words(term: str) -> tuple[str, ...]:
    return text.parts(term) or text.words(term)


def _question(engine: Engine, query: Query) -> Reading | None:
    """“灶台”怎么办: what is quoted must be there; the other words of the question only say what stands first."""
    parts = clauses.parts_of(query.clause)
    quoted = tuple(part for part in parts if isinstance(part, Term) and part.quoted)
    asked = [part for part in parts if isinstance(part, Term) and not part.quoted]
    if not quoted or len(quoted) + len(asked) < len(parts) or not any(map(_asks, asked)):
        return None
    left = [text.question_words().sub(" ", term.text) for term in asked]
    words = [Term(word, word) for one in left for word in text.words(one) if len(word) > 1]
    must: Clause = quoted[0] if len(quoted) == 1 else AllOf(quoted)
    clause = AnyOf((must, *(AllOf((*quoted, word)) for word in words))) if words else must
    note = "引号里的字必须有，问句里其余的词只用来排序。"
    return Reading(dataclasses.replace(query, clause=clause), note)


def _asks(term: Term) -> bool:
    return text.question_words().search(term.text) is not None


def _plain(query: Query) -> list[Term]:
    return [term for term in clauses.positive_terms(query.clause) if not term.quoted]
