import os
import signal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis

from recruitchat.local_services import ServicesError, ensure
from recruitchat.local_services.lease import NEEDED_FOR
from tests.local_services.holder import Holder, commands, is_gone

# Valkey alone starts in a moment, and what is tested here is the same for both.
WITHOUT_POSTGRES = {"DATABASE_URL": "postgres://elsewhere/recruitchat"}


def select_one(url: str) -> int:
    parts = urlsplit(url)
    with psycopg2.connect(
        host=unquote(parts.hostname or ""), port=parts.port, user=parts.username, dbname=parts.path[1:]
    ).cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def socket_folder(url: str) -> str:
    return str(Path(urlsplit(url).path).parent)


def test_starts_both_and_ends_them_with_the_last_holder(data_dir: Path, hold: type[Holder]) -> None:
    first = hold(data_dir)
    urls = first.settled()
    second = hold(data_dir)
    assert second.settled()["DATABASE_URL"] == urls["DATABASE_URL"]

    first.end()
    assert select_one(urls["DATABASE_URL"]) == 1
    assert redis.Redis.from_url(urls["REDIS_URL"]).ping()

    second.end()
    assert is_gone(str(data_dir), within_seconds=5)
    assert not Path(socket_folder(urls["REDIS_URL"])).exists()


def test_nothing_outlives_a_holder_that_is_killed(data_dir: Path, hold: type[Holder]) -> None:
    holder = hold(data_dir, **WITHOUT_POSTGRES)
    settled = holder.settled()
    folder = socket_folder(settled["REDIS_URL"])
    assert folder in commands()

    holder.kill()
    assert is_gone(folder, within_seconds=3)
    assert is_gone(str(data_dir), within_seconds=1)
    assert settled["child"] not in [line.split()[0] for line in commands().splitlines()]


def test_starters_at_once_share_one_guard(data_dir: Path, hold: type[Holder]) -> None:
    holders = [hold(data_dir, **WITHOUT_POSTGRES) for _ in range(4)]
    assert len({holder.settled()["REDIS_URL"] for holder in holders}) == 1
    assert commands().count(f"local_services.guard {data_dir} ") == 1


def test_copies_of_the_project_never_meet(tmp_path: Path, hold: type[Holder]) -> None:
    one, other = (hold(tmp_path / name, **WITHOUT_POSTGRES) for name in ("one", "other"))
    assert one.settled()["REDIS_URL"] != other.settled()["REDIS_URL"]


def test_addresses_that_are_set_are_left_alone(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in NEEDED_FOR:
        monkeypatch.setenv(variable, "somewhere://else")
    with ensure(data_dir):
        assert os.environ["DATABASE_URL"] == "somewhere://else"
    assert not list(data_dir.iterdir())


def test_after_a_guard_was_killed_the_next_one_clears_up(data_dir: Path, hold: type[Holder]) -> None:
    first = hold(data_dir, **WITHOUT_POSTGRES)
    left = socket_folder(first.settled()["REDIS_URL"])
    os.kill(guard_of(data_dir), signal.SIGKILL)
    assert left in commands()

    hold(data_dir, **WITHOUT_POSTGRES).settled()
    assert is_gone(left, within_seconds=1)
    assert not Path(left).exists()


def test_data_of_another_version_is_refused_in_words(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (data_dir / "postgres" / "data").mkdir(parents=True)
    (data_dir / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServicesError, match="made by PostgreSQL 9"):
        ensure(data_dir)
    assert is_gone(str(data_dir), within_seconds=3)


def guard_of(data_dir: Path) -> int:
    [line] = [line for line in commands().splitlines() if f"local_services.guard {data_dir} " in line]
    return int(line.split()[0])
