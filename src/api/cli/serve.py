"""`guanjia serve`: the API, with everything under it."""

from typing import Annotated

import typer

from api.cli.options import DataDir


def serve(
    host: Annotated[str, typer.Option(metavar="H", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="P", min=0, max=65_535, help="Its port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Processes that answer requests.")] = 1,
    data_dir: DataDir = None,
) -> None:
    """Serve the API until SIGTERM or Ctrl-C.

    Without GUANJIA_DATABASE_URL it runs an embedded PostgreSQL kept in the data dir. It creates or migrates the schema
    and seeds nothing. When it is ready it prints one line with the URL.
    """
    from api.cli.settings import settings_from
    from api.log_lines import write_log_lines
    from api.serving.listening import listen

    settings = settings_from(data_dir)
    with listen(host, port) as listener:
        # Only now: it takes a second to import everything, and a port in use is said at once.
        from api.serving.supervisor import serve as serve_until_told

        write_log_lines()
        serve_until_told(settings, listener, workers=workers, tell=lambda url: typer.echo(f"Guanjia 管家 {url}"))
