"""What says that a meeting is told of, so that what somebody said was spoken there."""

from __future__ import annotations

import re


def _each(beginnings: str, rest: str) -> str:
    """Each of these with the rest. Alternatives that begin with a character of their own are looked for where one of
    these characters stands, in a fifth of the time."""
    return "|".join(f"{one}{rest}" for one in beginnings.split())


_TALKED = "(?<!展开|进行|开展)座谈(?:交流)?(?=[，。；]|$)"
# 座谈会上，: where a text tells of more than a meeting, what is told behind this was spoken at one
AT_ONE = re.compile(
    "|".join(
        (
            _each("会议? 仪式 活动 论坛 典礼 庆典 培训 班 坛 式", "(?:上|中|现场|伊始|期间)，"),
            "座谈[中时]，",
            _each("节目 访谈 直播", "中，"),
            # 局长某某与来宾一行座谈: two sides met to talk
            _each("与 和 同", rf"[^，。；：]{{2,40}}{_TALKED}"),
            _each("到 赴", rf"(?:(?!看望|慰问|调研|走访|并)[^，。；：]){{2,20}}{_TALKED}"),
            _each(
                "出席 参加",
                r"[^，。；：]{0,16}(?:会议|大会|仪式|典礼|庆典|[开闭结][班幕营讲学业]式|论坛)(?=[，。；]|并|$)",
            ),
            # 随后召开座谈会，听取…汇报: a visit that ended in one
            r"召开(?:了)?(?:[^，。；：、]{0,30}(?:座谈|协商|研讨|汇报|推进|调度|反馈))?会(?:议)?(?=[，。]|$)",
            # 召开“板凳会”, 举办……培训
            _each("召开 举行", r"(?:了)?[^，。；：、“]{0,30}“[^“”，。]{1,12}会”(?=[，。]|$)"),
            _each(
                "举办 开展",
                r"(?:了)?(?:[^，。；：“”]{2,40}|“[^“”]{2,40}”)(?:培训|讲座|[训习]班|课堂)(?=[，。]|$)",
            ),
            "会议由[^，。；：]{2,30}主持(?=[，。；]|$)",
            _each(
                "座谈 协商 研讨 汇报 推进 调度 反馈 工作",
                r"会(?:议)?(?:在[^，。；：、]{1,16}|由[^，。；：]{2,30})(?:召开|举行|召集)(?=[，。]|$)",
            ),
        )
    )
)
AT = re.compile(r"[在于][^，。；、]{1,20}(?:会议?|仪式|活动|论坛)上")
