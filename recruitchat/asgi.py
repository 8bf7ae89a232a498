import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitchat.settings")

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application

from recruitchat.lanes import Lanes

# A lane that renders holds the loop's thread up at each of its system calls, one a socket, for as long as this (5 ms
# where nobody says otherwise).
sys.setswitchinterval(0.0005)
sizes = {"largest": settings.LARGEST_REQUEST, "largest_delivery": settings.LARGEST_DELIVERY}
http = Lanes(get_asgi_application(), **sizes)

from recruitchat.metrics import counting_sockets  # noqa: E402
from recruitchat.nudging import nudge_from_a_thread  # noqa: E402
from recruitchat.sockets import sockets  # noqa: E402

nudge_from_a_thread()
application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": counting_sockets(
            OriginValidator(
                AuthMiddlewareStack(URLRouter(sockets)), ["*"] if settings.DEBUG else settings.ALLOWED_HOSTS
            )
        ),
    }
)
