"""What a document is: one speech or report, its passages, and what is known of it with the words that say so.

All values are frozen. Offsets are character offsets into the text they stand beside, half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from search.documents.passages import Passage as Passage
from search.documents.passages import Passages
from search.documents.passages import Span as Span

T = TypeVar("T")

# How a value came about. stated: the text says it. after_body: a headline that stands after its article.
# inferred: concluded from other words. derived: made up from the first sentence (a title). corrected: by a person.
How = Literal["stated", "after_body", "inferred", "derived", "corrected"]


@dataclass(frozen=True, slots=True)
class Evidence(Generic[T]):
    """A value, the words of the document it was read from, and how sure it is."""

    value: T
    text: str = ""
    how: How = "stated"

    @property
    def inferred(self) -> bool:
        return self.how in ("inferred", "derived")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with only the digits that are known; str() gives 2024-02-21, 2024-02 or 2024."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @classmethod
    @lru_cache(maxsize=4096)  # ten years
    def parse(cls, text: str) -> PartialDate:
        """The inverse of str(); ValueError when it is not such a date."""
        return cls(*map(int, text.split("-")))


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    post: str | None
    role: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt that travels with the text; code is one of warnings.KINDS, message is Chinese, evidence quotes.

    numbers: those the message names, where somebody reckons with them; of count_mismatch what was claimed and listed.
    """

    code: str
    message: str
    evidence: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """The file a document came from: path in the corpus folder, with /, as filenames.kept(); sha256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file with the same words as a document, which is therefore none of its own: its path, the document's id."""

    path: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a speech or report beside its text: one value from the finder (indexer/facts/) to the record.

    What nobody knows is None, empty or False. A field added here is by itself in the record, on the document's page and
    open to correction. It needs a finder (indexer/facts/metadata.py), its name for people (labels.FIELDS), and its line
    in static/openapi.json and docs/管理.md; tests/index/test_record.py says which of them is missing.
    """

    title: Evidence[str]
    date: Evidence[PartialDate] | None = None
    region: Evidence[str] | None = None  # province-level short name: 湖北, 内蒙古, 全国
    place: Evidence[str] | None = None  # below the province: 延安, 广州天河区
    level: Evidence[str] | None = None  # 国家 省级 市级 县级
    issuer: Evidence[str] | None = None
    meeting: Evidence[str] | None = None
    document_number: Evidence[str] | None = None  # of an official paper, as written: 云民发〔2024〕7号
    speakers: tuple[Speaker, ...] = ()
    source: Evidence[str] | None = None
    genre: Evidence[str] | None = None
    quotable: bool = False  # True: a person's own words (讲话稿); False: a report about them


def _evident() -> dict[str, Callable[[str], object]]:
    """The fields of Metadata that are Evidence, found by their types, and what reads the value of each from text."""
    read: dict[object, Callable[[str], object]] = {str: str, PartialDate: PartialDate.parse}
    kinds = [(name, one) for name, hint in get_type_hints(Metadata).items() for one in (hint, *get_args(hint))]
    return {name: read[get_args(kind)[0]] for name, kind in kinds if get_origin(kind) is Evidence}


EVIDENT: Mapping[str, Callable[[str], object]] = _evident()


@dataclass(frozen=True, slots=True)
class Document:
    """One speech or report: what readers search, open and quote. Raises ValueError where Passages does."""

    id: str  # 16 hex digits from the file's content and the place in it; never from a row number
    external_id: str  # path in the corpus folder as people read it, with #1, #2 … only where one file holds several
    metadata: Metadata
    passages: Sequence[Passage]  # given in any sequence, held as Passages
    original: Original
    warnings: tuple[Warning, ...] = ()
    # Ids of the documents with nearly the same text, itself among them, the best to show first (the longest, then the
    # earliest path); empty where there is no other. All of a group have the same, so near[0] names the group.
    near: tuple[str, ...] = ()
    # The exact copies of itself and of those in near, in the order of their paths; all of a group have the same.
    copies: tuple[Copy, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "passages", Passages.of(self.passages))

    @property
    def laid_out(self) -> Passages:
        """The passages with the text they are pieces of."""
        return self.passages  # type: ignore[return-value]  # as __post_init__ holds them; asked for at every place

    @property
    def offsets(self) -> tuple[int, ...]:
        """The offset in text at which each passage begins: passages of a paragraph run on, paragraphs are lines."""
        return self.laid_out.begins

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The clean text, a string a paragraph; one empty paragraph never occurs."""
        return self.laid_out.paragraphs

    @property
    def text(self) -> str:
        return self.laid_out.text
