"""Every setting stands in both READMEs with its default, and no document names one that does not exist."""

import re

import pytest

from api.settings import Settings
from tests.architecture.sources import ROOT
from tests.docs.documents import DOCUMENTS, text

SETTING = re.compile(r"GUANJIA_[A-Z_]+")
ROW = re.compile(r"^\| (`GUANJIA_.*?) \| (.*?) \|", re.MULTILINE)

# Read by the tests alone, not by the service.
OF_TESTS = {"GUANJIA_TEST_DATABASE_URL": None}
DEFAULTS = {f"GUANJIA_{name.upper()}": field.default for name, field in Settings.model_fields.items()} | OF_TESTS


@pytest.mark.parametrize(("readme", "none"), [("README.md", "none"), ("README.zh-CN.md", "无")])
def test_a_readme_lists_every_setting_with_its_default(readme: str, none: str) -> None:
    listed = {
        name: said.strip("`") for names, said in ROW.findall(text(ROOT / readme)) for name in SETTING.findall(names)
    }
    assert listed == {name: none if default is None else str(default) for name, default in DEFAULTS.items()}


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    files = [*DOCUMENTS, *(ROOT / name for name in ("Makefile", "Dockerfile", "compose.yaml", ".ci/run"))]
    assert {name for file in files for name in SETTING.findall(text(file))} <= DEFAULTS.keys()
