"""One text in every format that is read, and the small parts that tests of readers are built from."""

import bz2
import email.message
import gzip
import io
import json
import tarfile
import zipfile
from html import escape
from importlib.resources import files

import pyarrow as pa
import pyarrow.parquet as pq

from detente.read import read_any
from detente.read.text import tidy

SAMPLES = ("report", "statement", "opinion")
ADDRESS = "https://news.example.org/world/talks"


def sample(name="report"):
    return tidy(files("detente.samples").joinpath(f"{name}.txt").read_text(encoding="utf-8"))


def html_page(text, head=""):
    title, *paragraphs = text.split("\n\n")
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{escape(title)}</h1>\n{body}</article>'
        f"<footer>All rights reserved</footer></body></html>"
    ).encode()


def fragment(text):
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))


def pdf(text, *, header=None, title="Talks", **options):
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def running_heads(canvas, document):
        if header:
            canvas.drawString(40, 570, header)
            canvas.drawCentredString(200, 20, f"Page {document.page}")

    stream = io.BytesIO()
    document = SimpleDocTemplate(stream, pagesize=A5, title=title, invariant=True, **options)
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(escape(paragraph), style) for paragraph in text.split("\n\n")]
    document.build(story, onFirstPage=running_heads, onLaterPages=running_heads)
    return stream.getvalue()


def pdf_of_lines(*pages, step=14):
    """A PDF with each line where it is told to stand: `pages` are lists of lines or of (x, line)."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=True)
    for page in pages:
        for number, line in enumerate(page):
            x, words = line if isinstance(line, tuple) else (60, line)
            canvas.drawString(x, 750 - step * number, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def docx(text, **properties):
    from docx import Document

    document = Document()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def eml(text, *, subtype="plain", attached=(), **headers):
    message = email.message.EmailMessage()
    message["From"] = headers.get("sender", "Press Office <press@example.org>")
    message["Date"] = headers.get("date", "Fri, 02 Mar 2018 23:30:00 -0800")
    message["Subject"] = headers.get("subject", "Talks")
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text, subtype=subtype, cte="quoted-printable")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mbox(*messages):
    parts = []
    for data in messages:
        quoted = b"\n".join(b">" + line if line.startswith(b"From ") else line for line in data.split(b"\n"))
        parts.append(b"From press@example.org Fri Mar  2 23:30:00 2018\n" + quoted.rstrip(b"\n") + b"\n\n")
    return b"".join(parts)


def rss(*texts, head=""):
    items = "".join(
        f"<item><title>Talks</title><link>{ADDRESS}</link><pubDate>Fri, 02 Mar 2018 23:30:00 -0800</pubDate>"
        f"<description>{escape(fragment(text))}</description></item>"
        for text in texts
    )
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>The Daily Example</title>{items}'
        "</channel></rss>"
    ).encode()


def atom(text):
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily Example'
        f'</title><entry><title>Talks</title><link href="{ADDRESS}"/><updated>2018-03-02T10:00:00Z</updated>'
        f'<content type="html">{escape(fragment(text))}</content></entry></feed>'
    ).encode()


def warc(*answers):
    """A WARC file of (address, media type, payload) or (address, media type, payload, status)."""
    records = []
    for address, media_type, payload, *status in answers:
        code = status[0] if status else "200 OK"
        http = f"HTTP/1.1 {code}\r\nContent-Type: {media_type}\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
        block = http + payload
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2018-03-03T04:05:06Z\r\n"
            "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(records)


def parquet(rows):
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def zipped(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members, mode="w"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def csv_table(text, delimiter=","):
    quoted = text.replace('"', '""')
    return f'title{delimiter}body\nTalks{delimiter}"{quoted}"\n'.encode()


def in_all_formats(text):
    """File name to bytes: the same text in every format."""
    plain = text.encode()
    return {
        "a.txt": plain + b"\n",
        "a.crlf.txt": plain.replace(b"\n", b"\r\n"),
        "a.utf16.txt": text.encode("utf-16"),
        "a.md": b"# " + plain,
        "a.html": html_page(text),
        "a.pdf": pdf(text),
        "a.docx": docx(text),
        "a.eml": eml(text),
        "a.html.eml": eml(fragment(text), subtype="html"),
        "a.mbox": mbox(eml(text)),
        "a.rss": rss(text),
        "a.atom": atom(text),
        "a.warc": warc((ADDRESS, "text/html; charset=utf-8", html_page(text))),
        "a.warc.gz": gzip.compress(warc((ADDRESS, "text/html; charset=utf-8", html_page(text)))),
        "a.jsonl": jsonl({"text": text}),
        "a.json": json.dumps([{"content": text}]).encode(),
        "a.csv": csv_table(text),
        "a.tsv": csv_table(text, "\t"),
        "a.parquet": parquet([{"body": text}]),
        "a.zip": zipped({"deep/a.txt": plain}),
        "a.docx.zip": zipped({"a.docx": docx(text)}),
        "a.tar": tarred({"a.html": html_page(text)}),
        "a.tar.gz": tarred({"a.txt": plain}, "w:gz"),
        "a.tar.xz": tarred({"a.pdf": pdf(text)}, "w:xz"),
        "a.txt.gz": gzip.compress(plain),
        "a.jsonl.bz2": bz2.compress(jsonl({"text": text})),
    }


def read_bytes(tmp_path, name, data, options=None):
    """Write a file and read it: a list of reads and failures."""
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_any(path, options))
