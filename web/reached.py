"""Under which addresses readers reach the service."""

from __future__ import annotations

import socket

from search.settings import Settings

_EVERYWHERE = ("0.0.0.0", "::", "")


def addresses(chosen: Settings) -> tuple[str, ...]:
    """The public address where one is set; else this machine's, and where others may come in, the one they use."""
    if chosen.url:
        return (f"{chosen.url}/",)
    hosts = ("127.0.0.1", *_outward()) if chosen.host in _EVERYWHERE else (chosen.host,)
    return tuple(f"http://{f'[{host}]' if ':' in host else host}:{chosen.port}/" for host in dict.fromkeys(hosts))


def _outward() -> tuple[str, ...]:
    """The address of this machine that others in the network see, if there is one; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))  # an address kept for examples: the system only chooses the way to it
            return (str(line.getsockname()[0]),)
        except OSError:
            return ()
