"""The `guanjia` command, one file per command."""

import logging

import typer

from api.cli.demo import demo
from api.cli.doctor import doctor
from api.cli.export import export
from api.cli.failures import told_in_one_line
from api.cli.importing import importing
from api.cli.importing_requests import import_requests
from api.cli.projections import projections
from api.cli.rebuild import rebuild
from api.cli.replay import replay
from api.cli.serve import serve
from api.cli.token import token
from api.cli.verify import verify
from api.cli.watch import watch
from api.serving.interruption import interrupted_by_signals

app = typer.Typer(
    name="guanjia",
    help="The register and case system of a city's property-management regulator.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(serve)
app.command()(watch)
app.command()(demo)
importing.command("requests")(import_requests)
app.add_typer(importing, name="import")
app.command()(token)
app.command()(export)
app.command()(projections)
app.command()(rebuild)
app.command()(replay)
app.command()(verify)
app.command()(doctor)


@app.callback()
def _quietly() -> None:
    from api.log_lines import write_log_lines

    write_log_lines(logging.WARNING)


def main() -> None:
    """Run the command that was asked for."""
    with told_in_one_line(), interrupted_by_signals():
        app()
