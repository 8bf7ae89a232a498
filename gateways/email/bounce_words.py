"""What a bounce says in words: status, reason and recipient, where no report gives them as fields."""

import re
import tomllib
from pathlib import Path

_PIECES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("bounce_reasons.toml").read_text(encoding="utf-8")
)
DELAYED = re.compile("(?i)" + "|".join(_PIECES.pop("4.0.0")))
REASONS = {status: re.compile("(?i)" + "|".join(pieces)) for status, pieces in _PIECES.items()}

ADDRESS = re.compile(r"(?<![\w.+=%&'/-])[\w.+=%&'/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
REPLY_CODE = re.compile(r"(?m)(?<![\d.\-:])([45])[0-5]\d(?:[ -](?=\D)|$)")


def status_in(text: str) -> str:
    """As written; or by the words; or by the SMTP reply code; or 5.0.0."""
    if found := STATUS.search(text):
        return found[0]
    named = next((status for status, words in REASONS.items() if words.search(text)), None)
    code = REPLY_CODE.search(text)
    return named or (f"{code[1]}.0.0" if code else "5.0.0")


def says_undelivered(reason: str) -> bool:
    """It says so outright: nobody else than what carries mail does."""
    return any(words.search(reason) for words in (REASONS["5.2.2"], REASONS["5.0.0"], DELAYED))


def reason_in(text: str) -> str:
    """The line that carries the code, or else the first that gives a reason we know."""
    lines = [line.strip()[:500] for line in text.split("\n") if line.strip()]
    for line in lines:
        if STATUS.search(line) or REPLY_CODE.search(line):
            return line
    return next((line for line in lines if any(words.search(line) for words in (*REASONS.values(), DELAYED))), "")


def address_in(text: str) -> str:
    found = ADDRESS.search(text)
    return found[0].strip(".").lower() if found else ""


def addresses_in(text: str) -> list[str]:
    return [address.strip(".").lower() for address in ADDRESS.findall(text)]
