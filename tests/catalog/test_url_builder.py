"""Addresses: a path, and parameters that survive whatever is in them."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from catalog.url_builder import address

LIST = "catalog:certification_list"


def test_address_without_parameters_is_the_path() -> None:
    assert address(LIST) == "/certifications/"


@given(st.lists(st.tuples(st.text(), st.text())))
def test_parameters_are_read_back_in_their_order(pairs: list[tuple[str, str]]) -> None:
    query = urlsplit(address(LIST, pairs)).query
    assert parse_qsl(query, keep_blank_values=True) == pairs
