"""Mail: what its body says; attachments are named and not read."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from formats import mail, paragraphs
from steps import growth

from indexer.extract import Extract, Unreadable
from indexer.readers import read

LINES = ["在全县助餐工作会议上的讲话", "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"]


def extract(data: bytes) -> Extract:
    return read(Path("a.eml"), data)


def texts(found: Extract) -> list[str]:
    return [block.text for block in found.blocks if block.text.strip()]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        extract(data)
    return refused.value.reason


def test_of_two_ways_to_say_it_the_page_is_read() -> None:
    message = EmailMessage()
    message.set_content("请用能看网页的邮件程序打开。")
    message.add_alternative(paragraphs(LINES).decode(), subtype="html")
    assert texts(extract(message.as_bytes())) == LINES


def parts(*bodies: tuple[str, str], subtype: str = "mixed") -> bytes:
    message = MIMEMultipart(subtype)
    for kind, text in bodies:
        message.attach(MIMEText(text, kind))
    return message.as_bytes()


def test_bodies_that_follow_each_other_are_all_read() -> None:
    assert texts(extract(parts(("plain", LINES[0]), ("plain", LINES[1])))) == LINES
    pages = [("html", paragraphs([line]).decode()) for line in LINES]
    assert texts(extract(parts(*pages))) == LINES


def test_a_page_that_a_mail_program_adds_does_not_take_the_place_of_the_text() -> None:
    found = extract(parts(("plain", "\n".join(LINES)), ("html", "<p>本邮件经过查毒。</p>")))
    assert texts(found) == [*LINES, "本邮件经过查毒。"]
    assert found.wrapped and [block.whole for block in found.blocks if block.text] == [False, False, True]


@pytest.mark.parametrize("subtype", ["mixed", "alternative"])
def test_what_is_sent_as_a_text_and_as_a_page_is_read_once(subtype: str) -> None:
    both = parts(("plain", "\n\n".join(LINES)), ("html", paragraphs(LINES).decode()), subtype=subtype)
    assert texts(extract(both)) == LINES


@pytest.mark.parametrize("charset", ["gb2312", "gb18030", "big5", "utf-8"])
def test_the_body_is_decoded_as_it_says(charset: str) -> None:
    lines = ["關於管好助餐點的通知"] if charset == "big5" else LINES
    message = EmailMessage()
    message.set_content("\n".join(lines), charset=charset)
    assert texts(extract(message.as_bytes())) == lines


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("在全县助餐工作会议上的讲话", "在全县助餐工作会议上的讲话"),
        ("Fw: 回复：转发：助餐讲话", "助餐讲话"),
        ("", ""),
    ],
)
def test_the_subject_is_the_title_without_what_mail_programs_put_before_it(subject: str, title: str) -> None:
    assert extract(mail(LINES, subject=subject)).hints.subject == title


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: =?gb2312?B?1vqyzb2yu7A=?=",
        b"Subject: " + "助餐讲话".encode("gb18030"),
        b"Subject: " + "助餐讲话".encode(),
    ],
)
def test_a_subject_is_read_however_its_bytes_are_written(head: bytes) -> None:
    assert extract(head + b"\n\n" + "\n".join(LINES).encode()).hints.subject == "助餐讲话"


def test_attachments_are_named() -> None:
    message = EmailMessage()
    message.set_content("\n".join(LINES))
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="名单.pdf")
    found = extract(message.as_bytes())
    assert texts(found) == LINES and found.left_out == (("邮件附件", "名单.pdf"),)


def test_mail_whose_words_are_in_its_attachments_alone_is_refused_with_what_to_do() -> None:
    message = EmailMessage()
    message.set_content("")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="讲话.pdf")
    assert "只有1个附件" in reason(message.as_bytes())
    assert "没有文字" in reason(b"Subject: a\n\n")


def test_a_message_that_is_attached_is_an_attachment() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner.set_content("转来的信里的话，不是这一封说的。")
    outer.set_content("\n".join(LINES))
    outer.add_attachment(inner)
    assert texts(extract(outer.as_bytes())) == LINES


@pytest.mark.parametrize(
    "head",
    [b"Subject: =?utf-8?B?%%%?=", b"Content-Type: text/plain; charset=\x00x", b"Content-Type: ;;;", b":", b"\xff"],
)
def test_damaged_heads_are_no_crash(head: bytes) -> None:
    assert LINES[1] in "".join(texts(extract(head + b"\n\n" + "\n".join(LINES).encode())))


def test_parts_in_parts_are_bounded() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000))
    assert reason(nested + b"\n" + "\n".join(LINES).encode())


def test_the_work_grows_with_the_body_the_parts_and_the_subject() -> None:
    def body(size: int) -> object:
        return extract(mail(LINES * size))

    def many(size: int) -> object:
        message = EmailMessage()
        message.set_content("\n".join(LINES))
        for n in range(size):
            message.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{n}.pdf")
        return extract(message.as_bytes())

    def bodies(size: int) -> object:
        return extract(parts(*[("plain", "\n".join(LINES)), ("html", paragraphs(LINES[1:]).decode())] * size))

    def subject(size: int) -> object:
        return extract(b"Subject: " + b"=?utf-8?B?5Yqp?= " * size + b"\n\n" + "\n".join(LINES).encode())

    assert all(
        max(growth(work, size)) < 4.6 for work, size in ((body, 300), (many, 30), (bodies, 30), (subject, 1_000))
    )
