"""Runs the benchmarks that are asked for, prints a table of ratios and writes benchmarks/results.json."""

import importlib
import logging
import os
import sys
from pathlib import Path

from benchmarks.results import Row, as_table, keep
from recruitchat.local_services import ensure

MODULES = {"inbox": "pages", "thread": "pages", "search": "search", "live": "live", "first-load": "first_load"}
WITH_OWN_DATA = {
    "night-first": "night",
    "night-after-a-day": "night",
    "night-killed": "night_kills",
    "night-one-person": "night",
    "mail-in": "mail_in",
    "mail-to-screen": "mail_to_screen",
    "reply-text": "reply_text",
    "delivery-done": "deliveries",
    "outcome-report": "deliveries",
    "leads": "leads",
    "inbox-list-1m": "inbox_list",
}
MODULES |= WITH_OWN_DATA


def main() -> None:
    names = [name for word in sys.argv[1:] for name in word.split(",") if name] or list(MODULES)
    if unknown := set(names) - set(MODULES):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}.")
    os.environ.setdefault("DATA_DIR", ".data-bench")
    os.environ |= {"ENVIRONMENT": "development", "DEBUG": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "recruitchat.settings"
    with ensure(durable=False):
        rows = measure(names)
    print(as_table(rows))
    keep(rows, Path(__file__).with_name("results.json"))
    sys.exit(any(row.is_over for row in rows))


def measure(names: list[str]) -> list[Row]:
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.seed import prepare, use_database

    use_database()
    for handler in logging.getLogger().handlers:  # a terminal that shows each request's line would be measured too
        handler.setStream((settings.DATA_DIR / "benchmarks.log").open("w"))
    if set(names) - WITH_OWN_DATA.keys():
        prepare()
    rows: list[Row] = []
    for name in names:
        print(f"measuring {name} …", flush=True)
        module = importlib.import_module(f"benchmarks.{MODULES[name]}")
        rows += getattr(module, name.replace("-", "_"))()
    return rows


if __name__ == "__main__":
    main()
