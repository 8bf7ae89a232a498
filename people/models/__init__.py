from people.models.activity import Activity
from people.models.address import ChatIdentity, PersonEmail, PersonPhone
from people.models.automatic_answer import AutomaticAnswer
from people.models.person import Person, PersonStatus
from people.models.score import PersonScore
from people.models.tag import PersonTag, Tag
from people.models.temperature import Temperature

__all__ = [
    "Activity",
    "AutomaticAnswer",
    "ChatIdentity",
    "Person",
    "PersonEmail",
    "PersonPhone",
    "PersonScore",
    "PersonStatus",
    "PersonTag",
    "Tag",
    "Temperature",
]
