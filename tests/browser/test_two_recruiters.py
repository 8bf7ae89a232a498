"""Two recruiters in one conversation: what one does, the other sees, and nobody's typing suffers."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from conversations.models import Conversation, Draft
from conversations.receiving import Origin
from tests.cast import Cast

DESKTOP, PHONE = (1440, 900), (390, 844)


def path(conversation: Conversation) -> str:
    return f"/conversations/{conversation.pk}/"


def reply_box(page: Page):
    return page.get_by_role("textbox", name="Reply")


def log(page: Page):
    return page.get_by_role("log", name="Messages")


def test_a_message_appears_at_the_colleagues_and_typing_survives_it(cast: Cast, visit, shoot):
    conversation = cast.apply(text="Good morning, I could start on 1 December.")
    jana, petr = (visit(path(conversation), member) for member in (cast.jana, cast.petr))
    expect(jana.get_by_text("Petr Svoboda is looking too")).to_be_visible()
    expect(petr.get_by_text("Jana Dvořáková is looking too")).to_be_visible()
    reply_box(petr).press_sequentially("I am just writing")
    expect(jana.get_by_text("Petr Svoboda is writing…")).to_be_visible()
    reply_box(jana).fill("Thursday at ten?")
    expect(jana.get_by_text("Petr Svoboda is writing a reply too")).to_be_visible()
    shoot(jana, "thread-wide")
    reply_box(jana).press("Enter")
    expect(log(petr).get_by_text("Thursday at ten?")).to_be_visible()
    expect(log(jana).locator("article", has_text="Thursday at ten?")).to_have_count(1)
    expect(reply_box(jana)).to_have_value("")
    expect(reply_box(petr)).to_have_value("I am just writing")
    with cast.inside():
        assert conversation.messages.filter(kind="outbound").count() == 1


def test_the_candidates_words_come_live_and_a_lost_connection_catches_up(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    expect(jana.locator("live-thread")).to_be_visible()
    with cast.inside():
        lead.receive("Live words", via="web")
    expect(log(jana).get_by_text("Live words")).to_be_visible()
    jana.wait_for_load_state("networkidle")
    jana.context.set_offline(True)
    jana.evaluate("document.querySelector('live-thread').connection.socket.close()")
    with cast.inside():
        lead.receive("While you were away", via="web")
    expect(jana.get_by_text("The connection is lost")).to_be_visible()
    jana.context.set_offline(False)
    expect(log(jana).get_by_text("While you were away")).to_have_count(1)


def test_what_cannot_be_sent_is_kept_and_sent_again_once(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    jana.wait_for_load_state("networkidle")
    jana.context.set_offline(True)
    reply_box(jana).fill("Do not lose me")
    reply_box(jana).press("Enter")
    expect(jana.get_by_text("Not sent: the connection is lost")).to_be_visible()
    expect(reply_box(jana)).to_have_value("Do not lose me")
    jana.context.set_offline(False)
    jana.get_by_role("button", name="Send", exact=True).click()
    expect(log(jana).locator("article", has_text="Do not lose me")).to_have_count(1)
    expect(reply_box(jana)).to_have_value("")


def test_a_reply_that_overlooked_a_colleagues_is_refused_and_kept(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    jana.wait_for_load_state("networkidle")
    jana.route("**/events/**", lambda route: route.abort())
    jana.evaluate("document.querySelector('live-thread').connection.stop()")
    with cast.inside():
        lead.reply("Petr was faster", by=cast.petr)
    reply_box(jana).fill("Mine")
    reply_box(jana).press("Enter")
    expect(jana.get_by_text("Petr Svoboda has just written")).to_be_visible()
    expect(reply_box(jana)).to_have_value("Mine")


def test_what_came_a_moment_ago_has_been_seen_by_nobody(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    jana.wait_for_load_state("networkidle")
    jana.clock.set_fixed_time(timezone.now())
    reply_box(jana).fill("Mine")
    with cast.inside():
        lead.reply("Petr was faster", by=cast.petr)
    expect(log(jana).get_by_text("Petr was faster")).to_be_visible()
    reply_box(jana).press("Enter")
    expect(jana.get_by_text("Petr Svoboda has just written")).to_be_visible()
    expect(reply_box(jana)).to_have_value("Mine")
    jana.wait_for_load_state("networkidle")
    reply_box(jana).press("Enter")
    expect(log(jana).locator("article", has_text="Mine").get_by_text("email")).to_be_visible()


def test_a_draft_follows_to_another_device(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    with jana.expect_response("**/draft/"):
        reply_box(jana).press_sequentially("Half a thou")
    phone = visit(path(lead), cast.jana, size=PHONE)
    expect(reply_box(phone)).to_have_value("Half a thou")
    with phone.expect_response("**/draft/"):
        reply_box(phone).fill("Half a thought")
    jana.evaluate("window.dispatchEvent(new Event('focus'))")  # she comes back to the desk
    expect(reply_box(jana)).to_have_value("Half a thought")
    phone.close()
    reply_box(jana).press("Enter")
    expect(reply_box(jana)).to_have_value("")
    expect(log(jana).locator("article", has_text="Half a thou").get_by_text("email")).to_be_visible()
    with cast.inside():
        assert not Draft.objects.exists()


def test_commands_by_keyboard_keep_what_was_typed(cast: Cast, lead, visit, shoot):
    jana = visit(path(lead), cast.jana)
    jana.keyboard.press("r")
    jana.keyboard.type("Kept ^")
    expect(jana.get_by_role("option")).not_to_have_count(0)
    shoot(jana, "palette")
    jana.keyboard.type("snoo")
    expect(jana.get_by_role("option", name="^snooze")).to_have_count(1)
    jana.keyboard.press("Space")
    dialog = jana.get_by_role("dialog", name="Snooze Lucie Němcová")
    expect(dialog).to_be_visible()
    shoot(jana, "snooze")
    jana.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(reply_box(jana)).to_be_focused()
    expect(reply_box(jana)).to_have_value("Kept ")
    jana.keyboard.press("Escape")
    expect(log(jana)).to_be_focused()
    jana.keyboard.press("r")
    jana.keyboard.type("^note ")
    expect(jana.get_by_role("textbox", name="Note")).to_be_focused()


def test_a_mistyped_command_is_not_sent(cast: Cast, lead, visit):
    jana = visit(path(lead), cast.jana)
    jana.wait_for_load_state("networkidle")
    jana.keyboard.press("r")
    for mistyped in ("/thankx", "^delivr"):
        reply_box(jana).press_sequentially(mistyped)
        expect(jana.get_by_role("option", name="Nothing is called that")).to_be_visible()
        jana.keyboard.press("Enter")
        expect(reply_box(jana)).to_have_value(mistyped)
        reply_box(jana).fill("")
    reply_box(jana).press_sequentially("^_^")
    jana.keyboard.press("Escape")
    jana.keyboard.press("Enter")
    expect(log(jana).locator("article", has_text="^_^").get_by_text("email")).to_be_visible()


def test_what_is_unfolded_is_in_view(cast: Cast, lead, visit):
    with cast.inside():
        for quoted in ("> What was said\n" * 1000, "> Shorter"):
            lead.receive("Yes", via="email", quoted_text=quoted, origin=Origin("lucie@mail.example", "token"))
    jana = visit(path(lead), cast.jana, size=PHONE)
    jana.wait_for_load_state("networkidle")
    log(jana).get_by_text("Why is it here?").last.click()
    expect(jana.get_by_role("link", name="The whole mail").last).to_be_in_viewport(ratio=1)
    long = log(jana).get_by_text("Quoted text").first
    with jana.expect_response("**/quote/"):
        long.click()
    expect(log(jana).locator("details[open] .body").first).to_contain_text("> What was said")
    expect(long).to_be_in_viewport()


def test_snooze_shows_at_the_colleagues_and_is_undone(cast: Cast, lead, visit):
    jana, petr = (visit(path(lead), member) for member in (cast.jana, cast.petr))
    jana.get_by_role("button", name="Snooze").click()
    jana.get_by_role("button", name="Tomorrow morning").click()
    for page in (jana, petr):
        expect(log(page).get_by_text("snoozed this until")).to_be_visible()
        expect(page.get_by_role("button", name="Wake up")).to_be_visible()
    petr.get_by_role("button", name="Wake up").click()
    expect(jana.get_by_role("button", name="Snooze")).to_be_visible()


def test_the_thread_is_accessible(cast: Cast, lead, visit, accessible: Callable[[Page], None], shoot):
    with cast.inside():
        lead.reply("Good morning", by=cast.petr)
        lead.note("Only for us", by=cast.petr)
        anna = {
            "third_party": "Anna <anna@mail.example>",
            "origin": Origin("Anna <anna@mail.example>", "token", "stranger"),
        }
        lead.receive("I am her sister", via="email", quoted_text="> Good morning", **anna)
        lead.messages.filter(kind="outbound").update(delivery_state="failed", delivery_reason="550 5.1.1 unknown")
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        page = visit(path(lead), cast.jana, size=size, scheme=scheme)
        expect(log(page).get_by_text("Only for us")).to_be_visible()
        shoot(page, f"thread-{scheme}-{size[0]}")
        accessible(page)


def test_deliver_opens_by_its_command_and_gives_the_focus_back(cast: Cast, lead, visit, shoot):
    jana = visit(path(lead), cast.jana)
    reply_box(jana).press_sequentially("Kept ^deliver ")
    dialog = jana.get_by_role("dialog", name="Deliver Lucie Němcová")
    expect(dialog).to_be_visible()
    shoot(jana, "deliver")
    jana.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(reply_box(jana)).to_be_focused()
    expect(reply_box(jana)).to_have_value("Kept ")


def test_a_file_too_large_is_refused_before_it_is_sent(cast: Cast, lead, visit, tmp_path):
    jana = visit(path(lead), cast.jana)
    (tmp_path / "film.mp4").write_bytes(b"\0" * 30 * 1024 * 1024)
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.4")
    jana.get_by_label("Attach files").set_input_files([tmp_path / "film.mp4", tmp_path / "cv.pdf"])
    expect(jana.get_by_text("film.mp4 is too large")).to_be_visible()
    expect(jana.get_by_role("button", name="Remove cv.pdf")).to_be_visible()
    jana.get_by_role("button", name="Send", exact=True).click()
    expect(log(jana).get_by_role("link", name="cv.pdf")).to_be_visible()
