"""Mails as candidates' and members' programs write them."""

from email.message import EmailMessage
from email.utils import make_msgid

from conversations.models import ReplyKey
from gateways.email.identity import mail_id
from gateways.email.ingest import ingest
from gateways.models import Arrival

QUOTED = (
    "\n\nDne 22. 11. 2026 v 9:12 Jana Dvořáková <hello@inbound.localhost> napsal(a):\n\n"
    "> Dobrý den, Lucie\n> kdy můžete nastoupit?\n"
)
LUCIE = "Lucie Němcová <lucie@mail.example>"


def letter(text="Ano, mohu.", *, to="", sender=LUCIE, files=(), **headers) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to or "x@inbound.localhost", "Re: Support agents, Brno"
    mail["Message-ID"] = make_msgid(domain="mail.example")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for file in files:
        mail.add_attachment(file.content, maintype="application", subtype="pdf", filename=file.name)
    return mail


def reply_address(cast, conversation, member=None) -> str:
    with cast.inside():
        return ReplyKey.of(conversation, ReplyKey.Use.ADDRESS, member).address


def id_of(cast, message) -> str:
    """As it stands in a header of a mail that answers this message."""
    with cast.inside():
        return f"<{mail_id(message.pk)}>"


def arrive(cast, mail: EmailMessage | bytes, to: str) -> Arrival:
    """Comes in and is understood; the arrival as it is then."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    arrival = ingest(raw, envelope_to=to, envelope_from="lucie@mail.example", via="smtp")
    with cast.inside():
        return Arrival.objects.select_related("message__author").get(pk=arrival.pk)
