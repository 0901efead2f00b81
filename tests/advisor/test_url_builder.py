"""Addresses of the wizard, the verdict and the list that it leaves open."""

from advisor.url_builder import list_url, pairs_of, result_url, wizard_url

PAIRS = [("role", "builder"), ("cloud", "gcp"), ("cloud", "aws")]


def test_each_answer_of_a_question_is_a_parameter_of_its_own() -> None:
    assert pairs_of({"role": ("builder",), "cloud": ("gcp", "aws")}) == PAIRS
    assert result_url(PAIRS) == "/advisor/result/?role=builder&cloud=gcp&cloud=aws"


def test_wizard_names_the_question_to_change_and_the_answers_filled_in_after_the_answers() -> None:
    assert wizard_url() == "/advisor/"
    assert wizard_url(PAIRS[:1], change="role", filled=["role", "cloud"]) == (
        "/advisor/?role=builder&change=role&filled=role&filled=cloud"
    )


def test_list_of_nothing_has_no_address() -> None:
    assert list_url(["b", "a"]) == "/certifications/?cert=b&cert=a"
    assert list_url([]) is None
