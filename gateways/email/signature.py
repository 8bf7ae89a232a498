"""Signatures: below the delimiter, or what phones, apps and virus scanners put under a mail."""

import re

from gateways.email.languages import one_of, words

DELIMITER = re.compile(r"\s{0,3}(?:--\s?|--\xa0|\u2014|__{1,40})\s*$")
STARTS = {"-", "_", "\u2014", " ", "\xa0"}
LONGEST, LONGEST_UNSURE = 40, 12
LONGEST_FOOTER = 120
PROSE = re.compile(r".{60}.*[.!?]\s*")

SENT_FROM = tuple(sorted(words("sent_from")))
OPENINGS = {opening[:3] for opening in SENT_FROM}  # to look one up takes a tenth of trying all
DEVICES = (
    "iphon ipad android samsung galaxy huawei xiaomi redmi nokia motorola pixel honor realme oneplus sony xperia "
    "outlook gmail yahoo mail pošt почт пошт seznam gmx web.de thunderbird proton blackberry windows mobil telefon "
    "smartphone handy mobiel móvil telefón phone teléfon téléphone telefoon телефон яндекс "
    "superhuman canary spark unterwegs ukr.net poczt додатк aplika прилож smartfon tablet"
)
DEVICE = re.compile(rf"{one_of(DEVICES.split())}|onet(?<!\wonet)|app\b")
SCANNERS = ("avast", "avg", "eset", "kaspersky", "norton", "mcafee", "bitdefender")
SCANNER = re.compile("|".join(rf"{name}(?<!\w{name})\b" for name in SCANNERS))  # begins with a letter: much quicker
BY_PROGRAM = re.compile(rf"aka\.ms/|{one_of([*SCANNERS, '<#', 'vir', 'vír', 'wirus', 'вир', 'вір'])}")
SCANNED = re.compile(
    r"(?i)v[ií]r[uo][sů]|virenfrei|wirus|вирус|вірус|antivir|bez virů"
    r"|^\W*(https?://)?(www\.)?(avast|avg|eset)\.(com|cz|sk|pl|de)(/\S*)?\W*$"
)
# What Avast puts beside its address into the text that Gmail makes of its banner.
BANNER = re.compile(
    r"<#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>|"
    r"(virus[- ]free|virenfrei|virusvrij|sans virus|libre de virus|bez virů|neobsahuje (žádné )?viry"
    r"|bez vírusov|neobsahuje (žiadne )?vírusy|wolna od wirusów|wolne od wirusów|без вирусов|не содержит вирусов"
    r"|без вірусів|не містить вірусів)\W{0,2}(www\.avast\.com)?"
)


def begins_at(lines: list[str], begin: int, end: int, *, is_ruled: bool) -> int:
    """Where the signature of these lines begins; `end` if they have none. A delimiter is sought where one may be."""
    found = at = _delimited(lines, begin, end) if is_ruled else end
    while at > begin:
        line = lines[at - 1]
        if not line or line.isspace():
            at -= 1
        elif is_footer(line):
            found = at = at - 1
        else:
            break
    return found


def _delimited(lines: list[str], begin: int, end: int) -> int:
    """The delimiter is sought from below: what has much text under it divides the text."""
    possible = [at for at in range(begin, end) if lines[at][:1] in STARTS]
    found, below, seen = end, 0, end
    for at in reversed(possible):
        line = lines[at]
        below += sum(map(bool, map(str.strip, lines[at + 1 : seen])))
        if below > LONGEST:
            break
        if len(line) < 60 and DELIMITER.match(line):
            is_one = line == "-- " or (below <= LONGEST_UNSURE and not _divides(lines, at, end))
            found = at if is_one else found
        seen = at + 1
    return found


def _divides(lines: list[str], at: int, end: int) -> bool:
    """Whether a sentence begins below it, set apart by a blank line, and no name or firm."""
    return at + 2 < end and not lines[at + 1].strip() and bool(PROSE.fullmatch(lines[at + 2]))


def is_footer(line: str) -> bool:
    """A line that a program wrote, not a person."""
    text = line.strip(" \t\xa0*_-").replace("[", "").lower()
    if not text:
        return len(line.strip()) >= 3
    if text[:3] in OPENINGS and text.startswith(SENT_FROM):
        return len(text) <= LONGEST_FOOTER and bool(DEVICE.search(text))
    if len(text) > 2 * LONGEST_FOOTER or not BY_PROGRAM.search(text):
        return False
    if "aka.ms/" in text and "outlook" in text:
        return len(text) <= LONGEST_FOOTER
    return bool((SCANNER.search(text) and SCANNED.search(text)) or BANNER.fullmatch(text))
