"""Boots the services for a test run, before Django's settings are read.

Loaded by `-p tests.services`, which bare `pytest` can't find: run `python -m pytest`. Each run has
a data folder of its own, which goes when the run ends, however it ends; the workers of pytest-xdist
inherit the environment.
"""

import os
import tempfile
from collections.abc import Generator

import pytest

from recruitchat.local_services import Lease, ensure
from recruitchat.local_services.lease import NEEDED_FOR

leases = pytest.StashKey[Lease]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    os.environ["ENVIRONMENT"] = "test"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        # Addresses in the environment are those of somebody's real data.
        for variable in (*NEEDED_FOR, "OWNER_DATABASE_URL"):
            os.environ.pop(variable, None)
        os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="recruitchat-tests-", dir="/tmp")
        os.chmod(os.environ["DATA_DIR"], 0o711)
        early_config.stash[leases] = ensure(durable=False, discard=True)
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    if lease := config.stash.get(leases, None):
        lease.close()
