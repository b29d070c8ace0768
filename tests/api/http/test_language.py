"""Chinese, unless English is preferred."""

import pytest

from api.http.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("en;q=0.9, zh;q=0.8", "en"),
        ("en;q=0.7, zh;q=0.8", "zh-CN"),
        ("en;q=0.5, fr", "en"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("en, *;q=0.5", "en"),
        ("en;q=0.5, *", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("en, zh", "en"),
        ("zh, en", "zh-CN"),
        ("en;q=nan", "zh-CN"),
        ("en;q=2", "zh-CN"),
        ("en;q=", "zh-CN"),
        ("en;level=1", "zh-CN"),
        ("english", "zh-CN"),
        (",;=,,;q", "zh-CN"),
        ("zh-TW, en;q=0.1", "zh-CN"),
    ],
)
def test_the_weights_decide(header: str, language: str) -> None:
    assert preferred(header) == language
