"""The page of rules says what the rules say."""

from tests.docs.rules_page import PAGE, written


def test_the_page_of_rules_is_current() -> None:
    """Fails when a rule has changed: `make docs` writes the page anew."""
    assert PAGE.read_text(encoding="utf-8") == written()
