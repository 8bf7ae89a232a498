"""What was said, in every mail under tests/mail: the expected text stands beside it."""

from pathlib import Path

import pytest

from gateways.email.automatic import verdict
from gateways.email.reading import read
from gateways.email.reply import reply_text, split

MAILS = sorted((Path(__file__).parents[2] / "mail").glob("*.eml"))


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_what_was_said(path):
    raw = path.read_bytes()
    assert reply_text(raw) == path.with_suffix(".txt").read_text(encoding="utf-8").strip("\n")


def test_people_are_left_alone():
    assert [path.stem for path in MAILS if verdict(path.read_bytes()).is_automatic] == []


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_nothing_falls_between_said_and_cut(path):
    found = read(path.read_bytes())
    parted = split(found)
    assert sorted((parted.said + "\n" + parted.cut).split()) == sorted(found.text.split())
