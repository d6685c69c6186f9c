"""The command `kwerenda`. Every failure is one line on stderr and a non-zero exit.

A command is imported when it is called: nobody who searches waits for what reads PDFs,
writes Word documents or serves pages.
"""

import gc
from dataclasses import replace
from pkgutil import resolve_name

import click

from web.settings import read_settings

COMMANDS = {
    "index": ("web.commands.update:index", "Read files or folders into the index."),
    "watch": ("web.commands.update:watch", "Keep the index up to date with files or folders."),
    "search": ("web.commands.search:search", "Search the index."),
    "export": ("web.commands.export:export", "Write all passages of a query, or of the index."),
    "analyse": ("web.commands.analyse:analyse", "Show what becomes of each word of a text."),
    "evaluate": ("web.commands.evaluate:evaluate", "Ask queries whose answers are known."),
    "serve": ("web.commands.serve:serve", "Serve the pages and the JSON interface."),
    "status": ("web.commands.status:status", "Say what stands in the index."),
    "verify": ("web.commands.maintenance:verify_command", "Compare the index with its checksums."),
    "rollback": ("web.commands.maintenance:rollback_command", "Return to the generation before."),
    "rebuild": ("web.commands.maintenance:rebuild_command", "Write the index anew from itself."),
    "backup": ("web.commands.maintenance:backup_command", "Copy the index to a new directory."),
}
"""Where each command is, and what the list of them says of it."""


class LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place, _ = COMMANDS.get(cmd_name, (None, ""))
        if place is None:
            return None
        # What modules make as they are imported stays: the garbage collector need never look.
        gc.disable()
        try:
            command: click.Command = resolve_name(place)
        finally:
            gc.freeze()
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--index", "directory", metavar="PLACE", help="The index (else KWERENDA_INDEX).")
@click.version_option(package_name="kwerenda")
@click.pass_context
def main(context: click.Context, directory: str | None) -> None:
    """Search Polish event monitors and bulletins; every answer cites its source."""
    try:
        settings = read_settings()
    except ValueError as err:
        raise click.ClickException(str(err)) from err
    context.obj = replace(settings, index=directory) if directory else settings
