"""Other names: none leads to two entries, whatever its case and accents."""

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Alias, Certification
from tests.factories.rows import a_certification, new_exam

pytestmark = pytest.mark.usefixtures("guide")


def new_alias(name: str, certification: Certification | None = None) -> Alias:
    return Alias(name=name, certification=certification or a_certification())


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("ÉLEMENTS of ai", "Elements of AI"),
        ("elements-of-ai", "Elements of AI"),
        ("pmle", "Google Professional Machine Learning Engineer"),
        ("ai 901", "Microsoft Azure AI Fundamentals"),
    ],
)
def test_an_alias_that_is_a_name_of_another_is_refused_and_names_it(name: str, owner: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new_alias(name).clean()
    assert caught.value.message_dict == {
        "name": [f"“{name}” is the name, slug, alias or exam code of “{owner}” already."]
    }


def test_an_entry_may_have_its_own_code_as_an_alias() -> None:
    own = Certification.objects.get(slug="microsoft-azure-ai-fundamentals")
    new_alias("AI901", certification=own).clean()


def test_an_alias_of_signs_alone_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        new_alias(" - ").clean()
    assert caught.value.message_dict == {"name": ["Give a name of letters or digits."]}


def test_an_entry_cannot_take_the_alias_of_another_as_its_name() -> None:
    with pytest.raises(ValidationError) as caught:
        a_certification(name="Pmle").clean()
    assert caught.value.message_dict == {
        "name": [
            (
                "“PMLE” is an alias of “Google Professional Machine Learning Engineer”: choose "
                "another name."
            )
        ]
    }


def test_an_exam_code_given_twice_is_refused_and_names_its_entry() -> None:
    with pytest.raises(ValidationError) as caught:
        new_exam(code="ai 901").clean()
    assert caught.value.message_dict == {
        "code": ["“ai 901” is the code of an exam of “Microsoft Azure AI Fundamentals” already."]
    }
