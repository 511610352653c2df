"""`make cluster`: an OpenSearch of its own for the tests, on this machine only, of one node or several.

The distribution comes from Maven Central and is known by its sha256. OpenSearch refuses to run as root, so root starts
it as an unprivileged user. Everything lies in one folder outside the repository; --stop ends the nodes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from json import load
from pathlib import Path
from urllib.request import urlopen

VERSION = "3.6.0"
SHA256 = "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286"
MIRROR = os.environ.get("MAVEN_MIRROR", "https://repo1.maven.org/maven2").rstrip("/")
ZIP = f"{MIRROR}/org/opensearch/distribution/integ-test-zip/opensearch/{VERSION}/opensearch-{VERSION}.zip"
OLDEST_JDK = 21
USER = "speeches-cluster"
HTTP, TRANSPORT = 9240, 9340  # and the number of the node
STARTS_WITHIN = 240  # seconds, on a busy machine


class Impossible(Exception):
    """Why there can be no cluster here, in Chinese."""


def jdk() -> Path:
    """The first that is new enough: OPENSEARCH_JAVA_HOME, JAVA_HOME, the system's own, newest first."""
    named = [os.environ[name] for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    system = sorted(Path("/usr/lib/jvm").glob("*"), key=lambda one: -_version(one))
    for home in (*map(Path, named), *system):
        if _version(home) >= OLDEST_JDK:
            return home
    raise Impossible(f"找不到 JDK {OLDEST_JDK} 或更新的版本；已有的请用 OPENSEARCH_JAVA_HOME 指出。")


def _version(home: Path) -> int:
    """25 for a JDK 25; 0 for what is none."""
    try:
        found = re.search(r'JAVA_VERSION="(?:1\.)?(\d+)', (home / "release").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found.group(1)) if found and (home / "bin" / "java").exists() else 0


def distribution(folder: Path) -> Path:
    """Downloaded and unpacked once."""
    home = folder / f"opensearch-{VERSION}"
    if (home / "bin" / "opensearch").exists():
        return home
    archive = folder / "opensearch.zip"
    try:
        with urlopen(ZIP, timeout=60) as answer, archive.open("wb") as file:
            shutil.copyfileobj(answer, file, 1 << 20)
    except OSError as error:
        raise Impossible(f"下载不到 OpenSearch（{ZIP}：{error}）；别处的镜像请用 MAVEN_MIRROR 指出。") from error
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        archive.unlink()
        raise Impossible(f"下载的 OpenSearch 不是应有的那一个（sha256 不符）：{ZIP}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "unpacked")
    archive.unlink()
    (folder / "unpacked" / f"opensearch-{VERSION}").rename(home)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    return home


def start(folder: Path, nodes: int) -> list[str]:
    """The addresses of the nodes, when all have found each other."""
    java = jdk()
    folder.mkdir(parents=True, exist_ok=True)
    home = distribution(folder)
    stop(folder)
    for number in range(1, nodes + 1):
        _prepare(home, folder / f"node{number}", number, nodes)
    _hand_over(folder, nodes)
    for number in range(1, nodes + 1):
        run(folder, number, java)
    addresses = [f"http://127.0.0.1:{HTTP + number}" for number in range(1, nodes + 1)]
    _wait(addresses[0], nodes, folder)
    return addresses


def run(folder: Path, number: int, java: Path | None = None) -> None:
    """Starts a node that was prepared, or starts one again that ended."""
    own = folder / f"node{number}"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(own),
        "OPENSEARCH_TMPDIR": str(own / "tmp"),
        "OPENSEARCH_JAVA_HOME": str(java or jdk()),
        "OPENSEARCH_PATH_CONF": str(own / "config"),
        "OPENSEARCH_JAVA_OPTS": "-Xms512m -Xmx512m",
    }
    as_user = [] if os.getuid() else ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"]
    program = folder / f"opensearch-{VERSION}" / "bin" / "opensearch"
    with (own / "logs" / "out").open("wb") as log:
        command = [*as_user, "nice", str(program), "-d", "-p", str(own / "pid")]
        subprocess.run(command, env=environment, cwd=own, stdout=log, stderr=log, check=False)


def _prepare(home: Path, own: Path, number: int, nodes: int) -> None:
    """The folder of a node: its settings, and no data of before."""
    shutil.rmtree(own, ignore_errors=True)
    for name in ("data", "logs", "tmp"):
        (own / name).mkdir(parents=True)
    shutil.copytree(home / "config", own / "config")
    options = own / "config" / "jvm.options"
    # Their paths are in the distribution's folder, where that user may not write.
    kept = [line for line in options.read_text().splitlines() if not re.search("gc.log|HeapDumpPath|ErrorFile", line)]
    options.write_text("\n".join([*kept, f"-XX:ErrorFile={own}/logs/error.log", ""]))
    every = range(1, nodes + 1)
    settings = {
        "cluster.name": "speeches-tests",
        "node.name": f"node{number}",
        "path.data": own / "data",
        "path.logs": own / "logs",
        "network.host": "127.0.0.1",
        "http.port": HTTP + number,
        "transport.port": TRANSPORT + number,
        "discovery.seed_hosts": f"[{', '.join(f'127.0.0.1:{TRANSPORT + one}' for one in every)}]",
        "cluster.initial_cluster_manager_nodes": f"[{', '.join(f'node{one}' for one in every)}]",
        # A node that stands still is dropped after some seconds, not after thirty: docs/scaling.md says so, too.
        **{
            f"cluster.fault_detection.{one}_check.{name}": value
            for one in ("follower", "leader")
            for name, value in (("interval", "300ms"), ("timeout", "1s"), ("retry_count", 2))
        },
        # … also by a manager that was elected in its place: it would wait for it to hear of that.
        "cluster.publish.timeout": "2s",
        # A disk that is nearly full is no reason not to test.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
    (own / "config" / "opensearch.yml").write_text(lines)


def _hand_over(folder: Path, nodes: int) -> None:
    """Root gives the unprivileged user the nodes' folders."""
    if os.getuid():
        return
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run(["useradd", "--system", USER], check=True, stderr=subprocess.DEVNULL)
    folder.chmod(0o755)
    own = [str(folder / f"node{number}") for number in range(1, nodes + 1)]
    subprocess.run(["chown", "-R", USER, *own], check=True)
    subprocess.run(["chmod", "-R", "a+rX", str(folder / f"opensearch-{VERSION}")], check=True)


def _wait(address: str, nodes: int, folder: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urlopen(f"{address}/_cluster/health", timeout=5) as answer:
            if load(answer)["number_of_nodes"] == nodes:
                return
        time.sleep(0.5)
    raise Impossible(f"OpenSearch 在 {STARTS_WITHIN} 秒里没有启动，请看 {folder}/node1/logs。")


def stop(folder: Path) -> None:
    """Ends the nodes that were started from the folder."""
    for file in folder.glob("node*/pid"):
        with contextlib.suppress(OSError, ValueError):
            number = int(file.read_text())
            if str(folder) in Path(f"/proc/{number}/cmdline").read_text():
                os.kill(number, signal.SIGTERM)
                _ended(number)
        file.unlink(missing_ok=True)


def _ended(number: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and Path(f"/proc/{number}").exists():
        time.sleep(0.2)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="为测试启动 OpenSearch。")
    parser.add_argument("--nodes", type=int, default=1, choices=(1, 2, 3), help="节点数，默认 1")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "speeches-cluster"), help="放在哪里")
    parser.add_argument("--stop", action="store_true", help="停下")
    chosen = parser.parse_args(arguments)
    if chosen.stop:
        stop(chosen.folder.resolve())
        return 0
    try:
        addresses = start(chosen.folder.resolve(), chosen.nodes)
    except Impossible as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"export SPEECHES_TEST_CLUSTER={addresses[0]}")
    if chosen.nodes == 3:  # for the tests that stop and kill nodes
        print(f"export SPEECHES_TEST_NODES={chosen.folder.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
