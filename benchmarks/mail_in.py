"""From the SMTP connection to the committed message, with two worker processes, beside django-helpdesk's process_email
from a folder, which needs no connection and has one process."""

import json
import os
import secrets
import smtplib
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections

from accounts.models import Member, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import enter
from benchmarks import others
from benchmarks.results import Row
from benchmarks.seed import DATABASE
from campaigns.models import Campaign, CampaignAccess
from conversations.applying import apply
from conversations.models import Message, ReplyKey
from conversations.signals import quietly
from people.finding import Applicant

MAILS = int(os.environ.get("MAILS", "1000"))
CONNECTIONS = 4
PATIENCE_SECONDS = 600
LIMIT = 1 / 3
THEIR_DATABASE = "recruitchat_bench_others"
ANSWER = """Dobrý den, paní Dvořáková,

děkuji za zprávu. Nastoupit mohu 1. prosince a řidičský průkaz mám od roku 2019.
V příloze posílám životopis.

S pozdravem
{name}

Dne 12. 11. 2026 v 10:02 Jana Dvořáková, Northwind Talent <{to}> napsal(a):

> Dobrý den,
> kdy byste mohla nastoupit? A máte řidičský průkaz?
>
> Jana Dvořáková
"""
CV = b"%PDF-1.4\n" + b"a page of a curriculum vitae " * 1500


def mail_in() -> list[Row]:
    organization_id, mails = people_who_answer(MAILS)
    with ExitStack() as stack:
        port = stack.enter_context(taking_in())
        seconds = _sent(mails, port, organization_id)
    theirs = _theirs([raw for _to, raw in mails])
    work = (
        f"{len(mails)} mails over {CONNECTIONS} connections, two worker processes; {len(mails) / seconds:.0f} a second"
    )
    work += f", django-helpdesk {theirs['taken'] / theirs['seconds']:.0f} a second"
    return [
        Row(
            "mail-in", seconds * 1000 / len(mails), theirs["seconds"] * 1000 / theirs["taken"], LIMIT, "ms a mail", work
        )
    ]


def people_who_answer(count: int) -> tuple[int, list[tuple[str, bytes]]]:
    """A new organization with so many conversations; of each its reply address and the mail that answers it."""
    mark = secrets.token_hex(4)
    organization = create_organization(f"Mail {mark}", slug=f"mail-{mark}", public_email="jobs@northwind.example")
    with enter(organization.pk), quietly():
        user = User.objects.create_user(f"jana@{mark}.example", name="Jana Dvořáková")
        member = Member.objects.create(user=user, role="recruiter")
        workspace = Workspace.objects.get()
        campaign = Campaign.objects.create(name="Support agents", slug="support", workspace=workspace, language="cs")
        CampaignAccess.objects.create(campaign=campaign, member=member)
        mails = [_answer(campaign, mark, number) for number in range(count)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE people_person")  # as PostgreSQL does within a minute (people/migrations/0003)
    return organization.pk, mails


def _answer(campaign: Campaign, mark: str, number: int) -> tuple[str, bytes]:
    name, address = f"Lucie {number}", f"lucie-{number}@{mark}.example"
    conversation = apply(campaign, Applicant(name, address, language="cs"), text="Hello").conversation
    to = ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).address
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{name} <{address}>", to, f"Re: Support agents {number}"
    mail["Message-ID"] = make_msgid(domain=f"{mark}.example")
    mail.set_content(ANSWER.format(name=name, to=to))
    mail.add_alternative(f"<p>{ANSWER.format(name=name, to=to)}</p>", subtype="html")
    if number % 4 == 0:
        mail.add_attachment(CV + str(number).encode(), maintype="application", subtype="pdf", filename="CV.pdf")
    return to, mail.as_bytes()


@contextmanager
def taking_in(application: str = "recruitchat"):
    """The mail listener and a worker of two processes, as they run; the listener's port."""
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{DATABASE}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    celery = ["-m", "celery", "--quiet", "-A", application, "worker", "--concurrency", "2", "--loglevel", "ERROR"]
    programs = [
        [sys.executable, "manage.py", "listen_for_mail", "--port", str(port)],
        [sys.executable, "-W", "ignore", *celery, "--without-mingle", "--without-gossip"],
    ]
    running = [subprocess.Popen(each, env=os.environ | {"DATABASE_URL": url}) for each in programs]
    try:
        _until_open(port)
        _until_working()
        yield port
    finally:
        for each in running:
            each.terminate()
        for each in running:
            with suppress(subprocess.TimeoutExpired):
                each.wait(20)
            each.kill()


def _until_open(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the mail listener did not come up")


def _until_working() -> None:
    from recruitchat.celery import app

    for _ in range(100):
        if app.control.ping(timeout=0.5):
            return
    raise RuntimeError("the worker did not come up")


def _sent(mails: list[tuple[str, bytes]], port: int, organization_id: int) -> float:
    """Seconds from the first connection to the last message's commit."""
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(lambda place: _send(mails[place::CONNECTIONS], port), range(CONNECTIONS)))
    while time.perf_counter() - began < PATIENCE_SECONDS:
        with enter(organization_id):
            if Message.objects.filter(kind="inbound", channel="email").count() >= len(mails):
                return time.perf_counter() - began
        time.sleep(0.05)
    raise RuntimeError("not all mails have become messages")


def _send(mails: list[tuple[str, bytes]], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        for to, raw in mails:
            client.sendmail("lucie@mail.example", [to], raw)


def _theirs(mails: list[bytes]) -> dict[str, float]:
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {THEIR_DATABASE}")
        cursor.execute(f"CREATE DATABASE {THEIR_DATABASE}")
    login = owner.settings_dict
    with TemporaryDirectory() as folder:
        for number, raw in enumerate(mails):
            (Path(folder) / f"{number}.eml").write_bytes(raw)
        where = [login["HOST"] or "localhost", str(login["PORT"] or 5432), login["USER"], THEIR_DATABASE]
        told = others.run("helpdesk_intake", folder, *where, OTHER_PASSWORD=login["PASSWORD"] or "")
    return json.loads(told.splitlines()[-1])
