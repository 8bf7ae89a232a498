"""Whether somebody may write in the name of the domain in From (DMARC, RFC 9989), by what SPF and DKIM have shown."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gateways.email.name_servers import Ask, Away

MOST_LABELS = 8

Record = dict[str, str]


class Shown(NamedTuple):
    """The domains that SPF and DKIM have shown to be behind a mail, and whether there might be more, had all name
    servers answered."""

    spf: list[str]
    dkim: list[str]
    is_incomplete: bool = False


def verdict(domain: str, shown: Shown, ask: Ask) -> str:
    """`pass`, `fail`, `none` where the domain publishes no policy, `temperror`."""
    try:
        walked = _walk(domain, ask)
        policy = walked.get(domain) or walked.get(_organizational(domain, walked)) or next(iter(walked.values()), None)
        if policy is None:
            return "none"
        if _is_aligned(domain, shown.spf, policy.get("aspf"), ask) or _is_aligned(
            domain, shown.dkim, policy.get("adkim"), ask
        ):
            return "pass"
    except Away:
        return "temperror"
    return "temperror" if shown.is_incomplete else "fail"


def _is_aligned(domain: str, shown: Iterable[str], mode: str | None, ask: Ask) -> bool:
    """4.4: the very domain, or unless it wants just that, one of the same organization."""
    others = set(shown)
    if domain in others or mode == "s":
        return domain in others
    own = _organizational(domain, _walk(domain, ask))
    return any(_organizational(other, _walk(other, ask)) == own for other in others)


def _organizational(domain: str, walked: dict[str, Record]) -> str:
    """4.10.2: by the records from this domain upwards."""
    for name, record in walked.items():
        if record.get("psd") == "n":
            return name
        if record.get("psd") == "y" and name != domain:
            return _below(name, domain)
    return next(reversed(walked), domain)


def _below(name: str, domain: str) -> str:
    """The domain one label below this one, on the way to `domain`."""
    labels = domain.split(".")
    return ".".join(labels[-len(name.split(".")) - 1 :])


def _walk(domain: str, ask: Ask) -> dict[str, Record]:
    """4.10: the records of the domain and those above it, as far as they go."""
    found: dict[str, Record] = {}
    for name in _upwards(domain):
        if record := _record_of(name, ask):
            found[name] = record
            if record.get("psd") in {"y", "n"}:
                break
    return found


def _upwards(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    yield domain
    above = labels[1:] if len(labels) < MOST_LABELS else labels[1 - MOST_LABELS :]
    for first in range(len(above)):
        yield ".".join(above[first:])


def _record_of(name: str, ask: Ask) -> Record:
    """4.7; empty without one, or with several."""
    texts = [text.decode("ascii", "replace") for text in ask(f"_dmarc.{name}", "TXT")]
    records = [text for text in texts if text.partition(";")[0].replace(" ", "") == "v=DMARC1"]
    if len(records) != 1:
        return {}
    tags = (tag.partition("=") for tag in records[0].split(";"))
    return {tag.strip().lower(): value.strip().lower() for tag, _, value in tags}
