"""Machines and people, by the table tests/mail/machines/verdicts.csv."""

import csv
from pathlib import Path

import pytest

from gateways.email.automatic import verdict
from tests.gateways.letters import letter

FOLDER = Path(__file__).parents[2] / "mail" / "machines"
ROWS = list(csv.DictReader((FOLDER / "verdicts.csv").read_text(encoding="utf-8").splitlines()))
SENTENCES = list(
    csv.DictReader(
        (FOLDER / "sentences.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)
PEOPLE = list(csv.DictReader((FOLDER / "people.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def is_true(value: str) -> bool:
    return value == "1"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["mail"])
def test_whether_anyone_is_there(row):
    found = verdict((FOLDER / f"{row['mail']}.eml").read_bytes())
    told = (found.is_automatic, found.is_bounce, found.must_not_answer)
    assert told == (is_true(row["is_automatic"]), is_true(row["is_bounce"]), is_true(row["must_not_answer"]))
    assert bool(found.because) is found.must_not_answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["mail"])
def test_what_came_back(row):
    found = verdict((FOLDER / f"{row['mail']}.eml").read_bytes()).bounced
    if not is_true(row["is_bounce"]):
        assert found is None
        return
    assert found
    assert (found.recipient, found.original_message_id) == (row["recipient"], row["original_message_id"])
    assert (found.status, found.permanent) == (row["status"], is_true(row["permanent"]))


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["subject"])
def test_people_who_write_as_machines_do(row):
    mail = letter(row["text"])
    mail.replace_header("Subject", row["subject"])
    assert verdict(mail.as_bytes()) == (False, False, "", None)


@pytest.mark.parametrize("kind", ["automatic", "bounce", "person"])
def test_what_a_mail_says_without_any_header_that_helps(kind):
    wrong = [row for row in SENTENCES if row["kind"] == kind and kind_of(row) != kind]
    assert not wrong


def kind_of(row) -> str:
    mail = letter(row["text"].replace("\\n", "\n"), sender=row["sender"] or "Lucie <lucie@mail.example>")
    mail.replace_header("Subject", row["subject"])
    mail["Return-Path"] = row["return_path"] or "<lucie@mail.example>"
    if is_true(row["is_answer"]):
        mail["In-Reply-To"] = "<m1@in.northwind.example>"
    found = verdict(mail.as_bytes())
    return "bounce" if found.is_bounce else "automatic" if found.is_automatic else "person"


def test_every_mail_is_in_the_table():
    assert {path.stem for path in FOLDER.glob("*.eml")} == {row["mail"] for row in ROWS}
