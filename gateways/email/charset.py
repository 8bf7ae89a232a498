"""Bytes of a mail to text, whatever charset they claim, and never a character PostgreSQL refuses."""

import codecs
import re

ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "windows-874": "cp874",
    "x-windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "koi8-ru": "koi8-u",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ce": "mac-latin2",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "cp-850": "cp850",
}
# What Python can look up but isn't a charset of text, punycode taking quadratic time; and ASCII, which bytes that
# have come as far as to be looked up are not.
NOT_CHARSETS = {"ascii", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
MULTIBYTE = ("gb18030", "cp949", "cp932", "big5hkscs", "euc_jp", "iso2022", "johab", "hz")
CENTRAL_EUROPEAN = {"cs", "sk", "pl", "hu", "sl", "hr", "ro"}
CYRILLIC = {"ru", "uk", "be", "bg"}

UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decode(content: bytes, declared: str | None = None, language: str | None = None) -> str:
    """The text of these bytes; `language` (of the conversation) decides where no charset is declared."""
    return clean(_decode(content, declared, language))


def clean(text: str) -> str:
    """Without NUL and its like (PostgreSQL refuses NUL, UTF-8 refuses lone surrogates), and with \\n only."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def codec_named(declared: str | None) -> str | None:
    name = (declared or "").strip(" \"'\t;").lower()
    for candidate in (ALIASES.get(name), name, re.sub(r"^(x-|win(dows)?-?|cp-?)", "cp", name)):
        if found := _text_codec(candidate):
            return ALIASES.get(found, found)
    return None


def _text_codec(name: str | None) -> str | None:
    if not name or len(name) > 40 or not name.isascii():
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if found._is_text_encoding and found.name not in NOT_CHARSETS else None


def _decode(content: bytes, declared: str | None, language: str | None) -> str:
    if content.isascii() and b"\x1b" not in content and not (declared or "").lower().startswith("utf-"):
        return content.decode("ascii")
    codec = codec_named(declared)
    if codec and _believable(content, codec):
        return content.decode(codec, errors="replace")
    return content.decode(_guess(content, language), errors="replace")


def _believable(content: bytes, codec: str) -> bool:
    if codec.startswith(("utf-16", "utf-32")):
        return b"\x00" in content
    if codec.startswith(MULTIBYTE) or codec == "utf-7":
        return _share_of_bad_bytes(content, codec) < 0.2
    if codec.startswith("utf-8"):
        return _share_of_bad_bytes(content, codec) < 0.4
    return not _is_utf8(content)


def _share_of_bad_bytes(content: bytes, codec: str) -> float:
    high = _count(content, 0x80, 0xFF) or 1
    return content.decode(codec, errors="replace").count("\ufffd") / high


def _is_utf8(content: bytes) -> bool:
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _guess(content: bytes, language: str | None) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _share_of_bad_bytes(content, "utf-8") < 0.4:
        return "utf-8"
    if language in CYRILLIC or (language is None and _is_dense(content)):
        return _cyrillic(content, language)
    return _central_european(content) if language in CENTRAL_EUROPEAN else "cp1252"


def _count(content: bytes, first: int, last: int) -> int:
    """How many of these bytes are from this range."""
    return len(content) - len(content.translate(None, bytes(range(first, last + 1))))


def _is_dense(content: bytes) -> bool:
    """Cyrillic in one byte a letter has hardly an ASCII letter between; a Latin text has many."""
    return _count(content, 0xC0, 0xFF) > _count(content, ord("a"), ord("z")) + _count(content, ord("A"), ord("Z"))


def _cyrillic(content: bytes, language: str | None) -> str:
    """Most letters are lower case: these stand at e0-ff in cp1251, at c0-df in KOI8."""
    if _count(content, 0xE0, 0xFF) >= _count(content, 0xC0, 0xDF):
        return "cp1251"
    return "koi8-u" if language == "uk" else "koi8-r"


def _central_european(content: bytes) -> str:
    """Only cp1250 has letters at 80-9f; where none stands, ISO 8859-2's š ť ž ą ś ź give it away."""
    if re.search(rb"[\x80-\x9f]", content):
        return "cp1250"
    return "iso-8859-2" if re.search(rb"[\xb1\xb6\xb9\xbb\xbc\xbe\xa6\xac\xae]", content) else "cp1250"
