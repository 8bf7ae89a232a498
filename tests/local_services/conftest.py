import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_services.holder import Holder


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Not pytest's own, which is closed to the account that servers run as under root."""
    folder = Path(tempfile.mkdtemp(prefix="recruitchat-tests-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hold() -> Iterator[type[Holder]]:
    """Starts holders, and ends those that the test has not."""
    yield Holder
    Holder.end_all()
