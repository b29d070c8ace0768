"""A table that was filled by an older program must never be read as something else: its shape is pinned.

Rows are stored with what they are made of, down to the domain's own values. When one of these changes, count the read
model's `shape` up, and write the new figure down here: the next start then builds the table anew beside the old one.
"""

import json
from hashlib import sha256
from typing import Any, Final

import pytest
from msgspec.json import schema_components

from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.model import ReadModel

PINNED: Final = {
    "companies": (1, "d3c2256a8889"),
    "licences": (2, "1c759e4a5d63"),
    "deductions": (1, "6cf8d463b9d4"),
    "revocations": (1, "b7d96f00ec7a"),
    "projects": (1, "4e0d48ce0fa4"),
    "tenures": (1, "a8e3380e4193"),
    "zones": (1, "712dcae5c494"),
    "project_companies": (1, "4dfe36383506"),
    "service_requests": (3, "26b3fb7be9b8"),
    "service_request_texts": (1, "a14b9102f27e"),
    "service_overdue": (2, "fc2e76779b23"),
    "service_analyses": (1, "df78253aa790"),
    "refusals": (2, "905d0e53e318"),
    "attachment_names": (1, "1866f5d929e3"),
}


def figure(model: ReadModel[Any]) -> str:
    """A figure that changes with the table's columns and with everything that its rows are made of."""
    columns = [f"{column.name} {column.type!r} {column.nullable} {column.primary_key}" for column in model.table.c]
    indexes = sorted(f"{index.name} {[str(part) for part in index.expressions]}" for index in model.table.indexes)
    described = _without_words(schema_components([model.row]))
    return sha256(json.dumps([columns, indexes, described], sort_keys=True, default=str).encode()).hexdigest()[:12]


def _without_words(schema: Any) -> Any:
    """A schema as far as it says what is stored, not how it is called in prose."""
    match schema:
        case dict():
            return {name: _without_words(part) for name, part in schema.items() if name not in {"description", "title"}}
        case list() | tuple():
            return [_without_words(part) for part in schema]
        case _:
            return schema


@pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.name)
def test_a_row_is_made_of_what_its_shape_says(model: ReadModel[Any]) -> None:
    assert (model.shape, figure(model)) == PINNED[model.name]
