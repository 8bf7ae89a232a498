"""Machines and people, by the table tests/mail/machines/verdicts.csv."""

import csv
from pathlib import Path

import pytest

from gateways.email.automatic import verdict
from gateways.email.bounce import Bounced, bounced
from tests.gateways.letters import letter

FOLDER = Path(__file__).parents[2] / "mail" / "machines"
ROWS = list(csv.DictReader((FOLDER / "verdicts.csv").read_text(encoding="utf-8").splitlines()))
PEOPLE = list(csv.DictReader((FOLDER / "people.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def is_true(value: str) -> bool:
    return value == "1"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["mail"])
def test_whether_anyone_is_there(row):
    found = verdict((FOLDER / f"{row['mail']}.eml").read_bytes())
    assert found[:3] == (is_true(row["is_automatic"]), is_true(row["is_bounce"]), is_true(row["must_not_answer"]))
    assert bool(found.because) is found.must_not_answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["mail"])
def test_what_came_back(row):
    found = bounced((FOLDER / f"{row['mail']}.eml").read_bytes())
    if not is_true(row["is_bounce"]):
        assert found is None
        return
    assert isinstance(found, Bounced)
    assert (found.recipient, found.original_message_id) == (row["recipient"], row["original_message_id"])
    assert (found.status, found.permanent) == (row["status"], is_true(row["permanent"]))


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["subject"])
def test_people_who_write_as_machines_do(row):
    mail = letter(row["text"])
    mail.replace_header("Subject", row["subject"])
    assert verdict(mail.as_bytes()) == (False, False, False, "")


def test_every_mail_is_in_the_table():
    assert {path.stem for path in FOLDER.glob("*.eml")} == {row["mail"] for row in ROWS}
