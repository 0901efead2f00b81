"""URLs: a path, and parameters that survive whatever is in them."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from catalog.url_builder import build_url

LIST = "catalog:certification_list"


def test_url_without_parameters_is_the_path() -> None:
    assert build_url(LIST) == "/certifications/"


@given(st.lists(st.tuples(st.text(), st.text())))
def test_parameters_are_read_back_in_their_order(pairs: list[tuple[str, str]]) -> None:
    query = urlsplit(build_url(LIST, pairs)).query
    assert parse_qsl(query, keep_blank_values=True) == pairs
