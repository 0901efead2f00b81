"""The ASGI application, for a server of that kind."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certguide.settings")

application = get_asgi_application()
