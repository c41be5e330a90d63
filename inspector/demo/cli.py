"""The command `day`: the whole field day, headless."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from inspector.errors import InspectorError

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "photos"
"""Sample photographs that may lie beside a checkout."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--out", type=_FOLDER, default=Path("build/day"), show_default=True, help="Folder for all it makes.")
@click.option("--json", "json_file", type=_FILE, help="Write what was done as data too.")
@click.option(
    "--photos", type=_FOLDER, envvar="PHOTOS", help="A camera's folder; without it the samples, else drawn scenes."
)
def day(out: Path, json_file: Path | None, photos: Path | None) -> None:
    """Two officers inspect, photograph, order and sync; exit 0 only if laptop, headquarters and proof agree."""
    from inspector.demo import day as field_day
    from inspector.demo.report import as_json, as_table

    if photos is not None and not photos.is_dir():
        raise click.BadParameter(f"{photos} is not a folder", param_hint="--photos")
    folder = photos or (SAMPLES if SAMPLES.is_dir() else None)
    try:
        done = field_day.run(out, folder, say=lambda line: click.echo(f"  {line}", err=True))
    except InspectorError as error:
        raise click.ClickException(f"the day stopped: {error}") from error
    if json_file is not None:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(as_json(done), ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(as_table(done))
    if not done.is_good:
        raise SystemExit(1)


def main(words: list[str]) -> int:
    """Run the command; returns its exit code."""
    try:
        day.main(args=words, prog_name=f"{Path(sys.argv[0]).name} day")
    except SystemExit as done:
        return int(done.code or 0)
    return 0
