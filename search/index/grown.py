"""A vocabulary with what further documents hold: as vocabulary_changes.made() makes it of all, from those alone.

Of ten documents more on 9,000, to count 70,000 words again and to look at each entry took .3 s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from search.index.aloud import HERE, Reading
from search.index.vocabulary import EntryKind, Vocabulary
from search.index.vocabulary_changes import MAX_WORDS, changed, folded_of, others_among, words_among


def grown(
    known: Vocabulary,
    more: Mapping[EntryKind, Mapping[str, int]],
    terms: Collection[str],
    total: Callable[[str], int],
    reading: Reading = HERE,
) -> Vocabulary | None:
    """None where a word that was one becomes a term, and all has to be counted.

    known: made of all but the documents that come. more: for each kind, text -> how many of those hold it. terms: all
    of the lexicon that any document holds. total: how many of all documents hold a word.
    """
    if any(_place(known, term, "word") is not None for term in more.get("term", {})):
        return None
    documents, coming = known.documents[:], dict[tuple[str, EntryKind], int]()
    for shown, kind, number in _entries(more, terms):
        place = _place(known, shown, kind)
        if place is None:
            coming[shown, kind] = number
        else:
            documents[place] += number
    words = known.kinds.count("word")
    fresh = [shown for shown, kind in coming if kind == "word"]
    if words >= MAX_WORDS:  # others were left out, and each that comes may be one of them
        coming |= {(word, "word"): total(word) for word in fresh}
    if (over := words + len(fresh) - MAX_WORDS) > 0:
        numbers = {place: number for place, number in enumerate(documents) if known.kinds[place] == "word"}
        for word, place in _rarest(known, numbers, {word: coming[word, "word"] for word in fresh}, over):
            if place is None:
                del coming[word, "word"]
            else:
                documents[place] = 0
    return changed(known, documents, coming, reading)


def _entries(
    more: Mapping[EntryKind, Mapping[str, int]], terms: Collection[str]
) -> Iterator[tuple[str, EntryKind, int]]:
    held = more.get("word", {})
    yield from ((word, "word", held[word]) for word in words_among(held, terms))
    yield from others_among(more)


def _place(known: Vocabulary, shown: str, kind: EntryKind) -> int | None:
    """Of an entry; None where there is none of this text and kind."""
    folded, *_ = folded_of((shown, kind))
    entries = known.exactly(folded)
    return next((one for one in entries if known.kinds[one] == kind and known.texts[one] == shown), None)


def _rarest(
    known: Vocabulary, there: Mapping[int, int], fresh: Mapping[str, int], number: int
) -> Iterable[tuple[str, int | None]]:
    """So many words, each with its place or None for one that comes: those that come last where the frequent come
    first, and of equals those that are ordered first. there: place -> documents; fresh: word -> documents."""
    often = Counter((*there.values(), *fresh.values()))
    limit, rare = 0, 0
    for limit in sorted(often):  # below it all are looked at; most occur once
        rare += often[limit]
        if rare >= number:
            break
    held = [(known.texts[place], documents, place) for place, documents in there.items() if documents <= limit]
    come = [(word, documents, None) for word, documents in fresh.items() if documents <= limit]
    last = sorted([*held, *come], key=lambda one: (-one[1], one[0]))[-number:]
    return [(word, place) for word, _, place in last]
