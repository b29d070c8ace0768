"""What may keep an installation from working, each with a message that says why and what to do."""

from typing import Final

import asyncpg

from adapters.embedded_postgres import EmbeddedPostgresFailed
from adapters.keys import KeyUnusable
from adapters.postgres.personal_keys import KeyNotWrapped
from adapters.postgres.schema import SchemaUnusable, WrongKey
from application.kernel.ports import Unavailable

FAILURES: Final = (
    EmbeddedPostgresFailed,
    KeyUnusable,
    KeyNotWrapped,
    WrongKey,
    SchemaUnusable,
    Unavailable,
    # the address or the role of GUANJIA_DATABASE_URL is not one that the server lets in
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
)
