"""Files that a hurried person, or an unkind one, might send. Made here, so that no such file lies in the tree."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64 + b"This program cannot be run in DOS mode."
DOCX_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
XLSX_TYPES = DOCX_TYPES.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")


def pdf(change=lambda writer: None):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    return written(writer)


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(writer, **entries):
    """Something that runs when the file opens."""
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(
        DictionaryObject({NameObject(f"/{k}"): v for k, v in entries.items()})
    )


def pdf_with_javascript():
    return pdf(lambda w: action(w, S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('bonjour')")))


def pdf_that_launches():
    return pdf(lambda w: action(w, S=NameObject("/Launch"), F=TextStringObject("cmd.exe")))


def pdf_with_hidden_javascript():
    """The action hangs on an object that no page refers to."""

    def hide(writer):
        writer._add_object(
            DictionaryObject(
                {
                    NameObject("/A"): DictionaryObject(
                        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
                    )
                }
            )
        )

    return pdf(hide)


def pdf_carrying(name, content):
    return pdf(lambda w: w.add_attachment(name, content))


def locked_pdf():
    return pdf(lambda w: w.encrypt("secret", algorithm="RC4-128"))


def picture(kind="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, (11, 106, 168)).save(out, kind, **options)
    return out.getvalue()


def photo_with_place():
    """Taken in Rouen, by a named person, with the telephone upside down."""
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned by a quarter.
    exif[0x013B] = "Camille Personne"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (49.0, 26.0, 34.0)
    return picture("JPEG", exif=exif)


def archive(entries, *, first=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": b"<w:document/>", **more})


def xlsx():
    return archive({"[Content_Types].xml": XLSX_TYPES, "xl/workbook.xml": b"<workbook/>"})


def odt(**more):
    mimetype = ("mimetype", b"application/vnd.oasis.opendocument.text")
    return archive({"content.xml": b"<office/>", **more}, first=mimetype)


def ods():
    return archive({}, first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))


def bomb():
    """Some kilobytes that unpack to 600 megabytes."""
    zeros = bytes(60 * 1024 * 1024)
    return docx(**{f"word/media/{n}.bin": zeros for n in range(10)})


def huge_png():
    """A few bytes that claim to be 30 000 × 30 000 points."""
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
