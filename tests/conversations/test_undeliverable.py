import pytest
from django.utils.translation import override

from conversations.undeliverable import plainly

OURS = "This person wrote STOP and is not written to until they write START."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("550 5.1.1 <dora@dead.example>: Recipient address rejected: User unknown", "There is no such mailbox."),
        ("5.2.2 552 5.2.2 Mailbox full", "The mailbox is full."),
        ("554 5.7.1 Service unavailable; client host blocked", "The recipient’s mail server refused it."),
        ("550 No thank you", "550 No thank you"),
        ("451 4.7.1 Greylisted at 10.5.1.1", "451 4.7.1 Greylisted at 10.5.1.1"),
        (OURS, OURS),
        ("", ""),
    ],
)
def test_a_servers_answer_in_plain_words(reason, words):
    assert plainly(reason) == words


def test_ours_are_in_the_readers_language():
    with override("de"):
        assert plainly(OURS) != OURS
