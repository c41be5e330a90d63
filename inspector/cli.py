"""The commands of the laptop: what a script or an administrator may ask without the window."""

from __future__ import annotations

from pathlib import Path

import click

from inspector.errors import InspectorError
from inspector.paths import default_profile
from inspector.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="field-inspector")
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the profile to use instead of this computer's ordinary one.",
)
@click.pass_context
def program(context: click.Context, profile: Path | None) -> None:
    """现场执法: field enforcement without a network. No command opens the window."""
    context.obj = profile or default_profile()


def main(words: list[str]) -> int:
    """Run one command; returns its exit code: 0 done, 1 an expected error (said as its code), 2 misuse."""
    try:
        result = program.main(args=words, prog_name="main.py", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 2
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except click.Abort:
        return 130
    except InspectorError as error:
        click.echo(str(error), err=True)
        return 1
    return result if isinstance(result, int) else 0
