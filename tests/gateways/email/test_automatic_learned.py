import csv
from pathlib import Path

from gateways.email.automatic_learned import features, likeness

MAILS = Path(__file__).parents[3] / "learning" / "mails.tsv"
LIKELY, ENOUGH = 0.7, 0.95


def test_what_counts_of_a_mail():
    found = features("Re: Start", "Invitations until 5.10.? Write to a@b.example, see https://c.example/d")
    assert {"s:re", "s:start", "s:re start", "invita", "until 0", "?", "addres", "https"} <= found
    assert not any("exampl" in feature for feature in found)


def test_a_mail_without_known_words_is_nobodys_in_particular():
    assert likeness("", "") == likeness("qqxq", "zzxz xxqz")


def test_the_weights_are_those_of_the_mails_they_were_learned_from():
    """Whoever changes what counts, or the mails, runs `make machine-words`."""
    with MAILS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    told = [(row["kind"], likeness(row["subject"], row["text"].replace("\\n", "\n")) > LIKELY) for row in rows]
    machines = [is_like for kind, is_like in told if kind == "automatic"]
    people = [is_like for kind, is_like in told if kind == "person"]
    assert sum(machines) > ENOUGH * len(machines)
    assert sum(people) < (1 - ENOUGH) * len(people)
