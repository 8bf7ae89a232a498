import pytest

from tests.cast import signed_in

VIEWS = ["mine", "unassigned", "everyone", "mentions", "snoozed", "undelivered"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens(cast, view):
    cast.apply()
    answer = signed_in(cast.jana).get(f"/inbox/{view}/")
    assert answer.status_code == 200


def test_the_list_stands_beside_the_conversation(cast):
    conversation = cast.apply()
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/?view=everyone").text
    assert f'id="item-{conversation.pk}"' in page
    assert 'id="thread"' in page
