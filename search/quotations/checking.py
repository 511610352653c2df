"""A draft checked: cut into parts, looked up, and of each part the verdict."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from search.engines import Engine
from search.quotations import renaming
from search.quotations.claims import Claim, Judged, claims_in, judged
from search.quotations.comparing import Compact
from search.quotations.draft import Part, parts
from search.quotations.looking_up import CHANGED, Sentence, look_up
from search.quotations.values import Checked, Found, Verdict

# Of a draft so many characters and parts are checked at a time: twice a draft of 40 pages. What lies behind is told.
MAX_CHARACTERS, MAX_PARTS = 60_000, 1_200
# Characters by which words are found again in the passage that they begin in.
_FIRST = 8


def check(engine: Engine, draft: str) -> Checked:
    """Every part of a draft with its verdict; of a longer one those of its beginning (Checked.rest says how far)."""
    found = list(takewhile(lambda part: part.end <= MAX_CHARACTERS, parts(draft[: 2 * MAX_CHARACTERS])))
    kept = found[:MAX_PARTS]
    whole = len(kept) == len(found) and len(draft) <= MAX_CHARACTERS
    rest = len(draft) if whole else (kept[-1].end if kept else 0)
    return Checked(draft, tuple(_verdicts(engine, draft, kept)), rest)


def _verdicts(engine: Engine, draft: str, found: Sequence[Part]) -> list[Verdict]:
    """A sentence with quotations in it is one part where it stands as a whole in a document, else its parts are."""
    wholes = {span: _sentence(draft, *span) for span in dict.fromkeys(part.whole for part in found) if span}
    looked = {
        part: _sentence(draft, part.begin, part.end, quoted=part.kind == "quote", claims=claims_in(part.context))
        for part in found
        if part.kind in ("quote", "sentence")
    }
    look_up(engine, [*looked.values()], whole=[*wholes.values()])
    verdicts: list[Verdict] = []
    end = 0
    for part in found:
        if part.begin < end:
            continue
        whole = wholes[part.whole] if part.whole else None
        if part.whole and whole and whole.comparison and whole.comparison.likeness == "same":
            part = Part("sentence", *part.whole)
        verdicts.append(_verdict(draft, part, whole if part.kind == "sentence" and whole else looked.get(part)))
        end = part.end
    return verdicts


def _sentence(draft: str, begin: int, end: int, *, quoted: bool = False, claims: tuple[Claim, ...] = ()) -> Sentence:
    return Sentence(Compact.of(draft[begin:end]).text, quoted, claims)


def _verdict(draft: str, part: Part, looked: Sentence | None) -> Verdict:
    written = draft[part.begin : part.end]
    if looked is None or part.kind not in ("quote", "sentence"):
        return Verdict(part, "lead" if part.kind == "lead" else "short", written)
    names = renaming.renamed(draft, (part.begin, part.end))
    comparison = looked.comparison
    if looked.found is None or comparison is None or looked.share > CHANGED:
        return Verdict(part, "absent", looked.text, found=looked.found, renamed=names)
    return Verdict(
        part,
        comparison.likeness,
        looked.text,
        comparison.characters,
        comparison.marks,
        looked.found,
        _judged(looked.claims, looked.found),
        names,
        comparison.inner,
    )


def _judged(claims: Sequence[Claim], found: Found) -> tuple[Judged, ...]:
    """Each claim held against the document, and against what stands just before the words."""
    document, first = found.document, max(1, found.first)
    paragraph = document.passages[first - 1].paragraph
    above = bisect_left(document.laid_out.numbers_of_paragraphs, paragraph - 1)
    near = [one.text for one in document.passages[above : first - 1]]
    here = Compact.of(document.passages[first - 1].text).text
    place = "".join(near) + here[: max(0, here.find(found.reading[:_FIRST]))]
    return tuple(judged(claim, document, place) for claim in claims)
