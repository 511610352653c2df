"""A server that a benchmark asks over HTTP: started on the first core, asked once it answers, and ended."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import click

from bench.corpora import ROOT
from web.server import THREADS

_PATIENCE = 60.0  # seconds until it answers


@dataclass(frozen=True, slots=True)
class Service:
    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Seconds its process has used; 0 where the system does not say."""
        file = Path(f"/proc/{self.process.pid}/stat")
        if not file.exists():
            return 0.0
        used = file.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def service(index: Path) -> AbstractContextManager[Service]:
    """`python app.py` on the first core, once it answers."""
    return _running(lambda port: [str(ROOT / "app.py"), "--index", str(index), "--port", str(port)])


# The least that can be served: a page of one line, by as many threads as app.py has.
_HELLO = """
import sys, waitress
def hello(environ, start):
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [b"Hello, world!"]
waitress.serve(hello, host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]))
"""


def hello() -> AbstractContextManager[Service]:
    return _running(lambda port: ["-c", _HELLO, str(port), str(THREADS)])


@contextmanager
def _running(asked: Callable[[int], list[str]]) -> Iterator[Service]:
    """Python with the arguments asked for a port, on the first core, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *asked(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        keep_to(process.pid, 0)
        _wait_for(process, port)
        yield Service(process, port)
    finally:
        process.terminate()
        process.wait()


def keep_to(pid: int, core: int) -> None:
    """Where the system can, and there are two cores to keep apart."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[core]})


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Raises click.ClickException where it has ended, or does not answer in time."""
    end = time.perf_counter() + _PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.perf_counter() > end:
            asked = shlex.join(map(str, process.args))  # type: ignore[arg-type]  # a list, as it was started
            raise click.ClickException(f"服务没有答。单独运行它，看它说什么：\n{asked}")
        time.sleep(0.05)
