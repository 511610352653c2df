"""What a typed term may be a slip of: the words of a vocabulary that sound like it, look like it or are one slip away.

Pure functions of a vocabulary and a term; whether a correction is worth offering is decided in corrections.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, product
from string import ascii_lowercase

from search import text
from search.index.vocabulary import EntryKind, Vocabulary
from search.text import pinyin

# Candidates given for a term: asking the engine for each is the dear part.
MOST = 6
# Longer terms are sentences; their words are looked for one by one anyway.
_LONGEST = 16
_LONGEST_WORD = 8
# Ways to read a typed term that are tried: four characters of two readings each.
_READINGS = 16
# Letters of pinyin before one of them is doubted, and words that are taken apart when typed without blanks.
_FEWEST_LETTERS, _MOST_WORDS = 6, 4
_LONGEST_SOUND = 6 * _LONGEST_WORD

# How far a word is from what was typed. Sounds first: staff type by pinyin, so most slips are homophones (476 of the
# 714 one-character slips in lexicon/typos.tsv); then looks (238); then any other single slip.
_SAME_SOUND, _NEAR_SOUND, _SAME_LOOK = 0.5, 1.0, 1.0
_SWAPPED, _ONE_MORE_OR_LESS, _OTHER_CHARACTER = 1.25, 1.75, 2.0
_INITIALS, _MISTYPED = 1.5, 1.5
_RUN_TOGETHER = 0.4  # words that no entry holds together
_EACH_CHARACTER = 0.25  # for every character that changes
_AS_GOOD = 0.75  # candidates farther than that from the closest one are not worth showing beside it
_LEXICON = -0.3  # a term of the trade is likelier than any other word
# Covering a long term with words: what each word costs, and each character that is left alone.
_PIECE, _ALONE = 0.2, 1.0

_WORDS: tuple[EntryKind, ...] = ("term", "word")
# Names are taken for their sound only: any other slip in a name makes another name.
_HEARD: tuple[EntryKind, ...] = (*_WORDS, "speaker", "region")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been meant. distance 0: nothing else can have been; documents 0: not a single entry.

    reason: pinyin when letters were typed, else spelling. sure: no other word fits those letters as well.
    """

    text: str
    distance: float
    documents: int
    reason: str
    sure: bool = True

    @property
    def rank(self) -> tuple[float, int, str]:
        return self.distance, -self.documents, self.text


def candidates(vocabulary: Vocabulary, typed: str) -> tuple[Candidate, ...]:
    """What a folded term, or letters of pinyin with blanks in them, may stand for: the closest first."""
    found = _by_letters(vocabulary, typed) if pinyin.letters(typed) else _by_characters(vocabulary, typed)
    best: dict[str, Candidate] = {}
    for one in sorted(found, key=lambda one: one.rank):
        if one.text != typed:
            best.setdefault(one.text, one)
    closest = next((one.distance for one in best.values()), 0.0)
    return tuple(islice((one for one in best.values() if one.distance <= closest + _AS_GOOD), MOST))


def is_name(folded: str) -> bool:
    """Whether a term looks like a person's name, which nobody but its bearer can spell.

    By the frequent surnames alone, where indexer/articles/names.py takes all: in a text the words around a name tell
    that it is one (记者 全某), while 全面 and 和谐 that are typed are words.
    """
    return 2 <= len(folded) <= 3 and folded[0] in text.surnames("frequent")


def _by_letters(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    """What pinyin or initials may stand for; the looser ways only when the stricter ones give nothing."""
    key = pinyin.letters(typed)
    if len(key) < 2:
        return []
    found = _entries(vocabulary, vocabulary.sounding(key), 0.0, "pinyin", kinds=_HEARD)
    if not found:
        found = [*_one_by_one(vocabulary, typed), *_run_together(vocabulary, key)]
        for other, slips in vocabulary.may_sound(pinyin.near(key)):
            near = vocabulary.sounding(other)
            found += _entries(vocabulary, near, _NEAR_SOUND * slips / 2, "pinyin", kinds=_HEARD)
        if len(key) >= _FEWEST_LETTERS:
            others = chain.from_iterable(vocabulary.sounding(other) for other in set(pinyin.mistyped(key)))
            found += _entries(vocabulary, others, _MISTYPED, "pinyin")
    return found or _by_initials(vocabulary, key)


def _by_initials(vocabulary: Vocabulary, key: str) -> list[Candidate]:
    """Sure only when it is three letters or more, and one term of the lexicon stands out; WTO is no Chinese."""
    found = _entries(vocabulary, vocabulary.abbreviated(key), _INITIALS, "pinyin", kinds=_HEARD)
    found.sort(key=lambda one: one.rank)
    terms = [one.documents for one in found if one.distance < _INITIALS]
    sure = len(key) > 2 and bool(terms) and all(2 * documents <= terms[0] for documents in terms[1:])
    return [replace(one, sure=sure) for one in found]


def _one_by_one(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    """dibao biaozhun → 低保 标准."""
    words = [_likeliest(vocabulary, vocabulary.sounding(pinyin.letters(part))) for part in typed.split()]
    return [Candidate(" ".join(words), _PIECE, 0, "pinyin")] if len(words) > 1 and all(words) else []


def _run_together(vocabulary: Vocabulary, key: str) -> list[Candidate]:
    """dibaobiaozhun → 低保标准, or else 低保 标准; as few words as can be."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(key) + 1):
        ways = [
            (*before, word)
            for start in range(max(0, end - _LONGEST_SOUND), end - 1)
            if (before := best[start]) is not None and len(before) < _MOST_WORDS
            if (word := _likeliest(vocabulary, vocabulary.sounding(key[start:end])))
        ]
        best.append(min(ways, key=len, default=None))
    words = best[-1] or ()
    distance = _RUN_TOGETHER + _PIECE * len(words)
    # What stands nowhere together was probably not meant at all, so apart is as far as another slip.
    both = [
        Candidate("".join(words), distance, 0, "pinyin"),
        Candidate(" ".join(words), distance + _NEAR_SOUND, 0, "pinyin"),
    ]
    return both if words else []


def _likeliest(vocabulary: Vocabulary, entries: Iterable[int]) -> str:
    found = _entries(vocabulary, entries, 0.0, "pinyin", kinds=_HEARD)
    return min(found, key=lambda one: one.rank).text if found else ""


def _by_characters(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    if not 2 <= len(typed) <= _LONGEST:
        return []
    if not typed.isascii() and typed[-1].isascii():
        return _half_typed(vocabulary, typed)
    found = [*_slips(typed), *_alike(vocabulary, typed)]
    if len(typed) > 2:
        found += _edited(vocabulary, typed)
    if len(typed) > 2 and (mended := _mended(vocabulary, typed)):
        found.append(mended)
    return found


def _half_typed(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    """福利caipiao, left over from an input method."""
    written = typed.rstrip(ascii_lowercase)
    entries = (entry for key in heard(vocabulary, typed) for entry in vocabulary.sounding(key))
    own = (entry for entry in entries if vocabulary.texts[entry].startswith(written))
    return _entries(vocabulary, own, 0.0, "pinyin", kinds=_HEARD)


def _slips(typed: str) -> Iterator[Candidate]:
    """Writings that are known to be slips: lexicon/typos.tsv."""
    for right, wrong in text.typos_with(typed, right=False):
        yield Candidate(typed.replace(wrong, right), 0.0, 0, "spelling")


def _alike(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    """What sounds the same or nearly so, and what looks the same but for one character."""
    found: list[Candidate] = []
    for key in heard(vocabulary, typed):
        found += _entries(vocabulary, vocabulary.sounding(key), _SAME_SOUND, "spelling", typed=typed, kinds=_HEARD)
        for other, slips in vocabulary.may_sound(pinyin.near(key, most=min(2, len(typed) - 1))):
            near = _entries(vocabulary, vocabulary.sounding(other), _NEAR_SOUND * slips, "spelling", typed=typed)
            # Two characters sound nearly like very many words, so one of them has to be right.
            found += [one for one in near if len(typed) > 2 or _differing(typed, one.text) == 1]
    for at, char in enumerate(typed):
        for look in _lookalikes().get(char, ""):
            other = typed[:at] + look + typed[at + 1 :]
            found += _entries(vocabulary, vocabulary.exactly(other), _SAME_LOOK, "spelling", typed=typed)
    return found


def heard(vocabulary: Vocabulary, typed: str) -> Iterator[str]:
    """How a typed term may sound; letters in it are pinyin (福利caipiao)."""
    ways = [vocabulary.characters.get(char, char if char.isascii() else "").split() for char in typed]
    yield from islice(("".join(way) for way in product(*ways)), _READINGS)


def _edited(vocabulary: Vocabulary, typed: str) -> list[Candidate]:
    """Words one slip away: two characters exchanged, one too many, one missing, one wrong."""
    found: list[tuple[int, float]] = []
    for at, char in enumerate(typed):
        before, after = typed[:at], typed[at + 1 :]
        # What is added at an end makes another word more often than a slip (婚姻登记处), unless it is typed twice.
        slipped = (before and after) or char in before[-1:] + after[:1]
        fewer = _ONE_MORE_OR_LESS if slipped else _OTHER_CHARACTER
        found += [(entry, fewer) for entry in vocabulary.exactly(before + after)]
        found += [(entry, _SWAPPED) for entry in vocabulary.exactly(before + after[:1] + char + after[1:])]
    # A single slip leaves one half as it is.
    half = len(typed) // 2
    sharing = {*vocabulary.beginning(typed[:half]), *vocabulary.ending(typed[half:])}
    found += [(entry, _ONE_MORE_OR_LESS) for entry in sharing if _is_one_less(typed, vocabulary.texts[entry])]
    if not is_name(typed):
        wrong = [entry for entry in sharing if _differing(typed, vocabulary.texts[entry]) == 1]
        found += [(entry, _wrong_character(typed, vocabulary.texts[entry])) for entry in wrong]
    # A word of a single document is as likely a slip itself.
    kinds, documents = vocabulary.kinds, vocabulary.documents
    trusted = [(entry, distance) for entry, distance in found if kinds[entry] == "term" or documents[entry] > 1]
    return [near for entry, distance in trusted for near in _entries(vocabulary, [entry], distance, "spelling")]


def _mended(vocabulary: Vocabulary, typed: str) -> Candidate | None:
    """A longer term covered by words, those that are none replaced by what sounds or looks like them.

    Where what is known and single characters cover it for less, nothing alike is looked for: of a question in words
    that are known, nearly nowhere.
    """
    known = {
        (start, end)
        for end in range(2, len(typed) + 1)
        for start in range(max(0, end - _LONGEST_WORD), end - 1)
        if vocabulary.exactly(typed[start:end]) or text.known(typed[start:end])
    }
    most = _covered(typed, lambda start, end, _: _as_it_is(typed[start:end], known=(start, end) in known))[0]

    def piece(start: int, end: int, before: float) -> tuple[float, str]:
        whole, rest = end - start == len(typed), -(-(len(typed) - end) // _LONGEST_WORD) * _PIECE
        if end - start == 1 or (start, end) in known or whole or before + _LEAST_ALIKE + rest > most + _SAME_COST:
            return _as_it_is(typed[start:end], known=(start, end) in known)
        best = min(_alike(vocabulary, typed[start:end]), key=lambda one: one.rank, default=None)
        return (best.distance + _PIECE, best.text) if best else _as_it_is(typed[start:end], known=False)

    distance, mended = _covered(typed, piece)
    return Candidate(mended, distance, 0, "spelling") if mended != typed else None


# What something alike costs at least, and what sums of the same costs may differ by.
_LEAST_ALIKE, _SAME_COST = _SAME_SOUND + _EACH_CHARACTER + _LEXICON + _PIECE, 1e-6


def _covered(typed: str, piece: Callable[[int, int, float], tuple[float, str]]) -> tuple[float, str]:
    """The cheapest way to cover a term with pieces, and what it is then. piece: what that from start to end costs, and
    what it is taken for; given what all before it costs."""
    best: list[tuple[float, str]] = [(0.0, "")]
    for end in range(1, len(typed) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            cost, word = piece(start, end, before[0])
            ways.append((before[0] + cost, before[1] + word))
        best.append(min(ways))
    return best[-1]


def _as_it_is(piece: str, *, known: bool) -> tuple[float, str]:
    """What a part of a term costs that is not taken for another."""
    if len(piece) == 1:
        return _ALONE, piece
    return _PIECE if known else _ALONE * (len(piece) + 1), piece


def _entries(
    vocabulary: Vocabulary,
    entries: Iterable[int],
    distance: float,
    reason: str,
    *,
    typed: str = "",
    kinds: tuple[EntryKind, ...] = _WORDS,
) -> list[Candidate]:
    """Candidates of these kinds; with typed, each character that differs from it counts, and lengths have to agree."""
    found = []
    for entry in entries:
        word, kind = vocabulary.texts[entry], vocabulary.kinds[entry]
        if kind not in kinds or (typed and len(word) != len(typed)):
            continue
        changed = _EACH_CHARACTER * _differing(typed, word) if typed else 0.0
        bonus = _LEXICON if kind == "term" else 0.0
        # Another name that sounds alike is another person.
        sure = not typed or kind != "speaker"
        found.append(Candidate(word, distance + changed + bonus, vocabulary.documents[entry], reason, sure=sure))
    return found


def _wrong_character(typed: str, word: str) -> float:
    """Another first or last character makes another word (县民政局, 婚姻登记员), one inside hardly."""
    inside = len(typed) > 3 and typed[0] == word[0] and typed[-1] == word[-1]
    return _OTHER_CHARACTER - (_EACH_CHARACTER if inside else 0)


def _differing(one: str, other: str) -> int:
    """Characters that differ; of different lengths, all."""
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else len(one)


def _is_one_less(typed: str, word: str) -> bool:
    return len(word) == len(typed) + 1 and any(word[:at] + word[at + 1 :] == typed for at in range(len(word)))


@cache
def _lookalikes() -> dict[str, str]:
    """Character -> those it is taken for, from the slips of shape in lexicon/typos.tsv."""
    found: dict[str, str] = {}
    for wrong, right, kind, *_ in text.rows("typos.tsv"):
        if kind == "shape" and len(wrong) == len(right):
            for a, b in zip(wrong, right, strict=True):
                if a != b:
                    found[a], found[b] = found.get(a, "") + b, found.get(b, "") + a
    return {char: "".join(dict.fromkeys(others)) for char, others in found.items()}
