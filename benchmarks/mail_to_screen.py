"""From a mail's last byte to its fragment on an open inbox, beside a bare outbox: row, nudge, task, commit."""

import asyncio
import os
import re
import smtplib
import time
from contextlib import ExitStack
from statistics import median
from typing import Any

import psycopg2
from django.db import connection, connections
from django.test import Client
from websockets.asyncio.client import ClientConnection, connect

from accounts.models import Member
from accounts.tenancy import enter
from benchmarks.bare_outbox import CHANNEL, TABLE, take
from benchmarks.live import _serve
from benchmarks.mail_in import people_who_answer, taking_in
from benchmarks.results import Row
from benchmarks.timing import p95

MAILS = int(os.environ.get("SCREENED_MAILS", "200"))
A_SECOND = 10
BARE = 100
WARM = 20  # of either, before it counts
LIMIT = 10.0
PERSON = re.compile(r"Lucie (\d+)<")


def mail_to_screen() -> list[Row]:
    organization_id, mails = people_who_answer(WARM + MAILS)
    with ExitStack() as stack:
        web = _serve(stack)
        port = stack.enter_context(taking_in("benchmarks.bare_outbox"))
        bare = _bare_round_trips()
        screened = asyncio.run(_screened(web, port, _cookie(organization_id), mails))[WARM:]
    work = (
        f"p95 of {MAILS} mails at {A_SECOND} a second (median {median(screened):.0f} ms), beside the median of {BARE}"
    )
    return [Row("mail-to-screen", p95(screened), median(bare), LIMIT, "ms", work)]


def _bare_round_trips() -> list[float]:
    """A row is written, a worker is nudged after the commit, takes the row in a transaction; the commit tells us."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id serial PRIMARY KEY, done_at timestamptz)")
        cursor.execute(f"GRANT ALL ON {TABLE}, {TABLE}_id_seq TO PUBLIC")
    heard = _listening()
    return [_round_trip(heard) for _ in range(WARM + BARE)][WARM:]


def _round_trip(heard: Any) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} DEFAULT VALUES RETURNING id")
        take.delay(row=cursor.fetchone()[0])
    while not heard.notifies:
        heard.poll()
        time.sleep(0.0005)
    heard.notifies.clear()
    return (time.perf_counter() - began) * 1000


def _listening() -> Any:
    login = connection.get_connection_params()
    heard = psycopg2.connect(
        **{key: login[key] for key in ("dbname", "user", "password", "host", "port") if key in login}
    )
    heard.autocommit = True
    heard.cursor().execute(f"LISTEN {CHANNEL}")
    return heard


async def _screened(web: int, port: int, cookie: str, mails: list[tuple[str, bytes]]) -> list[float]:
    address = f"http://127.0.0.1:{web}"
    inbox = await connect(
        address.replace("http", "ws") + "/ws/inbox/", additional_headers={"Cookie": cookie},
        origin=address, compression=None, ping_interval=None,
    )  # fmt: skip
    seen: dict[int, float] = {}
    reading = asyncio.create_task(_read(inbox, seen))
    sent = []
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        for to, raw in mails:
            slot = time.perf_counter() + 1 / A_SECOND
            sent.append(await asyncio.to_thread(_say, client, to, raw))
            await asyncio.sleep(max(0.0, slot - time.perf_counter()))
        for _ in range(600):
            if len(seen) == len(mails):
                break
            await asyncio.sleep(0.1)
    await inbox.close()
    await reading
    return [(seen[number] - began) * 1000 for number, began in enumerate(sent)]


async def _read(inbox: ClientConnection, seen: dict[int, float]) -> None:
    """When each person's item came first."""
    async for text in inbox:
        for number in PERSON.findall(str(text)):
            seen.setdefault(int(number), time.perf_counter())


def _cookie(organization_id: int) -> str:
    with enter(organization_id):
        user = Member.objects.select_related("user").get().user
    client = Client()
    client.force_login(user, backend="accounts.sign_in.Backend")
    return f"sessionid={client.cookies['sessionid'].value}"


def _say(client: smtplib.SMTP, to: str, raw: bytes) -> float:
    """When its last byte had gone out."""
    client.ehlo_or_helo_if_needed()
    client.mail("lucie@mail.example")
    client.rcpt(to)
    client.putcmd("data")
    client.getreply()
    client.send(smtplib._quote_periods(smtplib._fix_eols(raw.decode()).encode()) + b"\r\n.\r\n")
    sent = time.perf_counter()
    client.getreply()
    return sent
