"""Mail gives an article a message, whatever is broken in the others."""

import pytest

from detente.read import Failure, Limits, Read, ReadOptions
from read.formats import docx, eml, fragment, mbox, pdf, read_bytes, sample

ENGLISH = "Pakistan and Russia agreed on Tuesday to hold joint exercises in the autumn, officials said."


def test_subject_sender_and_day_are_kept(tmp_path):
    (read,) = read_bytes(tmp_path, "a.eml", eml(ENGLISH))

    assert (read.document.title, read.document.author) == ("Talks", "Press Office")
    # The day where it was sent, not that of Greenwich.
    assert (read.document.published, read.source.date_source) == ("2018-03-02", "metadata")
    assert read.source.media_type == "message/rfc822"


def test_mail_is_known_by_its_content(tmp_path):
    assert read_bytes(tmp_path, "a.txt", eml(ENGLISH))[0].document.title == "Talks"


def test_a_memo_is_no_mail(tmp_path):
    memo = f"From: the ministry\nDate: 2 March 2018\n\n{ENGLISH}"

    assert read_bytes(tmp_path, "a.txt", memo.encode())[0].document.text == memo


def test_attached_files_are_documents_of_their_own(tmp_path):
    attached = [("talks.pdf", pdf(sample())), ("talks.docx", docx(sample())), ("map.png", b"\x89PNG\0\0")]

    found = read_bytes(tmp_path, "a.eml", eml(ENGLISH, attached=attached))

    read = [one for one in found if isinstance(one, Read)]
    assert [one.source.member for one in read] == [(), ("talks.pdf",), ("talks.docx",)]
    assert [one.document.text for one in read] == [ENGLISH, sample(), sample()]
    assert [one.passed_over for one in found if isinstance(one, Failure)] == [True]


def test_a_forwarded_message_is_a_document_of_its_own(tmp_path):
    import email
    import email.policy
    from email.message import EmailMessage

    outer = EmailMessage()
    outer["From"], outer["Message-ID"], outer["Subject"] = "a@example.org", "<2@example.org>", "Fwd"
    outer.set_content(ENGLISH)
    outer.add_attachment(email.message_from_bytes(eml("Putin met Xi in Beijing."), policy=email.policy.default))

    found = read_bytes(tmp_path, "a.eml", outer.as_bytes())

    assert [one.document.text for one in found] == [ENGLISH, "Putin met Xi in Beijing."]
    assert [one.document.title for one in found] == ["Fwd", "Talks"]


def test_html_mail_gives_its_words(tmp_path):
    (read,) = read_bytes(tmp_path, "a.eml", eml(fragment(sample()) + "<script>x</script>", subtype="html"))

    assert read.document.text == sample()


def test_flowed_lines_are_joined(tmp_path):
    data = eml("x").replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    head = data[: data.index(b"\n\n") + 2]

    (read,) = read_bytes(tmp_path, "a.eml", head + b"Pakistan and =20\nRussia met.\n\n> quoted\n From here =20\non.\n")

    assert read.document.text == "Pakistan and  Russia met.\n\n> quoted\nFrom here  on."


def test_messages_of_a_mailbox_are_read_one_by_one(tmp_path):
    texts = [f"{ENGLISH}\n\nFrom here on it is quiet.", "Putin met Xi in Beijing."]

    found = read_bytes(tmp_path, "a.mbox", mbox(*map(eml, texts)))

    assert [one.document.text for one in found] == texts
    assert [one.source.member for one in found] == [("message 1",), ("message 2",)]


def test_a_header_of_any_length_is_parsed_in_its_beginning_only(tmp_path):
    data = eml(ENGLISH).replace(b"Subject: Talks", b"Subject: " + b"=?utf-8?q?Talks?= " * 50_000)

    (read,) = read_bytes(tmp_path, "a.eml", data)

    assert read.document.title.startswith("TalksTalks")
    assert len(read.document.title) < 5_000


BROKEN = {
    "no header": b"\xff\xfe\x00 no header at all\n",
    "no end": b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\n',
    "bad charset": b"Content-Type: text/plain; charset=klingon\n\nnoise \xc3\x28 \x81\x8d\x8f\n",
    "bad base64": b"Content-Transfer-Encoding: base64\n\n!!!!\n",
    "bad date": b"Date: Fri, 99 Mar 20188 99:99:99\nFrom: =?utf-8?q?=ff?= <<>\nSubject: =?x?b?!?=\n\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_message_does_not_stop_the_others(tmp_path, broken):
    found = read_bytes(tmp_path, "a.mbox", mbox(eml(ENGLISH), broken, eml(ENGLISH)))

    places = [(type(one), one.source.member if isinstance(one, Read) else one.member) for one in found]
    assert places[0] == (Read, ("message 1",))
    assert places[-1] == (Read, ("message 3",))
    assert places[1][1] == ("message 2",)


def test_a_message_beyond_the_limit_is_named_and_the_next_one_read(tmp_path):
    data = mbox(eml(ENGLISH), eml(ENGLISH * 100), eml(ENGLISH))

    found = read_bytes(tmp_path, "a.mbox", data, ReadOptions(limits=Limits(document_bytes=2_000)))

    assert [type(one) for one in found] == [Read, Failure, Read]
    assert "a.mbox > message 2'" in found[1].message


def test_messages_in_messages_are_opened_to_a_depth(tmp_path):
    data = eml("innermost")
    for number in range(6):
        data = eml(f"Letter number {number} of them", attached=[("inner.eml", data)])

    found = read_bytes(tmp_path, "a.eml", data)

    assert [one.document.text[:15] for one in found] == [f"Letter number {number}" for number in (5, 4, 3, 2)]
