"""How the server is set for a small machine; ALTER SYSTEM has the last word."""

from collections.abc import Mapping
from pathlib import Path

DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}
# For clusters that are thrown away after a test run: a power cut may cost them everything, a killed server nothing.
FAST_FOR_TESTS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
}
ALWAYS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "'UTC'",
    # one file per day of the week: each is written anew when its day comes round
    "logging_collector": "on",
    "log_directory": "'../log'",
    "log_filename": "'postgresql-%a.log'",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_timezone": "'UTC'",
}


def server_settings(*, socket_folder: Path, fast_for_tests: bool) -> str:
    """The text of the settings file, which stands beside the cluster and is written anew at every start."""
    chosen: Mapping[str, str] = FAST_FOR_TESTS if fast_for_tests else DURABLE
    lines = [
        "# Written at every start. To change a setting, use ALTER SYSTEM.",
        "include 'data/postgresql.conf'",
        f"unix_socket_directories = '{socket_folder}'",
        *(f"{name} = {value}" for name, value in {**ALWAYS, **chosen}.items()),
    ]
    return "\n".join(lines) + "\n"
