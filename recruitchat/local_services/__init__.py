"""PostgreSQL and Valkey for one copy of the project, with nothing to install or start by hand.

Django-free: this runs before there are settings. `docs/running.md` tells the story.
"""

from recruitchat.local_services.lease import Lease, ServicesError, ensure

__all__ = ["Lease", "ServicesError", "ensure"]
