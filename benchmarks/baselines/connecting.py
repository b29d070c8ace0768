"""How the stock library is told where PostgreSQL is; everything else it leaves at its defaults."""

from urllib.parse import parse_qs, urlsplit


def stock_environment(url: str) -> dict[str, str]:
    """Answer the library's settings for a database."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.removeprefix("/"),
        "POSTGRES_HOST": query.get("host") or parts.hostname or "127.0.0.1",
        "POSTGRES_PORT": query.get("port") or str(parts.port or 5432),
        "POSTGRES_USER": parts.username or "guanjia",
        "POSTGRES_PASSWORD": parts.password or "",
    }
