"""A real IMAP server: Dovecot, as an ordinary process in a folder of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "a-password-of-the-mailbox"


@dataclass
class Dovecot:
    port: int
    folder: Path

    def put(self, raw: bytes, user: str = "jobs", *, at: datetime | None = None) -> None:
        """Delivers a mail as a server does: into the Maildir."""
        place = self.folder / "mail" / user
        name = f"{time.time_ns()}.test"
        (place / "tmp" / name).write_bytes(raw)
        if at:
            os.utime(place / "tmp" / name, (at.timestamp(), at.timestamp()))
        (place / "tmp" / name).rename(place / "new" / name)

    def forget_numbers(self, user: str = "jobs") -> None:
        """Mails get new numbers, as after a move to another server: UIDVALIDITY, which is the second, changes."""
        time.sleep(1.05)
        for file in (self.folder / "mail" / user).glob("dovecot*"):
            file.unlink()


@contextmanager
def running(folder: Path) -> Iterator[Dovecot]:
    """As root it gives up its rights to nobody, as anybody else it keeps theirs."""
    assert PROGRAM
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    group = "nogroup" if os.geteuid() == 0 else str(account.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.chmod(0o755)
    for kind in ("new", "cur", "tmp"):
        (folder / "mail" / "jobs" / kind).mkdir(parents=True)
    subprocess.run(["chown", "-R", account.pw_name, str(folder / "mail")], check=True)
    facts = {"folder": folder, "port": port, "user": account.pw_name, "group": group, "password": PASSWORD}
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(**facts))
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait_for(port, process, folder)
        yield Dovecot(port, folder)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen, folder: Path) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as connection:
            if connection.recv(100).startswith(b"* OK"):
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((folder / "log").read_text() if (folder / "log").exists() else "Dovecot did not start")
