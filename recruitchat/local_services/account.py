"""Who the servers run as. PostgreSQL refuses root, so as root they run as an account that exists anyway.

That account can't get into a project under /root. Rather than open up folders that aren't ours, what the
servers need is then kept under /var/lib.
"""

import hashlib
import os
import pwd
import shutil
import stat
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

CANDIDATES = ["postgres", "nobody", "daemon"]
ELSEWHERE = Path("/var/lib/recruitchat")


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
    raise RuntimeError(f"PostgreSQL doesn't run as root, and none of {CANDIDATES} exists here.")


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


def make_lasting_folder(path: Path) -> Path:
    """The same, or a link to one elsewhere if the account can't get there; returns where it really is."""
    if not path.exists() and not _can_reach(path.parent):
        elsewhere = _elsewhere() / hashlib.sha256(bytes(path)).hexdigest()[:16]
        # Without a link to it, it is what a data folder since removed has left.
        shutil.rmtree(elsewhere, ignore_errors=True)
        make_folder(elsewhere)
        path.unlink(missing_ok=True)
        path.symlink_to(elsewhere)
        return elsewhere
    return make_folder(path.resolve())


def within_reach(site: Path, needed: Iterable[Path], name: str) -> Path:
    """The folder `site`, or a copy of what is needed of it, where the account can get to it."""
    if _can_reach(site):
        return site
    copy = _elsewhere() / name
    if not copy.exists():
        unfinished = copy.with_name(f"{name}.{os.getpid()}")
        for path in needed:
            (unfinished / path).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (site / path).is_dir() else shutil.copy2)(site / path, unfinished / path)
        unfinished.rename(copy)
    return copy


def _elsewhere() -> Path:
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return ELSEWHERE


def _can_reach(folder: Path) -> bool:
    if not (account := _account()):
        return True
    states = [path.stat() for path in (folder, *folder.parents)]
    return all(state.st_mode & stat.S_IXOTH or state.st_uid == account.pw_uid for state in states)
