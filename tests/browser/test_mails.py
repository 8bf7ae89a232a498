"""Mails as a phone of 320 pixels shows them."""

from conversations.attaching import Upload
from conversations.models import MessageFile
from gateways.email.send import prepare

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
