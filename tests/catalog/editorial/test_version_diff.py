"""The differences between two versions of a row, in the words of the form."""

import pytest

from catalog.models import Certification, Source
from tests.admin_form import open_form
from tests.editors import change_address, signed_in, timeline
from tests.html import texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


def test_values_are_said_in_words() -> None:
    ann = signed_in("ann")
    row = Certification.objects.get(slug="ai-plus-individual-certification")
    form = open_form(ann, change_address(row))
    source = Source.objects.order_by("pk").last()
    assert source
    form.fill("lifecycle-0", reported="closed")
    form.fields["lifecycle-0-sources"] = [str(source.pk)]
    form.set(platform="gcp")
    assert form.send(ann).status_code == 302
    step = timeline(ann, row)[0]
    said = dict(zip(texts(step, "dt"), texts(step, "dd"), strict=True))
    assert said.pop("Sources") == f"AI CERTs store{source.name}"
    assert said == {"Platform": "(empty)Google Cloud", "Reported state": "unknownclosed"}
