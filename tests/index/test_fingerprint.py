"""The version of the index is raised when a text is analysed otherwise, and by nothing else.

`PYTHONPATH=. python tests/index/test_fingerprint.py` records the analysis of the sample corpus as it is now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.documents.document import Document, Evidence, Metadata, Original, PartialDate, Passage
from search.index import schema
from search.index.analysis import analysed
from search.index.fingerprint import fingerprint, lexicon_digest

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
RECORDED = Path(__file__).with_name("recorded_analysis.json")
RECORD = "然后运行 PYTHONPATH=. python tests/index/test_fingerprint.py，并提交 tests/index/recorded_analysis.json"


def documents() -> Iterator[Document]:
    """The text files of the samples, a line a passage, as no reader has cleaned them: reading changes more often."""
    for file in sorted(CORPUS.glob("*.txt")):
        lines = [line for line in file.read_bytes().decode("gb18030", "replace").splitlines() if line.strip()]
        passages = tuple(Passage(n, n, line[:2000], heading=n % 7 == 0) for n, line in enumerate(lines, 1))
        yield Document(
            id=hashlib.sha256(file.name.encode()).hexdigest()[:16],
            external_id=file.name,
            metadata=Metadata(title=Evidence(lines[0][:60]), date=Evidence(PartialDate(2024, 2))),
            passages=passages,
            original=Original(file.name, "0" * 64),
        )


def now() -> dict[str, object]:
    digest = hashlib.sha256()
    for one in documents():
        analysis = analysed(one)
        facets = [schema.facet_values(one, field.name) for field in schema.FACETS]
        digest.update(repr((analysis, facets)).encode())
    return {"version": schema.VERSION, "lexicon": lexicon_digest(), "analysis": digest.hexdigest()}


def test_what_an_index_holds_is_as_recorded_for_its_version() -> None:
    recorded, found = json.loads(RECORDED.read_text(encoding="utf-8")), now()
    if (recorded["version"], recorded["lexicon"]) == (found["version"], found["lexicon"]):
        assert found["analysis"] == recorded["analysis"], (
            f"文字的分析变了，旧索引不再合用：把 search/index/schema.py 的 VERSION 加一（raise VERSION），{RECORD}"
        )
    else:
        assert found == recorded, f"VERSION 或词典变了：{RECORD}"


def test_the_samples_are_worth_comparing() -> None:
    assert sum(len(one.text) for one in documents()) > 5_000


@pytest.mark.parametrize("part", ["VERSION", "lexicon_digest", "segmenter"])
def test_each_part_makes_another_fingerprint(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.index import fingerprint as module

    before = fingerprint()
    change = {"VERSION": 999, "lexicon_digest": lambda: "another"}.get(part)
    if part == "segmenter":
        monkeypatch.setattr(module.segmenter, "VERSION", "another")
    else:
        monkeypatch.setattr(module, part, change)
    assert module._of.__wrapped__(()) != before


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(now(), indent=1) + "\n", encoding="utf-8")
