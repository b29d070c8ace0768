"""The pages that are written from the code say what the code says; `make docs` writes them anew."""

from tests.docs import permissions_page, rules_page


def test_the_page_of_rules_is_current() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.written()


def test_the_page_of_permissions_is_current() -> None:
    assert permissions_page.PAGE.read_text(encoding="utf-8") == permissions_page.written()
