"""What stands in speeches.toml is followed, or told in one sentence; and which addresses readers are told."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from search.settings import Settings
from web import reached

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("SPEECHES_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, folder: Path | None = None) -> None:
    (folder or Path()).joinpath("speeches.toml").write_text(text, encoding="utf-8")


def test_without_a_file_everything_is_as_usual() -> None:
    assert Settings.from_env() == Settings()


def test_what_the_file_says_comes_before_the_usual_and_behind_the_environment_and_the_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written('port = 8080\nhost = "0.0.0.0"\nhosts = ["a.cn", "b.cn"]\nurl = "https://a.cn/x/"\n')
    said = Settings.from_env()
    assert (said.port, said.host, said.hosts, said.url) == (8080, "0.0.0.0", ("a.cn", "b.cn"), "https://a.cn/x")
    monkeypatch.setenv("SPEECHES_PORT", "8081")
    assert Settings.from_env().port == 8081
    assert Settings.from_env(port=8082).port == 8082


def test_folders_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    written(f'corpus = ["讲话", "{tmp_path.as_posix()}/报告"]\n', other)
    said = Settings.from_env(index=other / "索引")
    assert (said.corpus, said.index) == ((other / "讲话", tmp_path / "报告"), str(other / "索引"))


def test_the_file_beside_the_program_may_say_where_the_index_is(tmp_path: Path) -> None:
    written(f'index = "{tmp_path.as_posix()}/甲/索引"\ncorpus = "讲话"\n')
    assert Settings.from_env().index == f"{tmp_path.as_posix()}/甲/索引"
    assert Settings.from_env().corpus == (Path("讲话"),)


def test_a_file_that_windows_wrote_is_read() -> None:
    Path("speeches.toml").write_bytes(b"\xef\xbb\xbf" + "port = 8080\r\n# 端口\r\n".encode())
    assert Settings.from_env().port == 8080


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"port 8080\n", "写得不对"),
        (b"prot = 8080\n", "没有“prot”这一项"),
        (b"secret = 1\n", "没有“secret”这一项"),
        (b"port = true\n", "port 的值不对"),
        (b"port = 8080.5\n", "port 的值不对"),
        (b"port = 808000\n", "设置文件里的 port"),
        (b"hosts = [[1]]\n", "hosts 的值不对"),
        (b"[port]\na = 1\n", "port 的值不对"),
        ('url = "讲话"\n'.encode("gbk"), "不是 UTF-8"),
        (b"a = " + b"[" * 50_000, "写得不对"),
        (b"#" * 200_000, "太大"),
    ],
)
def test_a_file_that_cannot_be_followed_is_told_in_one_sentence(content: bytes, told: str) -> None:
    Path("speeches.toml").write_bytes(content)
    with pytest.raises(ValueError) as error:
        Settings.from_env()
    assert told in str(error.value) and re.search("[一-鿿]", str(error.value)) and "\n" not in str(error.value)


def test_a_folder_of_that_name_is_told() -> None:
    Path("speeches.toml").mkdir()
    with pytest.raises(ValueError, match="读不了设置文件"):
        Settings.from_env()


def test_the_file_in_the_manual_can_be_followed() -> None:
    manual = (ROOT / "docs" / "管理.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", manual, re.S)
    written(example)
    said = Settings.from_env()
    assert (said.corpus[0], said.port, said.host) == (Path("/data/讲话"), 8080, "0.0.0.0")


# --- addresses -------------------------------------------------------------------------------------------------


def test_the_public_address_is_the_one_that_is_told() -> None:
    assert reached.addresses(Settings(url="https://a.cn/x", host="0.0.0.0")) == ("https://a.cn/x/",)


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "http://127.0.0.1:5000/"), ("::1", "http://[::1]:5000/"), ("a", "http://a:5000/")]
)
def test_one_address_is_told_where_it_listens_on_one(host: str, shown: str) -> None:
    assert reached.addresses(Settings(host=host)) == (shown,)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_where_everybody_may_come_in_the_address_that_others_use_is_told(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "_outward", lambda: ("10.1.2.3",))
    assert reached.addresses(Settings(host=host)) == ("http://127.0.0.1:5000/", "http://10.1.2.3:5000/")
    monkeypatch.undo()
    assert all("0.0.0.0" not in one for one in reached.addresses(Settings(host=host)))
