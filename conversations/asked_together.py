import asyncio
from collections.abc import Callable, Hashable

from channels.db import database_sync_to_async


class AskedTogether[About: Hashable, One: Hashable]:
    """Many of this process want to know the same at the same moment: the database is asked once, for all of them.

    `question` is given what it is about and all who ask, and returns those of whom it is true.
    """

    def __init__(self, question: Callable[[About, frozenset[One]], set[One]]) -> None:
        self.question = question
        self._asking: dict[About, tuple[set[One], asyncio.Task[set[One]]]] = {}

    async def ask(self, about: About, one: One) -> bool:
        """Raises what the question raises, for everyone who asked."""
        if about not in self._asking:
            self._asking[about] = (set(), asyncio.create_task(self._answer(about)))
        asking, answer = self._asking[about]
        asking.add(one)
        return one in await asyncio.shield(answer)

    async def _answer(self, about: About) -> set[One]:
        await asyncio.sleep(0)  # those whom the same message reached are in this turn of the loop
        asking, _ = self._asking.pop(about)
        return await database_sync_to_async(self.question)(about, frozenset(asking))
