import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marelle.accounts.enums import Role
from tests.accounts.factories import UserFactory, national


@pytest.fixture
def editor(db):
    return national(Role.EDITOR)


@pytest.fixture
def teacher(db):
    return UserFactory()


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def pdf(*words, lock=""):
    """A PDF with one page for each of these words."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    for word in words:
        page = writer.add_blank_page(width=300, height=400)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 24 Tf 40 300 Td ({word}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
    if lock:
        writer.encrypt(lock)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(content=None, name="fiche.pdf", mime="application/pdf"):
    return SimpleUploadedFile(name, pdf("La fiche") if content is None else content, content_type=mime)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def opened(response):
    """What is in the ZIP that was answered."""
    archive = zipfile.ZipFile(io.BytesIO(body_of(response)))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}
