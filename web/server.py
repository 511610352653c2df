"""The server: threads, addresses with Chinese characters as they are, what is loaded before the first reader comes."""

from __future__ import annotations

import errno
import gc
import os
import select
from urllib.parse import urlsplit

import click
import waitress  # type: ignore[import-untyped]
from flask import (
    Flask,
)
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]

from search import results
from search.engines import opened, store_of
from search.errors import IndexUnusable
from search.query.addresses import root
from search.settings import LOOPBACK, Settings
from search.text import warm
from search.usage import Failed
from web.reached import addresses
from web.receiving import MAX_BODY, Channel, Parser
from web.turns import RUNNING, WAITING

# waitress queues without bound: more threads than may run and wait, so that one is free to say no (answers.Turns).
THREADS = RUNNING + WAITING + 6
# A browser keeps some six connections open: waitress's hundred are taken by seventeen readers, and the next one waits
# for a minute and more, /healthz too.
CONNECTIONS = 1000
SPARE_FILES = 200  # of those the process may have open: indexes, the log, what is read on the way
IDLE = 20  # seconds after which a connection that asks nothing gives up its place
LOOKED_AT = 5  # seconds between two looks for such connections


def connections() -> int:
    """How many connections are held at once: as many as are wanted, or as the system has open files for."""
    if os.name == "nt":
        return 400  # select() there takes 512
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(100, min(CONNECTIONS, files - SPARE_FILES))


def _why_not(error: OSError, chosen: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        free = chosen.port % 65535 + 1
        return (
            f"端口 {chosen.port} 已被占用：另一个程序在用，或已经启动过一次；"
            f"请换一个，如 make serve PORT={free}（或 --port {free}）"
        )
    if error.errno == errno.EACCES:
        return f"没有权限用端口 {chosen.port}；请换一个 1024 以上的，如 --port 8080"
    place = f"{chosen.host}:{chosen.port}"
    return f"不能在 {place} 上监听（{error.strerror or error}）；请核对监听的地址，或换一个端口：--port"


def serve(app: Flask, chosen: Settings) -> None:
    """Answers requests until it is stopped; raises Failed where it cannot listen."""
    TcpWSGIServer.channel_class = Channel
    Parser.keepers = app.extensions["sessions"] if chosen.keeper else None
    try:
        server = waitress.create_server(
            app,
            host=chosen.host,
            port=chosen.port,
            url_prefix=urlsplit(chosen.url).path,
            threads=THREADS,
            ident=None,
            connection_limit=connections(),
            channel_timeout=IDLE,
            cleanup_interval=LOOKED_AT,
            asyncore_use_poll=hasattr(select, "poll"),  # select() knows no file beyond number 1023
            max_request_body_size=MAX_BODY,
            inbuf_overflow=MAX_BODY + 1,
        )
    except OSError as error:
        raise Failed(_why_not(error, chosen)) from error
    if chosen.host not in LOOPBACK:
        click.echo(f"注意：监听 {chosen.host}，同一网络里的其他人都能访问。", err=True)
    click.echo(f"索引 {chosen.index}，文件在 {'、'.join(map(str, chosen.corpus))}", err=True)
    own, *others = addresses(chosen)
    click.echo(f"检索网页已启动，请用浏览器打开 {own} （按 Ctrl+C 停止）")
    if others:
        click.echo(f"同事在自己的电脑上打开 {'、'.join(others)}")
    warm()
    root.set(urlsplit(chosen.url).path)  # what is made here is shown later
    try:
        results.browse(opened(store_of(chosen.engine, chosen.index)))  # so that the first reader does not wait for it
    except IndexUnusable as error:  # every page says so, too, and works as soon as it is put right
        click.echo(f"注意：{error}", err=True)
    settle()
    server.run()


def settle() -> None:
    """What is loaded by now stays: the collector would walk through all of it again and again, 50 ms at a time."""
    gc.collect()
    gc.freeze()
