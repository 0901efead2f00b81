"""Conditions: reading them, whether they are met, and on what grounds."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.conditions import ConditionError, in_words, parse, parse_known

TRAITS = ("uses-gcp", "uses-aws", "uses-azure", "deployed", "no-practice")
KNOWN = frozenset(TRAITS)

trait_sets = st.frozensets(st.sampled_from(TRAITS))
# Brackets are left out now and then, so that the order of operators counts too.
conditions = st.recursive(
    st.sampled_from(TRAITS),
    lambda inner: st.one_of(
        inner.map("not {}".format),
        inner.map("not ({})".format),
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
    ),
    max_leaves=12,
)


def says_python(condition: str, traits: frozenset[str]) -> bool:
    """True if the condition is met in Python, which has the same operators in the same order."""
    values = {trait.replace("-", "_"): trait in traits for trait in TRAITS}
    return bool(eval(condition.replace("-", "_"), {}, values))


# --- reading --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "and",
        "not",
        "uses-gcp and",
        "or uses-gcp",
        "uses-gcp uses-aws",
        "uses-gcp and or uses-aws",
        "(uses-gcp",
        "uses-gcp)",
        ")(",
        "(uses-gcp or) uses-aws",
        "uses-gcp, uses-aws",
        "uses_gcp",
        "uses.gcp",
        "“uses-gcp”",
        "'uses-gcp'",
        "-uses-gcp",
        "uses-gcp == uses-aws",
        "uses-gcp\0",
        "\u200b",
        "🟡",
        "()",
        "uses-gcp and ()",
        "not ()",
    ],
)
def test_parse_of_what_is_no_expression_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    message = str(caught.value)
    assert message.startswith(f"“{text}” can't be read as a condition (")
    assert message.endswith(
        "Write traits joined by and, or, not and brackets, "
        "e.g. (uses-aws or uses-azure) and not uses-gcp."
    )


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("uses-gcp and", "a trait is missing after “and”"),
        ("or uses-gcp", "a trait is missing before “or”"),
        ("uses-gcp AND or uses-aws", "a trait is missing between “AND” and “or”"),
        ("not ()", "a trait is missing between “(” and “)”"),
        ("uses-gcp uses-aws", "“and” or “or” is missing between “uses-gcp” and “uses-aws”"),
        ("uses-gcp not deployed", "“and” or “or” is missing between “uses-gcp” and “not”"),
        ("uses-gcp) or deployed", "there is a “)” without its “(”"),
        ("(uses-gcp or (deployed)", "there is a “(” without its “)”"),
        ("uses-gcp, deployed", "“,” is neither a trait nor a word that joins them"),
        ("uses_gcp", "“uses_gcp” is neither a trait nor a word that joins them"),
        ("-uses-gcp", "“-uses-gcp” is neither a trait nor a word that joins them"),
    ],
)
def test_parse_of_what_is_no_expression_says_what_is_missing_where(text: str, slip: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_known(text, KNOWN)
    assert str(caught.value).startswith(f"“{text}” can't be read as a condition ({slip}). Write")
    assert "There is no trait" not in str(caught.value)


def test_unreadable_condition_also_names_the_nearest_of_an_unknown_trait() -> None:
    with pytest.raises(ConditionError) as caught:
        parse_known("uses-gpc and deployed not", KNOWN)
    assert str(caught.value).endswith("There is no trait “uses-gpc”. Did you mean “uses-gcp”?")


@pytest.mark.parametrize("constant", ["true", "false", "none", "0", "1", "TRUE", "None"])
@pytest.mark.parametrize("text", ["{}", "not {}", "uses-gcp and {}", "(uses-gcp or (not {}))"])
def test_parse_of_a_constant_refuses_it(text: str, constant: str) -> None:
    condition = text.format(constant)
    with pytest.raises(ConditionError) as caught:
        parse(condition)
    assert str(caught.value) == (
        f"“{condition}” contains a constant (true, false, none, 0 or 1), which is not a trait. "
        "Leave the condition empty if it always applies."
    )


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_parse_of_nothing_is_always_met(text: str) -> None:
    condition = parse(text)
    assert (condition.text, condition.traits) == ("", frozenset())
    assert condition.is_met(frozenset())
    assert condition.is_met(frozenset(TRAITS))
    assert condition.grounds(frozenset(TRAITS)) == frozenset()


def test_parse_of_several_spaces_is_the_same_condition() -> None:
    spaced = parse("  (uses-gcp \n or\tuses-aws )  and\u00a0not  deployed ")
    assert spaced is parse("(uses-gcp or uses-aws ) and not deployed")
    assert spaced.traits == {"uses-gcp", "uses-aws", "deployed"}


def test_parse_reads_operators_in_capitals() -> None:
    condition = parse("uses-gcp AND NOT deployed")
    assert condition.is_met(frozenset({"uses-gcp"}))
    assert not condition.is_met(frozenset({"uses-gcp", "deployed"}))


def test_parse_reads_traits_with_operators_in_their_names() -> None:
    assert parse("not-sure or android and orders").traits == {"not-sure", "android", "orders"}


def test_parse_reads_letters_of_other_scripts() -> None:
    assert parse("größe and 日本").traits == {"größe", "日本"}


def test_parse_of_400_nested_brackets_reads_them() -> None:
    condition = parse("(" * 400 + "uses-gcp" + ")" * 400)
    assert condition.traits == {"uses-gcp"}
    assert condition.is_met(frozenset({"uses-gcp"}))
    assert not condition.is_met(frozenset())


def test_parse_of_400_unbalanced_brackets_refuses_them() -> None:
    with pytest.raises(ConditionError):
        parse("(" * 400 + "uses-gcp" + ")" * 399)


@pytest.mark.parametrize("text", ["~" * 499 + "a", "!" * 499 + "a", "~(" * 160 + "a" + ")" * 160])
def test_parse_of_a_condition_as_deep_as_the_field_is_long_reads_or_refuses_it(text: str) -> None:
    assert len(text) <= 500
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition.is_met(frozenset()) in (True, False)
    assert condition.grounds(frozenset()) == {"a"}


# --- known traits ---------------------------------------------------------------


def test_condition_of_known_traits_is_taken() -> None:
    text = "(uses-gcp or uses-aws) and not deployed"
    assert parse_known(text, KNOWN) is parse(text)
    assert parse_known("", frozenset()) is parse("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("uses-gpc", "There is no trait “uses-gpc”. Did you mean “uses-gcp”?"),
        ("Deployed", "There is no trait “Deployed”. Did you mean “deployed”?"),
        ("quantum", "There is no trait “quantum”."),
        (
            "uses-gcp and not (practice or uses-azur)",
            (
                "There is no trait “practice”. Did you mean “no-practice”? "
                "There is no trait “uses-azur”. Did you mean “uses-azure”?"
            ),
        ),
    ],
)
def test_unknown_trait_is_named_with_the_nearest(text: str, message: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_known(text, KNOWN)
    assert str(caught.value) == message


# --- met, not met, boundary -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "met", "not_met"),
    [
        ("uses-gcp", ["uses-gcp", "uses-gcp deployed"], ["", "uses-aws"]),
        ("not uses-gcp", ["", "uses-aws"], ["uses-gcp", "uses-gcp uses-aws"]),
        ("uses-gcp and deployed", ["uses-gcp deployed"], ["", "uses-gcp", "deployed"]),
        ("uses-gcp or deployed", ["uses-gcp", "deployed", "uses-gcp deployed"], ["", "uses-aws"]),
        (
            "(uses-aws or uses-azure) and not uses-gcp",
            ["uses-aws", "uses-azure", "uses-aws uses-azure"],
            ["", "uses-gcp", "uses-aws uses-gcp"],
        ),
        # not binds first, then and, then or
        ("uses-gcp or uses-aws and deployed", ["uses-gcp", "uses-aws deployed"], ["", "uses-aws"]),
        ("not uses-gcp and deployed", ["deployed"], ["", "uses-gcp deployed", "uses-gcp"]),
        ("uses-gcp and uses-gcp", ["uses-gcp"], [""]),
        ("uses-gcp or not uses-gcp", ["", "uses-gcp"], []),
        ("uses-gcp and not uses-gcp", [], ["", "uses-gcp"]),
    ],
)
def test_is_met_of_each_operator(text: str, met: list[str], not_met: list[str]) -> None:
    condition = parse(text)
    assert [traits for traits in met if not condition.is_met(frozenset(traits.split()))] == []
    assert [traits for traits in not_met if condition.is_met(frozenset(traits.split()))] == []


@pytest.mark.parametrize(
    ("text", "traits", "grounds"),
    [
        ("uses-gcp", "uses-gcp", "uses-gcp"),
        ("uses-gcp", "", "uses-gcp"),
        ("not uses-gcp", "deployed", "uses-gcp"),
        ("uses-gcp or uses-aws", "uses-aws", "uses-aws"),
        ("uses-gcp or uses-aws", "uses-gcp uses-aws", "uses-gcp uses-aws"),
        ("uses-gcp or uses-aws", "", "uses-gcp uses-aws"),
        ("uses-gcp and deployed", "uses-gcp deployed", "uses-gcp deployed"),
        ("uses-gcp and deployed", "uses-gcp", "deployed"),
        ("not (uses-gcp or deployed)", "uses-gcp", "uses-gcp"),
        ("(uses-aws or uses-azure) and not uses-gcp", "uses-aws", "uses-aws uses-gcp"),
        ("", "uses-gcp", ""),
    ],
)
def test_grounds_are_the_traits_that_decide(text: str, traits: str, grounds: str) -> None:
    assert parse(text).grounds(frozenset(traits.split())) == frozenset(grounds.split())


# --- for all conditions ---------------------------------------------------------


@given(conditions, trait_sets)
def test_is_met_agrees_with_python(condition: str, traits: frozenset[str]) -> None:
    assert parse(condition).is_met(traits) == says_python(condition, traits)


@given(conditions, trait_sets, st.frozensets(st.text(max_size=3)))
def test_is_met_ignores_traits_it_does_not_name(
    condition: str, traits: frozenset[str], others: frozenset[str]
) -> None:
    assert parse(condition).is_met(traits | others) == parse(condition).is_met(traits)


@given(conditions, trait_sets)
def test_is_met_of_a_double_negation_is_the_same(condition: str, traits: frozenset[str]) -> None:
    doubled = parse(f"not (not ({condition}))")
    assert doubled.is_met(traits) == parse(condition).is_met(traits)
    assert doubled.grounds(traits) == parse(condition).grounds(traits)


@given(conditions, conditions, trait_sets)
def test_is_met_obeys_de_morgan(first: str, second: str, traits: frozenset[str]) -> None:
    neither = parse(f"not (({first}) or ({second}))")
    none = parse(f"not ({first}) and not ({second})")
    assert neither.is_met(traits) == none.is_met(traits)
    assert neither.grounds(traits) == none.grounds(traits)


@given(conditions, trait_sets, trait_sets)
def test_grounds_are_enough(
    condition: str, traits: frozenset[str], flipped: frozenset[str]
) -> None:
    parsed = parse(condition)
    grounds = parsed.grounds(traits)
    assert grounds <= parsed.traits
    assert parsed.is_met(traits ^ (flipped - grounds)) == parsed.is_met(traits)


# --- in words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("a", "is A"),
        ("not a", "is not one who is A"),
        ("not not a", "is not one who is not one who is A"),
        ("a and b and c", "is A, and is B, and is C"),
        ("a or (b or c)", "is A, or is B, or is C"),
        ("(a or b) and not c", "either is A, or is B; and is not one who is C"),
        ("a or b and c", "is A; or both is B, and is C"),
        ("a and not (b or c)", "is A, and is neither one who is B, nor one who is C"),
        ("not (a and b)", "is not one who both is A, and is B"),
        ("a and (b or c and d)", "is A; and either is B, or (both is C, and “d”)"),
    ],
)
def test_condition_in_words(text: str, words: str) -> None:
    assert in_words(parse(text), {"a": "is A", "b": "is B", "c": "is C"}) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a or b or c", "works with A, B or C"),
        ("a and b", "works with A and B"),
        ("not (a or b)", "is not one who works with A or B"),
        ("(a or b) and not c", "works with A or B; and is not one who works with C"),
        ("a or d", "works with A, or works with D and E"),
    ],
)
def test_what_begins_alike_is_said_once(text: str, words: str) -> None:
    labels = {name: f"works with {name.upper()}" for name in "abc"} | {"d": "works with D and E"}
    assert in_words(parse(text), labels) == words


@pytest.mark.parametrize("label", ["{}", "works with {}"])
@given(one=conditions, other=conditions)
def test_conditions_that_say_the_same_in_words_are_the_same(
    label: str, one: str, other: str
) -> None:
    labels = {trait: label.format(name) for trait, name in zip(TRAITS, "ABCDE", strict=True)}
    same_words = in_words(parse(one), labels) == in_words(parse(other), labels)
    same_truth = all(
        says_python(one, traits) == says_python(other, traits)
        for size in range(len(TRAITS) + 1)
        for traits in map(frozenset, combinations(TRAITS, size))
    )
    assert same_truth or not same_words
