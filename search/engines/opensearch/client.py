"""The one way to the cluster: an address, a client, and what may go wrong said once.

Whatever fails is IndexUnusable with a sentence; after a failure to connect nothing is tried for a few seconds, so that
readers are told at once. Credentials come with the address or from the environment and are never printed.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from opensearchpy import JSONSerializer, OpenSearch, exceptions

from search.engines.opensearch.mapping import Json
from search.errors import IndexUnusable

log = logging.getLogger(__name__)

# The first version whose analyzers and intervals this engine was tried on.
_OLDEST = (3, 6)
# Seconds that a reader's request may take: one that a node does not answer in time is sent to another node, once. A
# cluster drops a node that stands still after some seconds by itself.
_READ = 2.4
# … and those of whoever writes or reads everything, who rather waits.
_PATIENT = 60.0
# Where nothing was answered for so long, nothing is tried for a while, so that readers are told at once. One node that
# stands still fails some requests and is no reason to refuse the others.
_SILENT, _REST = 5.0, 1.0
# Connections to a host that are kept: one a thread of the server. The client keeps one otherwise, and makes the others
# anew for each request.
_CONNECTIONS = 16
_NAME = re.compile("[a-z0-9][a-z0-9_-]{0,99}")
_OTHER = "这个地址上回答的不是 OpenSearch，请检查主机、端口，以及该用 http 还是 https（SPEECHES_INDEX 或 --index）。"
_AWAY = "检索集群现在连不上，请稍后再试；管理员请检查集群和网络。"


@dataclass(frozen=True, slots=True)
class Address:
    """http://host:9200/name, or several hosts with commas: http://one:9200,two:9200/name."""

    hosts: tuple[str, ...]
    name: str
    user: tuple[str, str] | None

    @classmethod
    def of(cls, location: str) -> Address:
        """Raises IndexUnusable for what is none."""
        try:
            parts = urlsplit(location.rstrip("/"))
            name = parts.path.strip("/")
            if parts.scheme not in ("http", "https") or not parts.netloc or not _NAME.fullmatch(name):
                raise ValueError(location)
            users, _, hosts = parts.netloc.rpartition("@")
        except ValueError as error:
            raise IndexUnusable(
                "集群的地址应写成 http://主机:9200/索引名，"
                "索引名最多 100 个字，用小写字母、数字、- 和 _，以字母或数字开头。请改正 SPEECHES_INDEX 或 --index。"
            ) from error
        user, _, password = users.partition(":")
        user = unquote(user) or os.environ.get("SPEECHES_OPENSEARCH_USER", "")
        password = unquote(password) or os.environ.get("SPEECHES_OPENSEARCH_PASSWORD", "")
        found = tuple(f"{parts.scheme}://{host}" for host in hosts.split(","))
        return cls(found, name, (user, password) if user else None)

    @property
    def credentials(self) -> dict[str, str]:
        """As a header; the client itself takes none beyond Latin-1."""
        if self.user is None:
            return {}
        return {"Authorization": f"Basic {b64encode(':'.join(self.user).encode()).decode('ascii')}"}

    def __str__(self) -> str:
        """As it is written, without the password."""
        scheme = self.hosts[0].partition("://")[0]
        return f"{scheme}://{','.join(host.partition('://')[2] for host in self.hosts)}/{self.name}"


def seconds() -> float:
    """What a reader's request may take; raises IndexUnusable for a setting that is no such number."""
    given = os.environ.get("SPEECHES_OPENSEARCH_SECONDS", "")
    try:
        if 0.1 <= (found := float(given or _READ)) <= 600:
            return found
    except ValueError:
        pass
    raise IndexUnusable(f"SPEECHES_OPENSEARCH_SECONDS 应是 0.1 到 600 秒，不能是“{given}”。请改正后重新运行。")


class _Json(JSONSerializer):
    """Faster than the client's own (.03 ms a round for .14); what is no text of Unicode goes the client's own way."""

    def dumps(self, data: Any) -> Any:
        try:
            return data if isinstance(data, str | bytes) else msgspec.json.encode(data).decode("utf-8")
        except (UnicodeEncodeError, TypeError):
            return super().dumps(data)

    def loads(self, s: str) -> Any:
        try:
            return msgspec.json.decode(s)
        except (msgspec.DecodeError, UnicodeEncodeError):
            return super().loads(s)


class Cluster:
    """A cluster at an address; threads may share it."""

    serializer = _Json()

    def __init__(self, address: Address) -> None:
        self.address = address
        self._rests_until = 0.0
        self._answered = float("-inf")

    @cached_property
    def _quick(self) -> OpenSearch:
        return self._connected(seconds())

    @cached_property
    def _patient(self) -> OpenSearch:
        return self._connected(_PATIENT)

    def _connected(self, timeout: float) -> OpenSearch:
        authority = os.environ.get("SPEECHES_OPENSEARCH_CA") or None
        secure: Json = {"use_ssl": True, "verify_certs": True, "ca_certs": authority} if self._is_secure else {}
        client = OpenSearch(
            hosts=list(self.address.hosts),
            headers=self.address.credentials,
            timeout=timeout,
            serializer=self.serializer,
            pool_maxsize=_CONNECTIONS,
            # Each time at another host, if there is one that did not fail lately.
            max_retries=1,
            retry_on_timeout=True,
            **secure,
        )
        self._check_version(client)
        return client

    @property
    def _is_secure(self) -> bool:
        return self.address.hosts[0].startswith("https")

    @staticmethod
    def _check_version(client: OpenSearch) -> None:
        told = client.info()
        version = told.get("version") if isinstance(told, dict) else None
        if not isinstance(version, dict):
            raise IndexUnusable(_OTHER)
        number, kind = str(version.get("number", "")), version.get("distribution", "")
        if kind != "opensearch" or tuple(int(part) for part in re.findall(r"\d+", number)[:2]) < _OLDEST:
            wanted = ".".join(map(str, _OLDEST))
            raise IndexUnusable(
                f"集群是 {kind or '别的软件'} {number}，本程序需要 OpenSearch {wanted} 或更新的版本。请升级集群。"
            )

    @contextlib.contextmanager
    def client(self, *, patient: bool = False) -> Iterator[OpenSearch]:
        """The client; whatever goes wrong with it is told as IndexUnusable."""
        if time.monotonic() < self._rests_until:
            raise IndexUnusable(_AWAY)
        try:
            yield self._patient if patient else self._quick
            self._answered = time.monotonic()
        except exceptions.OpenSearchException as error:
            log.warning("检索集群 %s：%s", self.address, _short(error))
            away = isinstance(error, exceptions.ConnectionError) and not isinstance(error, exceptions.SSLError)
            if away and (now := time.monotonic()) - self._answered >= _SILENT:
                self._rests_until = now + _REST
            raise IndexUnusable(_sentence(error)) from error

    def searched(
        self, index: str, bodies: Sequence[Json], *, patient: bool = False, within: float | None = None
    ) -> list[Json]:
        """The answers of several searches, asked at once; each of the two nodes that may be asked has `within` seconds.
        Part of an answer is none: it would be a smaller total."""
        within = within or (_PATIENT if patient else seconds())
        lines = [line for body in bodies for line in ({}, {"timeout": f"{int(1000 * within)}ms", **body})]
        with self.client(patient=patient) as client:
            found = client.msearch(index=index, body=lines, params={"request_timeout": within})
        answers: list[Json] = found["responses"]
        for answer in answers:
            if "error" in answer or answer.get("timed_out") or answer["_shards"]["failed"]:
                told = str(answer.get("error", answer.get("_shards")))
                log.warning("检索集群 %s：%s", self.address, told[:500])
                if "too_many" in told:
                    raise IndexUnusable("这次检索的词和写法太多，检索集群一次答不了。请减少检索词或缩短句子再检索。")
                raise IndexUnusable("检索集群没有完整地回答，结果不能给出，请稍后再试；管理员请检查集群的状态。")
        return answers

    def written(self, body: str) -> list[Json]:
        """What became of each item of a bulk request."""
        with self.client(patient=True) as client:
            items: list[Json] = client.bulk(body=body)["items"]
        return [next(iter(item.values())) for item in items]


def is_missing(error: IndexUnusable) -> bool:
    return isinstance(error.__cause__, exceptions.NotFoundError)


def is_conflict(error: IndexUnusable) -> bool:
    return isinstance(error.__cause__, exceptions.ConflictError)


def _sentence(error: exceptions.OpenSearchException) -> str:
    if isinstance(error, exceptions.SSLError):
        return "检索集群的 TLS 连接没有建立：请检查地址是 http 还是 https，以及证书（SPEECHES_OPENSEARCH_CA）。"
    if isinstance(error, exceptions.ConnectionError) or _status(error) >= 502:
        return _AWAY
    if isinstance(error, exceptions.AuthenticationException):
        return "检索集群不接受用户名或密码，请检查 SPEECHES_OPENSEARCH_USER、SPEECHES_OPENSEARCH_PASSWORD。"
    if isinstance(error, exceptions.AuthorizationException):
        return "检索集群不允许这样做：用户没有权限，或者索引被设为只读（磁盘将满时集群会这样做）。请管理员检查。"
    if isinstance(error, exceptions.NotFoundError):
        return "检索集群里没有这个索引。请运行 python -m indexer build。"
    if isinstance(error, exceptions.SerializationError) or not isinstance(getattr(error, "info", None), dict):
        return _OTHER
    return "检索集群没有按要求回答，请稍后再试；管理员请看日志。"


def _status(error: exceptions.OpenSearchException) -> int:
    """Of HTTP; 0 where there was no answer."""
    status = error.status_code if isinstance(error, exceptions.TransportError) else 0
    return status if isinstance(status, int) else 0


def _short(error: Exception) -> str:
    told: Any = getattr(error, "info", None) or error
    return f"{type(error).__name__} {str(told)[:500]}"
