"""The generations of an index in a cluster: indexes of their own, of which aliases name the published one, the one
before, and the one kept before a large removal.

    speeches              alias of what readers use
    speeches-before       alias of the one before, to go back to
    speeches-kept         alias of the one before the last large removal, where there was one
    speeches-g000007-5c0e9b21   a generation; its mapping says when it was finished
"""

from __future__ import annotations

import os
import re
import time
from secrets import token_hex

from search.engines.opensearch import mapping, state
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.engine import Manifest, OpenSearchEngine
from search.errors import IndexUnusable

# Seconds until every copy has to hold what was written.
_COPIED = 120.0
# … and for which a writer waits for copies before it begins; how long it waits for that answer.
_SETTLED, _PATIENT = 50, 60.0
_FOREIGN = "集群里叫这个名字的索引是别的程序的。请在地址里换一个索引名（SPEECHES_INDEX 或 --index）。"


class Generations:
    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._alias = cluster.address.name

    def current(self) -> OpenSearchEngine | None:
        """What readers use, whichever version of the program made it; None where nothing is published."""
        with self._cluster.client() as client:
            found = client.indices.get(index=self._alias, params={"ignore_unavailable": "true"})
        if not found:
            return None
        (name, told), *_ = found.items()
        manifest = Manifest.of(told["mappings"].get("_meta", {}))
        if manifest is None or name == self._alias:
            raise IndexUnusable(_FOREIGN)
        return OpenSearchEngine(self._cluster, name, manifest)

    def next_name(self) -> str:
        numbers = [int(one.removeprefix(f"{self._alias}-g").split("-")[0]) for one in self.there()]
        return f"{self._alias}-g{max(numbers, default=0) + 1:06d}-{token_hex(4)}"

    def begin(self, name: str, base: str | None) -> None:
        """An index to write to: empty, or a clone of what is published. What an interrupted run left goes."""
        self._clear()
        with self._cluster.client(patient=True) as client:
            if base:
                client.indices.clone(index=base, target=name)
                client.indices.put_settings(index=name, body={"index.blocks.write": False})
            else:
                shards, replicas = _copies()
                body = {
                    "settings": mapping.settings(shards=shards, replicas=replicas),
                    "mappings": mapping.mappings(),
                }
                client.indices.create(index=name, body=body)
        self._let_be_copied(name)

    def _let_be_copied(self, name: str) -> None:
        """Waits for the copies that the nodes can hold: what only one node has is lost with it."""
        settled = {"wait_for_no_initializing_shards": "true", "wait_for_events": "languid"}
        # Without the first the client would take the second for its own. 408: then it begins without.
        limits = {"request_timeout": _PATIENT, "timeout": f"{_SETTLED}s", "ignore": 408}
        with self._cluster.client(patient=True) as client:
            client.cluster.health(index=name, params={**settled, **limits})

    def refresh(self, name: str) -> None:
        with self._cluster.client(patient=True) as client:
            if client.indices.refresh(index=name)["_shards"]["failed"]:
                raise IndexUnusable("检索集群没有写完全部文献，索引没有更新。请检查集群的状态后重新运行。")

    def counted_everywhere(self, name: str, expected: int) -> int:
        """Documents of the index: of its copies, where all are there, the fewest, for they may lag behind."""
        end = time.monotonic() + _COPIED
        while True:
            with self._cluster.client(patient=True) as client:
                health = client.cluster.health(index=name)
                copies = ["_primary"]
                if health["status"] == "green" and health["active_shards"] > health["active_primary_shards"]:
                    copies.append("_replica")
                counts = [int(client.count(index=name, params={"preference": one})["count"]) for one in copies]
            if set(counts) == {expected} or time.monotonic() > end or counts[0] != expected:
                return min(counts)
            time.sleep(0.2)

    def publish(self, name: str, manifest: Manifest, before: str, *, keep: bool) -> None:
        """Moves the aliases in one step."""
        roles = {self._alias: name, **({f"{self._alias}-before": before} if before else {})}
        if keep and before:
            roles[f"{self._alias}-kept"] = before
        there = self.there()
        actions: list[mapping.Json] = []
        for alias, index in roles.items():
            actions += [
                {"remove": {"index": one, "alias": alias}} for one in there if alias in there[one] and one != index
            ]
            actions.append({"add": {"index": index, "alias": alias}})
        with self._cluster.client(patient=True) as client:
            client.indices.put_mapping(index=name, body={"_meta": manifest.as_meta()})
            client.indices.put_settings(index=name, body={"index.blocks.write": True})
            client.indices.update_aliases(body={"actions": actions})
        self._clear()

    def discard(self, name: str) -> None:
        """Removes a generation that no alias names, and its notes."""
        if self.there().get(name) == set():
            self._remove(name)

    def _clear(self) -> None:
        for name, roles in self.there().items():
            if not roles:
                self._remove(name)

    def _remove(self, name: str) -> None:
        with self._cluster.client(patient=True) as client:
            client.indices.delete(index=name, params={"ignore_unavailable": "true"})
        state.forget_notes(self._cluster, name)

    def there(self) -> dict[str, set[str]]:
        """All generations, finished or not, each with the aliases that name it."""
        pattern = re.compile(re.escape(self._alias) + r"-g\d{6,}-[0-9a-f]{8}")
        with self._cluster.client(patient=True) as client:
            found = client.indices.get_alias(index=f"{self._alias}-g*", params={"allow_no_indices": "true"})
        return {name: set(told["aliases"]) for name, told in found.items() if pattern.fullmatch(name)}


# Of an index to be made: the setting, the least and the most it may be; 1 where nothing is set.
_COPIES = (("SPEECHES_OPENSEARCH_SHARDS", 1, 1024), ("SPEECHES_OPENSEARCH_REPLICAS", 0, 100))


def _copies() -> list[int]:
    """Shards and replicas of an index to be made; raises IndexUnusable for a setting that is no such number."""
    given = [(os.environ.get(name) or "1", name, least, most) for name, least, most in _COPIES]
    for one, name, least, most in given:
        if not re.fullmatch("[0-9]{1,4}", one) or not least <= int(one) <= most:
            raise IndexUnusable(f"{name} 应是 {least} 到 {most} 的整数，不能是“{one}”。请改正后重新运行。")
    return [int(one) for one, *_ in given]
