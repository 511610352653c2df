"""Chinese text: how it is compared, cut into words, counted and read aloud. What other rooms use of it."""

from search.text.folding import fold, fold_query, radicals
from search.text.lexicon import (
    lexicon_terms,
    province_aliases,
    question_words,
    stopwords,
    surnames,
    synonyms,
    terms_in,
    typos,
)
from search.text.numbers import FIGURE, MONEY, figures, number_forms
from search.text.segmenter import grammatical
from search.text.tables import rows
from search.text.tokenization import (
    cuts,
    dictionary_entries,
    has_word,
    held,
    is_whole,
    is_wording,
    known,
    may_cross,
    parts,
    renamed,
    segmented,
    sentences,
    tokens,
    warm,
    words,
)

__all__ = [
    "FIGURE",
    "MONEY",
    "cuts",
    "dictionary_entries",
    "figures",
    "fold",
    "fold_query",
    "grammatical",
    "has_word",
    "held",
    "is_whole",
    "is_wording",
    "known",
    "lexicon_terms",
    "may_cross",
    "number_forms",
    "parts",
    "province_aliases",
    "question_words",
    "radicals",
    "renamed",
    "rows",
    "segmented",
    "sentences",
    "stopwords",
    "surnames",
    "synonyms",
    "terms_in",
    "tokens",
    "typos",
    "warm",
    "words",
]
