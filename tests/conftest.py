"""What holds for every test: how hypothesis runs, and where the database is."""

import os

from hypothesis import settings

# `database_dsn` and `fresh_schema`
pytest_plugins = ["tests.postgres"]

# No deadline: the machine is shared, and a slow example is no wrong example. CI repeats the same examples every time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")
