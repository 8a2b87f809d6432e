"""The commands of `lotse service`. Imports inside, so that help is fast."""

from typing import TYPE_CHECKING

import rich_click as click

if TYPE_CHECKING:
    from kb.config import Config
    from kb.ways.service_file import Service


@click.group("service")
def service() -> None:
    """Look after the ways customers can reach a person."""


@service.command("check")
def service_check() -> None:
    """Read the service file and say what customers are offered; exit 1 if it cannot be used."""
    from kb import clock
    from kb.config import Config
    from kb.ways import hours, slots
    from kb.ways.models import Way

    config, now = Config(), clock.now()
    found = checked(config)
    known = config.service_path.exists()
    click.echo(config.service_path if known else f"{config.service_path} is not there: defaults")
    for way in Way:
        if found.channel(way) is None:
            click.echo(f"{way}: not offered")
            continue
        open_hours, agenda = found.hours_of(way), found.agenda(way)
        said = "at any time" if open_hours is None else "closed now"
        if open_hours is not None and hours.is_open(open_hours, now):
            said = "open now"
        times = f", {len(slots.slots(agenda, now))} times to choose from" if agenda else ""
        click.echo(f"{way}: {said}{times}")


def checked(config: "Config") -> "Service":
    """Return what the service file says.

    Raises:
        ClickException: it cannot be used; said in lines an operator can act on.
    """
    from kb.ways.reading import ServiceFileWrong, read_service

    try:
        return read_service(config)
    except ServiceFileWrong as error:
        raise click.ClickException(str(error)) from error
