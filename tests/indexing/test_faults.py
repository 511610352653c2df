"""Bad documents by the dozen and mutated ones by the thousand: nothing lost, nothing hangs, every no has a reason."""

from __future__ import annotations

import functools
import os
import random
from pathlib import Path

import pytest
from bad_files import GOOD, KINDS, TEXT, Kind
from building import build
from conftest import stored

from indexer import pipeline
from indexer.report import Report
from indexer.workers import read_all
from search.documents.filenames import shown
from search.engines import store_of
from search.query.parsing import parse

SAMPLES = sorted((Path(__file__).parent.parent.parent / "corpus").iterdir())
# For a file, where it is a minute in earnest: a page nested 100,000 deep takes all of it. Starting a reading process
# counts, which a busy machine does in five.
SECONDS = 15.0

pytestmark = pytest.mark.processes


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_all", functools.partial(read_all, seconds=SECONDS))


def found(index: Path, question: str) -> set[str]:
    engine = store_of("whoosh", index).open()
    matches = engine.find(parse(question), limit=200, offset=0)
    listed = [one for match in matches.ranked if (one := stored(engine, match.id))]
    # Many of the kinds are variants of one text, and folded behind the first of them.
    ids = {id for one in listed for id in (one.near or (one.id,))}
    return {one.document.external_id for one in engine.fetch(sorted(ids)).values()}


# --- one of each kind ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kinds_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """A run over a folder with one file of each kind and a good one."""
    folder = tmp_path_factory.mktemp("坏文件")
    corpus, index = folder / "文档", folder / "索引"
    corpus.mkdir()
    for kind in KINDS:
        kind.put(corpus)
    (corpus / "好文件.txt").write_text(GOOD, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "read_all", functools.partial(read_all, seconds=SECONDS))
        return build(corpus, index=index), index


def test_there_are_more_than_the_kinds_promised() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 32


@pytest.mark.skipif(os.name == "nt", reason="这个系统的文件夹里没有管道和套接字")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_each_kind_of_bad_document_is_read_or_refused_with_a_reason(
    kind: Kind, kinds_report: tuple[Report, Path]
) -> None:
    report, index = kinds_report
    rejected = {one.path: one.reason for one in (*report.refused, *report.failed)}
    copies = {one.path for one in report.duplicates}
    indexed = {name.partition("#")[0] for name in found(index, "")} | copies
    name = shown(kind.name)
    fates = {
        "refused": name in rejected and name not in indexed,
        "read": name in indexed and name not in rejected,
        "either": (name in indexed) != (name in rejected),
        "absent": name not in indexed and name not in rejected,
    }
    assert fates[kind.fate], rejected.get(name, "was indexed")


@pytest.mark.skipif(os.name == "nt", reason="这个系统的文件夹里没有管道和套接字")
def test_the_good_file_beside_them_is_indexed_and_nothing_from_outside_is(
    kinds_report: tuple[Report, Path],
) -> None:
    report, index = kinds_report
    assert "好文件.txt" in found(index, "社会救助")
    assert found(index, "“root:”") == set()  # /etc/passwd, which two of them ask for
    assert report.files_seen == len(KINDS) + 1 - sum(kind.fate == "absent" for kind in KINDS)


def test_the_same_file_a_thousand_times_is_one_document(tmp_path: Path) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    for number in range(1000):
        (corpus / f"{number:04d}.txt").write_text(TEXT, encoding="utf-8")
    report = build(corpus, index=tmp_path / "index")
    assert (report.documents, len(report.duplicates)) == (1, 999)
    assert {one.reason for one in report.duplicates} == {"0000.txt"}


# --- a thousand mutants --------------------------------------------------------------------------------

SUFFIXES = (".txt", ".md", ".html", ".htm", ".mht", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".xlsx", ".json", "")
ENCODINGS = ("gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "shift_jis", "latin-1", "cp1252")


def mutant(number: int) -> tuple[str, bytes]:
    """Name and bytes of the number-th mutated file; the same ones in every run."""
    chance = random.Random(number)
    sample = chance.choice(SAMPLES)
    # 1,500 bytes are a page; more would only make the same test slower.
    content, suffix = sample.read_bytes()[:1500], sample.suffix
    for change in chance.sample(CHANGES, k=chance.choice((1, 1, 2, 3))):
        content = change(content, chance)
    if chance.random() < 0.15:
        suffix = chance.choice(SUFFIXES)
    return f"{number:04d}{suffix}", content


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def bits_flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20, 200)) if content else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def encoded_again(content: bytes, chance: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def read_wrongly(content: bytes, chance: random.Random) -> bytes:
    """Mojibake: decoded as what it is not, and saved."""
    return content.decode(chance.choice(ENCODINGS), "replace").encode("utf-8", "replace")


def with_nulls(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + b"\x00" * chance.choice((1, 2, 50)) + content[at:]


def concatenated(content: bytes, chance: random.Random) -> bytes:
    other = chance.choice(SAMPLES).read_bytes()[: chance.randrange(1500)]
    return content + other.decode("utf-8", "ignore").encode(chance.choice(("utf-8", "gb18030")), "replace")


def piece_repeated(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at : at + chance.choice((1, 3, 40))] * chance.choice((2, 30)) + content[at:]


def piece_of_noise(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(chance.choice((1, 8, 300))) + content[at:]


def lines_shuffled(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return chance.choice((b"\n", b"\r", b"\r\n", b"")).join(lines)


def markup_broken(content: bytes, chance: random.Random) -> bytes:
    return content.replace(
        chance.choice((b">", b"<", b'"', b"/", b"#")), chance.choice((b"", b"<<", b"&#xD800;", b"]]>"))
    )


CHANGES = (
    truncated,
    bits_flipped,
    encoded_again,
    read_wrongly,
    with_nulls,
    concatenated,
    piece_repeated,
    piece_of_noise,
    lines_shuffled,
    markup_broken,
)
MUTANTS = 1200


def test_every_one_of_a_thousand_mutated_files_is_accounted_for(tmp_path: Path) -> None:
    corpus, index = tmp_path / "文档", tmp_path / "index"
    corpus.mkdir()
    for number in range(MUTANTS):
        name, content = mutant(number)
        (corpus / name).write_bytes(content)
    (corpus / "好文件.txt").write_text(GOOD, encoding="utf-8")
    report = build(corpus, index=index)
    assert (report.files_seen, report.failed) == (MUTANTS + 1, ())
    assert report.files_indexed > MUTANTS // 3  # they are mutated, not destroyed
    assert "好文件.txt" in {name for name in found(index, "社会救助 江北")}
    again = build(corpus, index=index)
    assert (again.files_indexed, again.unchanged, again.generation) == (0, report.files_indexed, report.generation)
    assert (again.refused, again.duplicates) == (report.refused, report.duplicates)
