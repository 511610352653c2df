"""A file → the documents in it, told in reading order: read → split → clean → describe → passages."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

from indexer.articles.articles import Article, split
from indexer.articles.characters import has_chinese
from indexer.articles.classified import marks_of
from indexer.articles.cleaning import in_columns, tidied, unwrapped
from indexer.articles.lines import Line
from indexer.articles.passages import passages
from indexer.extract import Unreadable
from indexer.facts import metadata, warnings
from indexer.readers import check_size, read
from search.documents.document import Document, Original
from search.documents.filenames import shown
from search.documents.switches import admits_secret


def understand(file: Path, name: str) -> tuple[Document, ...]:
    """Every document in a file, in its order. name: the path in the corpus folder, with /, as kept().

    Raises Unreadable, with a reason in Chinese, where the file gives no text; other OSErrors are the caller's.
    """
    data = _content(file)
    extract = read(file, data)
    articles = split(extract)
    if not articles:
        raise Unreadable(file, "文件里没有正文；请打开核对，另存后再放入")
    if not any(has_chinese(line.text) for article in articles for line in article.lines):
        raise Unreadable(file, "文件里没有汉字，不像讲话文稿；确是文稿请另存为 UTF-8 编码")
    marks = marks_of(extract, articles)
    if marks.secret and not admits_secret():
        raise Unreadable(
            file,
            f"文首标有密级“{marks.secret}”，不收录；请移到准许存放涉密文件的机器上；"
            "这台机器确可存放的，设 SPEECHES_SECRET=1 后再运行",
        )
    original = Original(name, hashlib.sha256(data).hexdigest())
    return tuple(
        _document(article, original, place, warnings.OfFile(extract.replaced, extract.recognised, len(articles), marks))
        for place, article in enumerate(articles, start=1)
    )


def _content(file: Path) -> bytes:
    """The bytes of an ordinary file of a bearable size; a pipe or a device would be read for ever."""
    facts = file.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise Unreadable(file, "这是文件夹；请写明里面的一个文件")
    if not stat.S_ISREG(facts.st_mode):
        raise Unreadable(file, "不是普通文件（管道或设备）；请移走")
    check_size(file, facts.st_size)
    return file.read_bytes()


def _document(article: Article, original: Original, place: int, of_file: warnings.OfFile) -> Document:
    """One article of a file, the place-th."""
    paragraphs = clean(article)
    described = metadata.describe(article, paragraphs)
    pieces = passages(paragraphs)
    subject = warnings.Subject(described, tuple(line.text for line in paragraphs), pieces, of_file)
    doubts = warnings.warnings(subject)
    if any(doubt.code == "year_contradiction" for doubt in doubts):
        described = metadata.without_date(described)
        doubts = warnings.warnings(replace(subject, described=described))
    path = shown(original.path)
    return Document(
        id=document_id(original.sha256, place),
        external_id=f"{path}#{place}" if of_file.articles > 1 else path,
        metadata=described.metadata,
        passages=pieces,
        original=original,
        warnings=doubts,
    )


def clean(article: Article) -> tuple[Line, ...]:
    """The paragraphs of an article: its lines joined where they were wrapped, each tidied."""
    return unwrapped(article.lines) if article.wrapped or in_columns(article.lines) else tidied(article.lines)


def document_id(sha256: str, place: int) -> str:
    """16 hex digits from the file's content and the article's place in it, so that it outlives moving the file."""
    return hashlib.sha256(f"{sha256}#{place}".encode()).hexdigest()[:16]
