"""A worker that works out what is due in one organization, to be killed while it does: benchmarks/night_kills.py."""

import os
import sys

os.environ |= {"ENVIRONMENT": "development", "DEBUG": "0", "DJANGO_SETTINGS_MODULE": "recruitchat.settings"}

if __name__ == "__main__":
    import django

    django.setup()
    from django.utils import timezone

    from scoring import night

    print("at work", flush=True)
    night.run_if_due(int(sys.argv[1]), timezone.now())
