"""How the tests of the contract ask in Chinese, and three documents."""

from __future__ import annotations

from conftest import document, stored

from search.engines import Engine
from search.matching.matches import Matches
from search.query.parsing import parse


def ask(engine: Engine, question: str, limit: int = 50, offset: int = 0, **options: object) -> Matches:
    return engine.find(parse(question, **options), limit=limit, offset=offset)  # type: ignore[arg-type]


def found(engine: Engine, question: str, **options: object) -> list[tuple[str, str]]:
    """(name, kind) of each match in order."""
    matches = ask(engine, question, **options)
    return [(one.external_id, m.kind) for m in matches.ranked if (one := stored(engine, m.id))]


HUBEI = document(
    "湖北.txt",
    "会议指出，要以推进高品质普惠养老服务为重点。",
    ["三是推动银发经济发展。", "四是规范福利彩票销售，发展养老服务。"],
    title="湖北养老服务工作会议",
    date="2024-02-21",
    region="湖北",
    speakers=["甲某某"],
    genre="会议报道",
)


YUNNAN = document(
    "云南.txt",
    "市州福彩管理站主任参会。",
    "要做好困难群众救助。",
    title="云南会议",
    date="2023",
    region="云南",
    genre="会议报道",
)


UNDATED = document("不详.txt", "赡养老人是美德，服务群众是本分。", "养老，服务，都要抓。", title="讲话", genre="讲话稿")


ALL = (HUBEI, YUNNAN, UNDATED)
