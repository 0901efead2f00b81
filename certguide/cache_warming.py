"""Cache warming: a thread of each worker lays out what readers need after an edit."""

import logging
import threading
import time
from datetime import date

from django.db import DatabaseError, close_old_connections
from django.utils.timezone import localdate

from advisor.diagram_cache import about_questions, prospects_of
from advisor.rulebook_loader import current_rulebook
from catalog.editorial.content_version import ContentVersion, content_version
from catalog.listing.facet_index import current_index
from catalog.listing.search_documents import current_search_index

POLL_SECONDS = 1
SETTLE_SECONDS = 20  # edits come in rows, and each makes the last layout old
REST = 1.0  # of the time that a piece of work took: readers and other workers come between

Content = tuple[str, date]  # the content version, and the day for which it is laid out

logger = logging.getLogger(__name__)


def start_warming() -> None:
    """Keep everything laid out, at the start of a worker and after each edit and midnight."""
    threading.Thread(target=_keep_warm, name="warming", daemon=True).start()


def _keep_warm() -> None:
    laid_out: Content | None = None
    while True:
        close_old_connections()
        laid_out = lay_out_if_new(laid_out)
        time.sleep(POLL_SECONDS)


def lay_out_if_new(laid_out: Content | None) -> Content | None:
    """Lay out the content of now unless that was done; return what is laid out.

    Without a database, or an answer of it, that is what was before.
    """
    try:
        content = (content_version(), localdate())
        if content != laid_out:
            lay_out(content[1])
    except (ContentVersion.DoesNotExist, DatabaseError):
        return laid_out
    except Exception:  # a fault here is one of a page too: the thread goes on
        logger.exception("could not lay out the content")
        return laid_out
    return content


def lay_out(today: date) -> None:
    """Make what all pages share, and the questions about each certification that is rated.

    It waits for the last of several edits, and ends early where one has made the content old.
    """
    version = content_version()
    time.sleep(SETTLE_SECONDS)
    if content_version() != version:
        return
    current_index(today)
    current_search_index()
    rulebook = current_rulebook()
    prospects_of(rulebook, today=today)
    for certification in rulebook.rated:
        if content_version() != rulebook.version:
            return
        start = time.thread_time()
        about_questions(rulebook, certification.slug, today=today).most  # noqa: B018 - it is cached
        time.sleep(REST * (time.thread_time() - start))
