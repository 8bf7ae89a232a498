"""Mails as a phone of 320 pixels shows them."""

from datetime import timedelta

from django.core import mail as sent_mail
from django.utils import timezone

from conversations.attaching import Upload
from conversations.models import MessageFile
from gateways.email.send import prepare
from notifications.models import Notification
from notifications.tasks import sweep_notifications
from tests.gateways.letters import arrive, letter, reply_address

NAME = "Arbeitsplatzbeschreibung_Kundenbetreuung_Schichtbetrieb_2026_endgültig.pdf"


def test_a_long_name_of_a_linked_file_is_not_cut_off(cast, lead, visit, elsewhere, monkeypatch):
    monkeypatch.setattr("gateways.email.compose.MOST_ATTACHED", 1)

    def write() -> str:
        with cast.inside():
            message = lead.reply("Good morning", by=cast.jana, files=[Upload(NAME, b"%PDF-1.4 a description")])
            assert MessageFile.objects.get().name == NAME
            mail, _mailbox = prepare(message.attempts.get())
            return str(mail.alternatives[0].content)

    reader = visit("/nowhere/").context.new_page()  # one without our policy, which would keep its style out
    reader.set_viewport_size({"width": 320, "height": 640})
    reader.set_content(elsewhere(write))
    assert reader.get_by_text(NAME).is_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    reader.close()


ENDLESS = "https://jobs.example/" + "Schichtbetrieb" * 20
UNBROKEN = "Kundenbetreuungsschichtbetriebs" * 3


def test_no_mail_is_wider_than_the_phone_whatever_is_in_it(cast, lead, visit, elsewhere):
    """To candidates, to members one by one and together, and what is answered automatically."""

    def write() -> dict[str, str]:
        with cast.inside():
            for thing, field in ((cast.organization, "name"), (cast.campaign, "name"), (lead.person, "name")):
                setattr(thing, field, UNBROKEN)
                thing.save()
        with cast.inside():
            lead.reply(f"See {ENDLESS} {UNBROKEN}", by=cast.jana)
            lead.receive(f"Is it {ENDLESS} or {UNBROKEN}?", via="web")
            lead.note(f"@Petr {ENDLESS}", by=cast.jana, mentions=[cast.petr])
        arrive(cast, letter("Hello", sender="tom@mail.example"), reply_address(cast, lead, cast.jana))
        with cast.inside():
            lead.reject(by=cast.jana)
        arrive(cast, letter(ENDLESS), reply_address(cast, lead))
        with cast.inside():
            Notification.objects.exclude(mail_due_at=None).update(mail_due_at=timezone.now() - timedelta(seconds=1))
        sweep_notifications()
        return {
            f"{mail.subject[:60]} {number}": str(mail.alternatives[0].content)
            for number, mail in enumerate(sent_mail.outbox)
        }

    reader = visit("/nowhere/").context.new_page()
    reader.set_viewport_size({"width": 320, "height": 640})
    mails, wide = elsewhere(write), []
    for name, html in mails.items():
        reader.set_content(html)
        if reader.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    reader.close()
    assert len(mails) > 4
    assert wide == []
