"""What is noted of the files comes back as it was, from the notes of older programs as well."""

from __future__ import annotations

import json
import tracemalloc
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ledger import Entry, Indexed, Ledger, Repeat

_TEXT = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["\t", "\\", "\\t", "\n", "\r", "\\\\n", "\x85"]
)
_WORD = st.text("0123456789abcdef", min_size=1, max_size=4)
_INDEXED = st.builds(
    Indexed,
    *(_WORD, _TEXT, _TEXT, _WORD),
    *(st.integers(0, 9999),) * 2,
    st.binary(max_size=12),
    st.lists(_WORD, max_size=3).map(tuple),
    st.sampled_from(["", "ab"]),
)
_ENTRY = st.builds(
    Entry,
    st.integers(0, 1 << 40),
    st.integers(0, 1 << 62),
    _WORD,
    st.sampled_from(["indexed", "duplicate", "refused", "failed"]),
    _TEXT,
    st.lists(_INDEXED, max_size=3).map(tuple),
    st.lists(st.builds(Repeat, _TEXT, _WORD), max_size=3).map(tuple),
    *(_TEXT,) * 2,
)


@given(st.builds(Ledger, _TEXT, st.dictionaries(_TEXT, _ENTRY, max_size=3)))
def test_it_comes_back_a_line_a_file(ledger: Ledger) -> None:
    written = "".join(ledger.pieces())
    assert written.count("\n") == 1 + len(ledger.entries)
    back = Ledger.loads(written)
    assert (back, [*back.entries]) == (ledger, [*ledger.entries])


def entry(number: int) -> Entry:
    """Of the size that entries have."""
    one = Indexed(f"{number:012x}", f"{number}.html", f"第{number}次工作会议", f"{number:016x}", 9, 900, b"7" * 256)
    return Entry(4000, number, f"{number:064x}", "indexed", documents=(one,))


def as_older_programs_wrote(ledger: Ledger) -> str:
    def plain(one: Indexed) -> dict[str, object]:
        return {**one._asdict(), "sketch": b64encode(one.sketch).decode()}

    entries = {
        key: {
            **one._asdict(),
            "documents": [plain(each) for each in one.documents],
            "repeats": [each._asdict() for each in one.repeats],
        }
        for key, one in ledger.entries.items()
    }
    return json.dumps({"code": ledger.code, "entries": entries}, ensure_ascii=False)


@given(st.builds(Ledger, _TEXT, st.dictionaries(_TEXT, _ENTRY, max_size=3)))
def test_what_older_programs_wrote_is_read(ledger: Ledger) -> None:
    assert Ledger.loads(as_older_programs_wrote(ledger)) == ledger


WRITTEN = "".join(Ledger("码", {"/甲": entry(1), "/乙": entry(2)._replace(repeats=(Repeat("丙", "f"),))}).pieces())


@pytest.mark.parametrize("at", range(0, len(WRITTEN), 7))
def test_what_was_cut_off_is_none(at: int) -> None:
    """But at the end of a line: whoever keeps it has its checksum."""
    if not WRITTEN[:at].endswith("\n"):
        with pytest.raises((ValueError, KeyError, TypeError)):
            Ledger.loads(WRITTEN[:at])


@pytest.mark.parametrize(
    "wrong", ["files 0\t码\n", "7\n", "[]", "{}", '{"entries": []}', WRITTEN + "/丁\t1\n", WRITTEN + "\n"]
)
def test_something_else_is_none(wrong: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Ledger.loads(wrong)


def beyond(number: int) -> int:
    """Bytes that reading so many entries takes for a while, beyond those of the entries."""
    written = "".join(Ledger("码", {f"/文档/{at}.html": entry(at) for at in range(number)}).pieces())
    tracemalloc.start()
    read = Ledger.loads(written)
    now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read.entries) == number
    return most - now


def test_to_read_more_of_them_takes_no_more_beside_them() -> None:
    """As one object of JSON it took a kilobyte for each."""
    assert beyond(4000) - beyond(200) < 100_000
