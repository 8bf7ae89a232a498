"""What a file is, by its bytes and never by its name. Nothing is unpacked: an archive is looked at from outside."""

import re

import puremagic

from accounts.models import FileKind

UNKNOWN = "application/octet-stream"
LOOKED_AT = 8192  # bytes at the beginning
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00", b"\xef\xbb\xbf#!",
)  # fmt: skip
USUAL = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)[\s>/]")
# The first names in a zip say what it is: RFC-less, but so do OOXML, OpenDocument, EPUB and JAR.
PACKED_NAME = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
BEGINS_OFFICE = ("[Content_Types].xml", "_rels/", "docProps/", "customXml/", *OFFICE)
ARCHIVES = ("zip", "compressed", "x-gzip", "x-tar", "x-bzip", "x-xz", "x-7z", "x-rar", "zstd")


def content_type_of(content: bytes) -> str:
    head = content[:LOOKED_AT]
    if head.startswith(PROGRAMS):
        return "application/x-executable"
    if known := next((kind for magic, kind in USUAL.items() if head.startswith(magic)), None):
        return known
    if head.startswith(b"PK\x03\x04"):
        return _packed(content[: 8 * LOOKED_AT])
    if _is_text(head):
        return "text/html" if PAGE.search(head[:1024]) else _guessed(head, otherwise="text/plain")
    return _guessed(head, otherwise=UNKNOWN)


def kind_of(content_type: str) -> str:
    """The kind (FileKind) that an organization takes or doesn't."""
    family, _, name = content_type.partition("/")
    if content_type in {"application/x-executable", "application/java-archive", "text/html", "image/svg+xml"}:
        return FileKind.PROGRAM
    if family == "image":
        return FileKind.PICTURE
    if family in {"audio", "video"}:
        return FileKind.RECORDING
    if content_type != UNKNOWN and (family == "text" or _is_document(name)):
        return FileKind.DOCUMENT
    return FileKind.ARCHIVE if any(word in name for word in ARCHIVES) else FileKind.OTHER


def _is_document(name: str) -> bool:
    return name in {"pdf", "rtf", "msword", "json", "xml"} or name.startswith(
        ("vnd.openxmlformats", "vnd.oasis.opendocument", "vnd.ms-", "vnd.apple.", "epub")
    )


def _packed(content: bytes) -> str:
    names = _names(content)
    if names and names[0] == "mimetype":
        told = re.search(rb"mimetype(application/[\w.+-]{1,80})", content)
        return told[1].decode() if told else "application/zip"
    if any(name in {"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"} for name in names):
        return "application/java-archive"
    if not names or not names[0].startswith(BEGINS_OFFICE):  # another file in it may be of an office
        return "application/zip"
    office = (kind for start, kind in OFFICE.items() if any(name.startswith(start) for name in names))
    return next(office, "application/zip")


def _names(content: bytes) -> list[str]:
    found = []
    for record in PACKED_NAME.finditer(content):
        begin = record.end()
        found.append(content[begin : begin + int.from_bytes(record[1], "little")].decode("utf-8", "replace"))
    return found[:50]


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head[:-3].decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(head: bytes, otherwise: str) -> str:
    try:
        return puremagic.from_string(head, mime=True) or otherwise
    except (puremagic.PureError, ValueError):
        return otherwise
