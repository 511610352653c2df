"""The sentences of a draft looked up in an index, all of them together: a few questions to the engine in all.

Round by round, each for what the rounds before did not settle: the sentence itself; all of its fragments but one, which
also finds what runs over the end of a paragraph; any of its fragments; its rarest words. What an engine says only
chooses documents: whether a sentence stands in one is read in the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from search import text
from search.documents.document import Document
from search.documents.masking import masked
from search.engines import Engine
from search.matching.matches import Matches
from search.query.clauses import AllOf, AnyOf, Clause, Filter, InTitle, Query, Term
from search.quotations import aligning
from search.quotations.aligning import Body, Fragment
from search.quotations.claims import Claim, judged
from search.quotations.comparing import Comparison, compared, words_in
from search.quotations.values import Found
from search.text import personal, sentence_rules

# Documents looked at for a sentence in each round, and those it names besides.
_DOCUMENTS = 4
# Of the characters that say something, so many may differ: else it is another sentence, of which the nearest is shown;
# and so many there, or there is none that is near.
CHANGED, ALIKE = 0.25, 0.6
# So few that no nearer place is looked for.
_CLOSE = 0.12
# Words asked for together, the rarest; two at least, and half of all of a sentence, make a piece the nearest.
_WORDS, _LEAST_WORDS = 6, 2
# Half a character, as JSON may hold: no index can be asked for it.
_HALF = re.compile("[\ud800-\udfff]")
_ORDER = {"same": 0, "form": 1, "punctuation": 2, "changed": 3}


@dataclass(slots=True)
class Sentence:
    """One stretch to look up, without blanks; filled in round by round. quoted: it stood in quotation marks."""

    text: str
    quoted: bool
    claims: tuple[Claim, ...] = ()
    found: Found | None = None
    comparison: Comparison | None = None
    folded: str = ""
    fragments: tuple[Fragment, ...] = field(default_factory=tuple)
    holders: int = 0  # documents in which it stands as it is

    def __post_init__(self) -> None:
        self.folded = _HALF.sub("\ufffd", text.fold(self.text))
        self.fragments = aligning.fragments(self.folded)

    @property
    def words(self) -> int:
        return words_in(self.text)

    @property
    def is_settled(self) -> bool:
        """It stands there, or with so few changes that a nearer place is not to be expected."""
        return self.comparison is not None and self.share <= _CLOSE

    @property
    def share(self) -> float:
        """Of its characters that say something, how many differ."""
        return self.comparison.characters / max(1, self.words) if self.comparison else 1.0


def look_up(engine: Engine, sentences: Sequence[Sentence], whole: Sequence[Sentence] = ()) -> None:
    """Fills in where each stands, or what is nearest to it; of those in whole only whether they stand as they are."""
    bodies: dict[str, Body] = {}
    for sentence, found in _round(engine, [*sentences, *whole], _itself, bodies):
        sentence.holders = found[0].documents
    for clauses in (_all_but_one, _any):
        _round(engine, [one for one in sentences if not one.is_settled], clauses, bodies)
    for sentence in (*sentences, *whole):
        if sentence.found and sentence.comparison and sentence.comparison.likeness in ("same", "form"):
            sentence.found = replace(sentence.found, others=max(0, sentence.holders - 1))
    strange = [one for one in sentences if one.share > CHANGED]
    for sentence in strange:
        sentence.found = _nearest(sentence, bodies)
    _by_words(engine, [one for one in strange if one.found is None], bodies)
    for sentence in (*sentences, *whole):
        sentence.found = sentence.found and _shown(sentence.found)


def _shown(found: Found) -> Found:
    """What was compared whole, as readers see it."""
    document = masked(found.document)
    if document is found.document:
        return found
    around = personal.masked(found.before + found.reading + found.behind)
    begin, end = len(found.before), len(found.before) + len(found.reading)
    return replace(found, document=document, before=around[:begin], reading=around[begin:end], behind=around[end:])


Clauses = Callable[[Sentence], Iterable[Query]]


def _round(
    engine: Engine, sentences: Sequence[Sentence], clauses: Clauses, bodies: dict[str, Body]
) -> list[tuple[Sentence, list[Matches]]]:
    """Each sentence with what the engine answered to its questions; none of which nothing was asked."""
    asked = [[*clauses(sentence)] for sentence in sentences]
    queries = [query for one in asked for query in one]
    answers = engine.find_each(queries, limit=_DOCUMENTS) if queries else []
    _fetch(engine, (match.id for found in answers for match in found.ranked), bodies)
    rest = iter(answers)
    among = [(sentence, [*islice(rest, len(one))]) for sentence, one in zip(sentences, asked, strict=True) if one]
    for sentence, found in among:
        _settle(sentence, found, bodies)
    return among


def _fetch(engine: Engine, ids: Iterable[str], bodies: dict[str, Body]) -> None:
    wanted = [id for id in dict.fromkeys(ids) if id not in bodies]
    bodies |= {id: Body(stored.document) for id, stored in engine.fetch(wanted, whole=True).items()} if wanted else {}


# --- what is asked ---------------------------------------------------------------------------------------


def _query(clause: Clause, filters: tuple[Filter, ...] = ()) -> Query:
    return Query(raw="", text="", clause=clause, filters=filters)


def _term(string: str) -> Term:
    return Term(string, string, quoted=True)


def _itself(sentence: Sentence) -> Iterable[Query]:
    """The sentence; and where its source is claimed, in what is claimed."""
    term = _term(sentence.folded)
    yield _query(term)
    for claim in sentence.claims:
        if claim.kind == "title":
            yield _query(AllOf((term, InTitle(_term(text.fold(claim.value))))))
        if claim.kind == "speaker":
            yield _query(term, (Filter("speaker", claim.value),))


def _all_but_one(sentence: Sentence) -> Iterable[Query]:
    terms = [_term(one.text) for one in sentence.fragments]
    if len(terms) > 2:
        yield _query(AnyOf(tuple(AllOf((*terms[:at], *terms[at + 1 :])) for at in range(len(terms)))))


def _any(sentence: Sentence) -> Iterable[Query]:
    terms = tuple(dict.fromkeys(_term(one.text) for one in sentence.fragments))
    if terms:
        yield _query(AnyOf(terms) if len(terms) > 1 else terms[0])


# --- what stands there -----------------------------------------------------------------------------------


def _settle(sentence: Sentence, answers: Sequence[Matches], bodies: Mapping[str, Body]) -> None:
    """The best of the documents found takes the place of what was found before, where it is better."""
    best: tuple[tuple[object, ...], Found, Comparison] | None = None
    if sentence.found and sentence.comparison:
        best = (_rank(sentence, sentence.comparison, sentence.found), sentence.found, sentence.comparison)
    for number, id in enumerate(dict.fromkeys(match.id for found in answers for match in found.ranked)):
        if (body := bodies.get(id)) and (placed := _placed(sentence, body)):
            found, comparison = placed
            rank = (*_rank(sentence, comparison, found), number)
            if best is None or rank < best[0]:
                best = rank, found, comparison
    if best:
        _, sentence.found, sentence.comparison = best


def _placed(sentence: Sentence, body: Body) -> tuple[Found, Comparison] | None:
    span = aligning.exact(body, sentence.text, sentence.folded)
    span = span or aligning.nearest(body, sentence.folded, sentence.fragments)
    if span is None or span[0] >= span[1]:
        return None
    reading = body.written(span)
    comparison = compared(sentence.text, reading, quoted=sentence.quoted)
    before, behind = body.beside(span)
    found = Found(body.document, *body.passages(span), reading, comparison.other_marks, before=before, behind=behind)
    return found, comparison


def _rank(sentence: Sentence, comparison: Comparison, found: Found) -> tuple[object, ...]:
    """The fewer characters differ the better; of equals what is claimed, whole clauses, own words, the earliest."""
    known = found.document.metadata
    claimed = sum(judged(claim, found.document, "").standing == "right" for claim in sentence.claims)
    date = str(known.date.value) if known.date and not known.date.inferred else "9999"
    is_half = bool(found.before or found.behind)
    return _ORDER[comparison.likeness], comparison.characters, -claimed, is_half, not known.quotable, date


# --- what is nearest -------------------------------------------------------------------------------------


def _nearest(sentence: Sentence, bodies: Mapping[str, Body]) -> Found | None:
    """The whole clauses that share the most with a sentence that stands nowhere; None where that is little."""
    if sentence.found is None or sentence.share > ALIKE:
        return None
    body = bodies[sentence.found.document.id]
    span = aligning.common(body, sentence.fragments)
    if span is None:
        return None
    before, behind = body.beside(span)
    return Found(body.document, *body.passages(span), before + body.written(span) + behind)


def _by_words(engine: Engine, sentences: Sequence[Sentence], bodies: dict[str, Body]) -> None:
    """The piece of a passage that holds most of the words of a sentence of which nothing near stands anywhere."""
    vocabulary = engine.vocabulary()
    asked = []
    for sentence in sentences:
        words = {word for word in text.words(sentence.folded) if len(word) > 1 and word not in text.stopwords()}
        counts = {word: vocabulary.documents_with(word) for word in words}
        rarest = sorted((word for word in words if counts[word]), key=lambda word: (counts[word], word))[:_WORDS]
        if len(rarest) >= max(_LEAST_WORDS, min(_WORDS, len(words) / 2)):
            asked.append((sentence, words, _query(AnyOf(tuple(map(_term, rarest))))))
    answers = engine.find_each([query for *_, query in asked], limit=1) if asked else []
    _fetch(engine, (match.id for found in answers for match in found.ranked), bodies)
    for (sentence, words, _), found in zip(asked, answers, strict=True):
        if found.ranked and (body := bodies.get(found.ranked[0].id)):
            sentence.found = _piece_with(words, body.document)


def _piece_with(words: Collection[str], document: Document) -> Found | None:
    """The piece of a passage that holds the most words, at least half of them."""
    most, best = max(_LEAST_WORDS, len(words) / 2), None
    for passage in document.passages:
        for piece in sentence_rules.COMPARED.findall(passage.text):
            folded = text.fold(piece)
            held = sum(word in folded for word in words)
            if held >= most and (best is None or held > most):
                most, best = held, Found(document, passage.number, passage.number, piece.strip())
    return best
