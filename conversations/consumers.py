"""The sockets of the live screens: a member's lists, a member's thread, the candidate's page."""

import contextlib
from uuid import UUID

from channels.db import database_sync_to_async

from conversations import admission, groups
from conversations.admission import Admitted
from conversations.live_socket import AWAY, LiveSocket, Message

STATES = ("looking", "typing", "noting", "gone")


class InboxSocket(LiveSocket):
    """A member's lists and counts."""

    last_key = ""
    has_heard = False

    async def ask(self) -> Admitted | None:
        return await database_sync_to_async(admission.member_to_lists)(self.scope)

    async def list_item(self, message: Message) -> None:
        if message["key"] == self.last_key or not await self.is_still_admitted(UUID(message["conversation"])):
            return
        self.last_key, self.has_heard = message["key"], True
        item = {"type": "item", "conversation": message["conversation"], "facts": message["facts"]}
        await self.send_json(item | {"html": message["html"]})
        await self.send_json({"type": "counts"})

    async def look_back(self, before: Admitted | None) -> None:
        """Something is new and nobody said so: the list is to be asked for again."""
        has_heard, self.has_heard = self.has_heard, False
        if before and self.admitted and self.admitted.newest != before.newest and not has_heard:
            await self.send_json({"type": "caught-up"})
            await self.send_json({"type": "counts"})

    async def list_read(self, message: Message) -> None:
        read = {"type": "read", "conversation": message["conversation"], "number": message["number"]}
        await self.send_json(read)

    async def list_counts(self, message: Message) -> None:
        await self.send_json({"type": "counts"})

    async def notification(self, message: Message) -> None:
        await self.send_json({"type": "notification", "notification": message["notification"]})


class ThreadSocket(LiveSocket):
    """An open thread: its lines as they come, and who is looking and typing."""

    conversation_id: UUID

    async def thread_event(self, message: Message) -> None:
        if await self.is_still_admitted(self.conversation_id):
            await self.send(message["frame"])

    thread_standing = thread_event

    async def thread_presence(self, message: Message) -> None:
        if self.admitted and message["presence"]["who"] != self.admitted.id:
            await self.send_json({"type": "presence"} | message["presence"])

    async def hear(self, content: Message) -> None:
        state = content.get("state")
        if content.get("type") != "presence" or state not in STATES:
            return
        await self.tell(state, asks=content.get("asks") is True)

    async def tell(self, state: str, *, asks: bool = False) -> None:
        """Lets the others see what this one does; an answer is asked of them by who has just come."""

    async def disconnect(self, code: int) -> None:
        if self.admitted:
            await self.tell("gone")
        await super().disconnect(code)

    async def show_to(self, group: str, presence: Message) -> None:
        with contextlib.suppress(*AWAY):
            await self.channel_layer.group_send(group, {"type": "thread.presence", "presence": presence})

    def presence(self, state: str, asks: bool) -> Message:
        assert self.admitted
        return {"who": self.admitted.id, "name": self.admitted.name, "state": state, "asks": asks}


class ConversationSocket(ThreadSocket):
    """A member at an open thread. The candidate sees that a member writes a reply, and nothing else of it."""

    async def connect(self) -> None:
        self.conversation_id = self.scope["url_route"]["kwargs"]["conversation_id"]
        await super().connect()

    async def ask(self) -> Admitted | None:
        ask = database_sync_to_async(admission.member_to_conversation)
        return await ask(self.scope, self.conversation_id)

    def about_now(self) -> Message:
        return {"number": self.admitted.last_number, "who": self.admitted.id} if self.admitted else {}

    async def tell(self, state: str, *, asks: bool = False) -> None:
        presence = self.presence(state, asks)
        await self.show_to(groups.of_conversation(self.conversation_id), presence)
        if state in {"typing", "gone"}:
            first_name = presence["name"].split(" ")[0]
            await self.show_to(groups.of_candidate(self.conversation_id), presence | {"name": first_name})


class CandidateSocket(ThreadSocket):
    """The candidate's own page, opened by its secret link."""

    async def ask(self) -> Admitted | None:
        ask = database_sync_to_async(admission.candidate_to_conversation)
        if not (found := await ask(self.scope["url_route"]["kwargs"]["token"])):
            return None
        admitted, self.conversation_id = found
        return admitted

    async def tell(self, state: str, *, asks: bool = False) -> None:
        if state != "noting":
            await self.show_to(groups.of_conversation(self.conversation_id), self.presence(state, asks))
