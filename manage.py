#!/usr/bin/env python
import os
import sys

from recruitchat.local_services import ServicesError, ensure


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitchat.settings")
    try:
        lease = ensure()
    except ServicesError as error:
        sys.exit(str(error))
    with lease:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
