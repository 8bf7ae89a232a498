from django.urls import reverse

from conversations.commands import Command, _commands, offered_for, register
from tests.cast import signed_in


def test_apps_register_their_commands_and_the_composer_offers_them(cast, lead):
    with cast.inside():
        offered = {command.name: command for command in offered_for(lead)}
    assert list(offered)[:2] == ["deliver", "assign"]
    assert {"note", "snooze", "reject"} <= set(offered)
    assert offered["snooze"].url == reverse("snooze", args=[lead.pk])
    page = signed_in(cast.jana).get(reverse("conversation", args=[lead.pk])).content.decode()
    assert 'data-command="deliver"' in page


def test_a_command_whose_app_has_no_such_address_is_not_offered(lead):
    register(Command("nowhere", "Leads nowhere", url_name="nowhere:new"))
    try:
        assert "nowhere" not in {command.name for command in offered_for(lead)}
    finally:
        _commands.pop("nowhere")
