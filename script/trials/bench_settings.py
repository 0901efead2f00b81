"""The site's settings, with views beside it that only return bytes, for script/bench."""

import os

from certguide import middleware
from certguide.settings import *  # noqa: F403  they are the site's

ROOT_URLCONF = "script.trials.bench_urls"

if os.environ["BENCH_PAGES"] == "uncached":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# A bare view is made for each request: it neither gains by the cache nor pays for it.
middleware.FOR_EDITORS = ("/admin/", "/bench/")
