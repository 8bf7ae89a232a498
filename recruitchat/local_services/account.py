"""Who the servers run as. PostgreSQL refuses root, so as root they run as an account that exists anyway."""

import os
import pwd
from functools import cache
from pathlib import Path
from typing import Any

CANDIDATES = ["postgres", "nobody", "daemon"]


@cache
def _account() -> pwd.struct_passwd | None:
    """None when the servers can run as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(f"PostgreSQL doesn't run as root, and this machine has none of the accounts {CANDIDATES}.")


def credentials() -> dict[str, Any]:
    """Arguments for subprocess that make a server run as its account."""
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def make_folder(path: Path) -> Path:
    """A folder only the servers (and root) may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    if account := _account():
        os.chown(path, account.pw_uid, account.pw_gid)
    return path
