import pytest
import time_machine
from django.utils import timezone


@pytest.fixture
def at_noon():
    """The day of scores begins at two at night: what is done here stays within one, whenever the tests run."""
    with time_machine.travel(timezone.now().replace(hour=11)):
        yield
