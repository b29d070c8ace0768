"""`docs/permissions.md`, written from the permission table; `make docs` writes it anew."""

from typing import Final

from application.kernel.callers import Role
from application.kernel.permissions import PERMISSIONS, Operation, Reach
from tests.architecture.sources import ROOT

PAGE: Final = ROOT / "docs" / "permissions.md"

HEAD: Final = """\
# Permissions

<!-- Written by `make docs` from `src/application/kernel/permissions.py`; do not edit. -->

Who may do what; what is not named here is refused. `/openapi.json` names the permission of each call in `x-permission`.
An object that the caller may not read is 404; one that may be read but not changed so is 403.
"""

WORDS: Final = {
    Reach.EVERYWHERE: "✓",
    Reach.OWN_DISTRICT: "own district",
    Reach.OWN_COMPANY: "own company",
    Reach.OWN_LICENCE: "own licence",
    Reach.OWN_PROJECT: "own project",
    Reach.OWN_REQUESTS: "own requests",
    Reach.DISPATCHED_TO_THEM: "those dispatched to them",
}


def written() -> str:
    """Write the page: one row for each permission, one column for each role."""
    header = ["permission", *(role.value for role in Role)]
    rows = [[f"`{operation.value}`", *(_cell(operation, role) for role in Role)] for operation in Operation]
    lines = [header, ["---"] * len(header), *rows]
    return HEAD + "\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(operation: Operation, role: Role) -> str:
    reach = PERMISSIONS[operation].get(role)
    return "" if reach is None else WORDS[reach]


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
