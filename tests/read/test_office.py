"""Word files give their paragraphs, whatever stands around them."""

import io
import zipfile

from detente.read import Limits, ReadOptions
from read.formats import docx, read_bytes, sample

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(body):
    """A Word file with the given XML as its body."""
    main = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    whole = zipfile.ZipFile(io.BytesIO(docx("x")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, main if name == "word/document.xml" else whole.read(name))
    return stream.getvalue()


def test_the_title_is_kept_and_the_typist_told_in_a_note(tmp_path):
    (read,) = read_bytes(tmp_path, "a.docx", docx(sample(), title="Talks", author="jsmith"))

    assert (read.document.text, read.document.title, read.document.author) == (sample(), "Talks", None)
    assert "the file's properties say author jsmith" in read.source.notes


def test_deleted_words_are_left_out_and_inserted_ones_read(tmp_path):
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Pakistan</w:t></w:r><w:del><w:r><w:delText>never"
        "</w:delText></w:r></w:del><w:ins><w:r><w:t> met</w:t></w:r></w:ins><w:r><w:tab/><w:t>Russia</w:t><w:br/>"
        "<w:t>in Sochi.</w:t></w:r></w:p>"
    )

    (read,) = read_bytes(tmp_path, "a.docx", with_body(body))

    assert read.document.text == "Pakistan met Russia\nin Sochi."


def test_tables_and_text_boxes_are_read_once(tmp_path):
    fallback = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:r><w:t>Around.</w:t><mc:AlternateContent {fallback}><mc:Choice><w:txbxContent>{box}</w:txbxContent>"
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    (read,) = read_bytes(tmp_path, "a.docx", with_body(body))

    assert read.document.text == "In a cell.\n\nAround.\n\nIn a box."


def test_a_file_without_its_parts_is_one_clear_line(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")

    (failure,) = read_bytes(tmp_path, "a.docx", stream.getvalue())

    assert "Damaged Word file" in failure.message
    assert "\n" not in failure.message


def test_broken_xml_is_one_clear_line(tmp_path):
    (failure,) = read_bytes(tmp_path, "a.docx", with_body("<w:p>"))

    assert "Damaged Word file" in failure.message


def test_entities_are_not_expanded(tmp_path):
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = with_body("<w:p><w:r><w:t>Pakistan met Russia &a9;</w:t></w:r></w:p>")
    whole = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            head = f'<!DOCTYPE x [<!ENTITY a0 "lol">{bomb}]>'.encode() if name == "word/document.xml" else b""
            archive.writestr(name, head + whole.read(name))

    (found,) = read_bytes(tmp_path, "a.docx", stream.getvalue())

    assert not hasattr(found, "document") or len(found.document.text) < 100


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path):
    data = docx("Pakistan met Russia. " * 5_000)

    (failure,) = read_bytes(tmp_path, "a.docx", data, ReadOptions(limits=Limits(document_bytes=10_000)))

    assert "More than 10,000 bytes" in failure.message
