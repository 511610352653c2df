"""Publishing in one step: whatever happens, readers have the old index or the new one."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import re
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import document, stored

from search.engines import store_of
from search.engines.whoosh import codec, engine, generations, held
from search.errors import Busy, IndexUnusable
from search.query.parsing import parse

FIRST = document("甲.txt", "推进养老服务。")
SECOND = document("乙.txt", "规范养老服务。")


def publish(folder: Path, *documents: object, fresh: bool = False, notes: dict[str, str] | None = None) -> str:
    with store_of("whoosh", folder).writer(fresh=fresh) as writer:
        for one in documents:
            writer.add(one)  # type: ignore[arg-type]
        return writer.publish(notes or {})


def hits(folder: Path) -> int:
    return store_of("whoosh", folder).open().find(parse("养老服务"), limit=10, offset=0).documents


@pytest.mark.parametrize("fresh", [False, True])
def test_a_disk_that_is_full_at_the_last_step_does_not_keep_what_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool
) -> None:
    publish(tmp_path, FIRST)
    before = sorted(item.name for item in tmp_path.iterdir())
    replace = Path.replace

    def full(file: Path, target: Path) -> Path:
        if target.name == "CURRENT":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(file, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            publish(tmp_path, FIRST, SECOND, fresh=fresh)
    assert sorted(item.name for item in tmp_path.iterdir()) == before
    assert hits(tmp_path) == 1
    publish(tmp_path, FIRST, SECOND, fresh=True)
    assert hits(tmp_path) == 2


def test_an_update_keeps_what_was_there_and_the_previous_generation(tmp_path: Path) -> None:
    assert publish(tmp_path, FIRST, notes={"files": "一"}).startswith("g000001-")
    second = publish(tmp_path, SECOND, notes={"files": "二"})
    assert second.startswith("g000002-")
    assert hits(tmp_path) == 2
    assert store_of("whoosh", tmp_path).open().note("files") == "二"
    third = publish(tmp_path)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["CURRENT", "LOCK", second, third]
    assert store_of("whoosh", tmp_path).damages() == []


def test_an_index_deleted_and_built_anew_is_noticed_by_whoever_has_the_old_one_open(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    assert hits(tmp_path) == 1
    shutil.rmtree(tmp_path)
    publish(tmp_path, FIRST, SECOND)
    assert hits(tmp_path) == 2


def test_while_a_new_one_is_opened_others_go_on_with_what_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, FIRST)
    assert hits(tmp_path) == 1
    publish(tmp_path, SECOND)
    opens, go = threading.Event(), threading.Event()
    sound = engine._sound

    def slowly(location: Path) -> generations.Generation:
        opens.set()
        assert go.wait(10)
        return sound(location)

    monkeypatch.setattr(engine, "_sound", slowly)
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(hits, tmp_path)
        assert opens.wait(10)
        second = readers.submit(hits, tmp_path).result(10)
        go.set()
        assert (first.result(10), second, hits(tmp_path)) == (2, 1, 2)


def test_what_is_opened_in_place_of_another_is_ready_for_questions(tmp_path: Path) -> None:
    def opened() -> engine.WhooshEngine:
        return engine.open_published(tmp_path)

    publish(tmp_path, FIRST)
    assert not opened().is_asked
    publish(tmp_path, SECOND)
    assert not opened().is_asked  # by whoever builds
    assert hits(tmp_path) == 2
    publish(tmp_path)
    assert opened().is_asked


def test_an_index_with_names_of_before_is_read_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / publish(tmp_path, FIRST)).rename(tmp_path / "g000007")
    manifest = tmp_path / "g000007" / "manifest.json"
    manifest.write_text(re.sub('"g000001-[^"]*"', '"g000007"', manifest.read_text("utf-8")), "utf-8")
    (tmp_path / "CURRENT").write_text("g000007\n", "ascii")
    assert (hits(tmp_path), store_of("whoosh", tmp_path).open().generation) == (1, "g000007")
    assert publish(tmp_path, SECOND).startswith("g000008-")
    assert hits(tmp_path) == 2


def test_a_document_of_the_same_id_gives_way(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    publish(tmp_path, FIRST)
    assert hits(tmp_path) == 1


def test_the_same_id_twice_in_one_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        publish(tmp_path, FIRST, FIRST)


def test_a_removed_document_is_gone(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, SECOND)
    with store_of("whoosh", tmp_path).writer(fresh=False) as writer:
        writer.remove(FIRST.id)
        writer.publish({})
    assert hits(tmp_path) == 1
    assert stored(store_of("whoosh", tmp_path).open(), FIRST.id) is None


def test_what_is_not_published_never_happened(tmp_path: Path) -> None:
    first = publish(tmp_path, FIRST)
    with pytest.raises(RuntimeError), store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(SECOND)
        raise RuntimeError("the parser died")
    assert store_of("whoosh", tmp_path).open().generation == first
    assert not list(tmp_path.glob("*.tmp"))


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True), pytest.raises(Busy, match=str(os.getpid())):
        publish(tmp_path, SECOND)


@pytest.mark.parametrize("content", ["", "\x00\x00", "../../etc", "g999999", "没有"])
def test_a_garbled_pointer_falls_back_to_a_whole_generation(tmp_path: Path, content: str) -> None:
    publish(tmp_path, FIRST)
    (tmp_path / "CURRENT").write_text(content, encoding="utf-8")
    assert hits(tmp_path) == 1


def test_a_damaged_generation_falls_back_to_the_previous_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, second = publish(tmp_path, FIRST), publish(tmp_path, SECOND)
    segment = next((tmp_path / second).glob("*.pst"))
    segment.unlink()
    assert store_of("whoosh", tmp_path).open().generation == first
    assert "已损坏" in caplog.text
    assert store_of("whoosh", tmp_path).damages() == [f"缺少文件 {second}/{segment.name}"]


def test_a_flipped_bit_is_found_by_a_check(tmp_path: Path) -> None:
    segment = next((tmp_path / publish(tmp_path, FIRST)).glob("*.pst"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    assert store_of("whoosh", tmp_path).damages() == [f"文件内容不符 {segment.parent.name}/{segment.name}"]


def test_changing_the_new_generation_leaves_the_old_files_alone(tmp_path: Path) -> None:
    first = tmp_path / publish(tmp_path, FIRST)
    before = {file.name: file.read_bytes() for file in first.iterdir()}
    publish(tmp_path, SECOND)
    assert {file.name: file.read_bytes() for file in first.iterdir()} == before


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="python -m indexer build"):
        store_of("whoosh", tmp_path / "没有").open()


def test_an_index_of_another_version_is_not_mixed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, FIRST)
    monkeypatch.setattr("search.index.fingerprint._of", lambda words: "another")
    with pytest.raises(IndexUnusable, match="另一版本"):
        store_of("whoosh", tmp_path).open()


def test_readers_of_the_old_generation_go_on_while_a_new_one_comes(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    engine = store_of("whoosh", tmp_path).open()
    for number in range(3):
        publish(tmp_path, document(f"{number}.txt", "养老服务"))
        assert engine.find(parse("养老服务"), limit=10, offset=0).documents == 1
    assert hits(tmp_path) == 4


STEPS = ["begin", "_replace", "_sync", "sha256"]


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_write_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The k-th call of a step fails, for every k until a run goes through; each time the index answers."""
    publish(tmp_path, FIRST)
    whole = getattr(generations, step)
    for k in range(1, 200):
        calls = 0

        def failing(*args: object, k: int = k, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == k:
                raise OSError(28, "No space left on device")
            return whole(*args, **named)

        monkeypatch.setattr(generations, step, failing)
        try:
            publish(tmp_path, SECOND)
            break
        except OSError:
            pass
        finally:
            monkeypatch.undo()
        assert hits(tmp_path) in (1, 2)  # 2: CURRENT had been replaced, only its last sync failed
    else:
        pytest.fail("no run went through")
    assert hits(tmp_path) == 2
    assert store_of("whoosh", tmp_path).damages() == []
    assert k > 1


def _write_for_ever(folder: str) -> None:
    for number in range(10_000):
        publish(Path(folder), document(f"{number}.txt", "养老服务"))


def test_a_killed_writer_loses_nothing_published(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    spawn = multiprocessing.get_context("spawn")
    for pause in (1.2, 1.5, 2.0):
        process = spawn.Process(target=_write_for_ever, args=(str(tmp_path),))
        process.start()
        process.join(pause)
        os.kill(process.pid, signal.SIGKILL)  # type: ignore[arg-type]
        process.join()
        assert store_of("whoosh", tmp_path).damages() == []
        assert hits(tmp_path) >= 1
    before = hits(tmp_path)
    publish(tmp_path, SECOND)  # the lock died with its holder
    assert hits(tmp_path) == before + 1


def test_nothing_is_committed_before_what_is_there_has_been_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit takes files away that are read beside it."""
    publish(tmp_path, FIRST)
    done: list[str] = []
    counted, commit = held._before, codec.Writer.commit

    def late(folder: Path) -> held.Before:
        time.sleep(0.3)
        found = counted(folder)
        done.append("counted")
        return found

    monkeypatch.setattr(held, "_before", late)
    monkeypatch.setattr(codec.Writer, "commit", lambda self: (done.append("committed"), commit(self))[1])
    publish(tmp_path, SECOND)
    assert (done, hits(tmp_path)) == (["counted", "committed"], 2)


def test_a_file_that_stays_is_not_read_again_and_its_damage_is_still_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path, FIRST, notes={"files": "一"})
    kept = {file.name for file in (tmp_path / first).glob("MAIN_*")} | {"files.note"}
    (tmp_path / first / "files.note").write_text("二", encoding="utf-8")
    read: list[str] = []
    of = generations.sha256
    monkeypatch.setattr(generations, "sha256", lambda file: [read.append(file.name), of(file)][1])
    second = publish(tmp_path, SECOND)
    assert (kept & {*read}, any(name.startswith("MAIN_") for name in read)) == (set(), True)
    assert generations.damages(tmp_path / second, thorough=True) == [f"文件内容不符 {second}/files.note"]


@pytest.mark.skipif(os.name == "nt", reason="这个系统不能限制文件的大小")
# What Whoosh had open when it failed it leaves to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("fresh", [False, True])
def test_a_full_disk_is_told_as_such_and_nothing_half_made_stays(tmp_path: Path, fresh: bool) -> None:
    """Every write beyond so many bytes of a file fails, those of undoing as well."""
    import resource

    publish(tmp_path, FIRST)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    many = [document(f"{number}.txt", f"推进第{number}项养老服务。" * 40) for number in range(40)]
    for size in (0, 100, 1000, 10_000, 30_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                publish(tmp_path, *many, fresh=fresh)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        gc.collect()
        assert (hits(tmp_path), list(tmp_path.glob("*.tmp"))) == (1, [])


def test_a_link_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, FIRST)

    def failing(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "_link", failing)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path, SECOND)
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.skipif(os.name == "nt", reason="locks are other ones there")
def test_a_disk_that_cannot_lock_is_told_from_somebody_who_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", without_locks)
    with pytest.raises(IndexUnusable, match="不能加锁"):
        publish(tmp_path, FIRST)
