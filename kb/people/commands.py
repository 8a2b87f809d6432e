"""The commands of `lotse person`: who may sign in. Imports inside, so that help is fast."""

from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click

from kb.terminal import opened

_LOCALES = click.Choice(["de", "en"])
_ROLES = click.Choice(["agent", "editor", "admin"])


@click.group("person")
def people() -> None:
    """The people who work with Lotse."""


@people.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option("--role", type=_ROLES, default="agent", show_default=True)
@click.option("--locale", type=_LOCALES, default="de", show_default=True)
@click.password_option(help="At least 12 characters.")
def person_add(login: str, name: str, role: str, locale: str, password: str) -> None:
    """Add somebody who can sign in at /desk."""
    from kb.access import Role
    from kb.db import transaction
    from kb.people.actions import add_person

    _, engine = opened()
    with _said(), transaction(engine) as session:
        add_person(
            session, name=name, login=login, role=Role(role), password=password, locale=locale
        )
    click.echo(f"{login} can sign in as {role}.")


@people.command("password")
@click.argument("login")
@click.password_option(help="At least 12 characters.")
def person_password(login: str, password: str) -> None:
    """Set a new password and sign the person out everywhere."""
    from kb.db import transaction
    from kb.people.actions import set_password
    from kb.people.queries import by_login

    _, engine = opened()
    with _said(), transaction(engine) as session:
        person = by_login(session, login)
        if person is None:
            raise click.ClickException(f"Nobody signs in as {login}.")
        set_password(session, person, password)
    click.echo(f"{login} has a new password and is signed out everywhere.")


@people.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(["customer", "agent", "editor", "admin"]))
def person_role(login: str, role: str) -> None:
    """Give somebody another role, and sign them out everywhere."""
    from kb.access import Role
    from kb.db import transaction
    from kb.people.actions import change_role
    from kb.people.queries import by_login

    _, engine = opened()
    with transaction(engine) as session:
        person = by_login(session, login)
        if person is None:
            raise click.ClickException(f"Nobody signs in as {login}.")
        change_role(session, person, Role(role))
    click.echo(f"{login} is {role} now and signed out everywhere.")


@contextmanager
def _said() -> Iterator[None]:
    from kb.errors import InvalidInput

    words = {"password": "The password needs 12 to 200 characters.", "login": "Login taken."}
    try:
        yield
    except InvalidInput as problem:
        raise click.ClickException(words[str(problem.details["field"])]) from problem
