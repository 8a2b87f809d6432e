"""Lotse's command line: the door. The only file that knows every package.

Packages are imported inside commands, so that `lotse --help` answers at once.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import rich_click as click

from desk.curate.findings.commands import findings
from desk.curate.gaps.commands import gaps
from desk.theme.commands import looked_at, theme
from evals.commands import evaluations
from ingestion.export.commands import export
from kb.mail.commands import mail
from kb.people.commands import people
from kb.retention.commands import tidy
from kb.synonyms.commands import synonyms
from kb.terminal import opened, progress
from kb.ways.commands import checked, service
from retrieval.commands import models
from retrieval.in_step import bring_into_step
from retrieval.prompt_commands import prompts

LOCALES = click.Choice(["de", "en"])
AUDIENCES = click.Choice(["public", "staff"])
KINDS = click.Choice(["auto", "markdown", "html", "faq-json", "cases-jsonl", "corpus-jsonl"])


class Door(click.RichGroup):
    """Says in a sentence which part does not answer; a bug of ours still shows where it is."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = _what_does_not_answer(error)
            if said is None:
                raise
            raise click.ClickException(said) from error


def _what_does_not_answer(error: Exception) -> str | None:
    from sqlalchemy.exc import OperationalError

    from kb.errors import EmbedderUnavailable, IndexUnavailable

    said: dict[type[Exception], str] = {
        OperationalError: "The database does not answer. Look at LOTSE_DATABASE_URL.",
        IndexUnavailable: "The search index does not answer. Look at LOTSE_CHROMA_URL; what was "
        "imported is kept, and `lotse index sync` catches up.",
        EmbedderUnavailable: "The embedding model does not load. Look at LOTSE_EMBEDDING_MODEL.",
    }
    return next((words for kind, words in said.items() if isinstance(error, kind)), None)


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lotse-desk")
def main() -> None:
    """Lotse: a knowledge base that answers with quotes, and a desk that guides."""
    # libraries that would otherwise ask the network at import
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # noqa: TID251  # before any import of them
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # noqa: TID251  # as above
    # threads that wait for each other sleep, instead of taking a processor from who has work
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # noqa: TID251  # as above


@main.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--kind", type=KINDS, default="auto", help="What is imported; auto looks for itself."
)
@click.option("--locale", type=LOCALES, help="Language of files that do not tell their own.")
@click.option("--audience", type=AUDIENCES, help="For whom; files can only narrow it.")
@click.option("--category", default="", help="Category of files that name none.")
@click.option("--publish", is_flag=True, help="Publish what is new or changed.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--prune", is_flag=True, help="Archive what is no longer in the source.")
@click.option("--no-sync", is_flag=True, help="Leave the index to the worker.")
def import_(path: Path, *, no_sync: bool, **chosen: Any) -> None:  # noqa: ANN401  # click's own
    """Import articles or solved cases from a file or folder."""
    from ingestion.records import ImportOptions, Kind
    from ingestion.reporting import print_report
    from ingestion.run import import_path
    from kb.access import Audience

    audience = chosen.pop("audience")
    options = ImportOptions(
        **{**chosen, "kind": Kind(chosen["kind"])},
        audience=Audience(audience) if audience else None,
    )
    config, engine = opened()
    with progress() as tell:
        report = import_path(
            engine, path, options, lambda done, total, phase: tell(str(phase), done, total)
        )
    print_report(report)
    if not no_sync and not options.dry_run:
        bring_into_step(config, engine, can_wait=True)
    sys.exit(1 if report.failures else 0)


@main.group()
def index() -> None:
    """Keep the search index in step with what is published."""


@index.command("sync")
def index_sync() -> None:
    """Bring the index into step."""
    bring_into_step(*opened())


@index.command("rebuild")
def index_rebuild() -> None:
    """Build the index anew while the old one serves, then switch."""
    bring_into_step(*opened(), rebuild=True)


@index.command("audit")
def index_audit() -> None:
    """Compare the index with the database and report. Repairs nothing; exit 1 on drift."""
    from retrieval import showing
    from retrieval.assembly import build_models
    from retrieval.index.audit import audit

    config, engine = opened()
    engines = build_models(config, engine).now()
    sys.exit(1 if showing.print_findings(audit(engine, engines)) else 0)


@main.command()
@click.argument("text")
@click.option("--locale", type=LOCALES, help="Language; found out from the text if not given.")
@click.option("--as", "role", type=click.Choice(["customer", "staff"]), default="customer")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--explain", is_flag=True, help="Show how each hit came about.")
def ask(text: str, *, locale: str | None, role: str, as_json: bool, explain: bool) -> None:
    """Ask a question, as a customer or as staff would."""
    from sqlmodel import Session

    from kb.access import ANYONE, Role, Viewer
    from kb.text import one_line
    from retrieval import showing
    from retrieval.answering import asked_in
    from retrieval.assembly import build_retrieval

    config, engine = opened()
    viewer = Viewer(Role.AGENT) if role == "staff" else ANYONE
    question = one_line(text, limit=2_000)
    language = locale or asked_in(question, config.default_locale)
    with Session(engine) as session:
        reply = build_retrieval(config, engine).answer(session, question, viewer, language)
        shown = showing.as_json(session, reply, viewer)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        showing.print_reply(reply, explain=explain)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="More than one needs the services.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the help center and the desk."""
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    config, _ = opened()
    checked(config)
    looked_at(config)
    if workers > 1 and not (config.chroma_url and config.database_url):
        raise click.UsageError(
            "Several workers need LOTSE_DATABASE_URL (PostgreSQL) and LOTSE_CHROMA_URL: an "
            "embedded index belongs to one process."
        )
    # a forked worker would inherit threads' locks, of Chroma and torch, and wait for them for ever
    multiprocessing.set_start_method("spawn", force=True)
    click.echo(f"Lotse serves {config.public_url} at http://{host}:{port} (stop with Ctrl+C)")
    Granian(
        "desk.serving:app",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.ASGI,
        factory=True,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,  # one that is killed must not take the others with it
        workers_kill_timeout=8,  # one that hangs must not keep the others from stopping
    ).serve()


@main.command()
def worker() -> None:
    """Keep this machine's index in step and send mail, beside or instead of a web process."""
    from threading import Event, Thread

    from kb.mail.sender import checked, send_until
    from retrieval.assembly import build_models
    from retrieval.index.keeper import keep

    config, engine = opened()
    if not config.chroma_url:
        raise click.UsageError(
            "Without LOTSE_CHROMA_URL the index belongs to one process: `lotse serve` keeps it."
        )
    checked(config)
    click.echo("Keeping the index in step and sending mail (stop with Ctrl+C)")
    Thread(target=send_until, args=(Event(), engine, config), name="mail", daemon=True).start()
    keep(engine, build_models(config, engine), config.index_folder, stop=Event())


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def demo(port: int, host: str) -> None:
    """Import the demo knowledge base, make three accounts, and serve."""
    from desk.demo_readers import ask_lately
    from desk.demonstration import FOLDER, prepare
    from retrieval.assembly import build_retrieval

    os.environ.setdefault("LOTSE_PUBLIC_URL", f"http://{host}:{port}")  # noqa: TID251  # settings
    os.environ.setdefault("LOTSE_BRAND", "Koggenet")  # noqa: TID251  # the demo's own name
    os.environ.setdefault("LOTSE_SERVICE_FILE", str(FOLDER / "service.toml"))  # noqa: TID251
    config, engine = opened()
    with progress() as tell:
        is_new = prepare(engine, tell)
    bring_into_step(config, engine)
    if is_new:
        with progress() as tell:
            ask_lately(engine, build_retrieval(config, engine), tell)
    # a process of its own: the server forks, and the index opened here must not come along
    os.execv(  # noqa: S606  # our own command
        sys.executable,
        [sys.executable, __file__, "serve", "--host", host, "--port", str(port)],
    )


main.add_command(evaluations)
main.add_command(export)
main.add_command(gaps)
main.add_command(findings)
main.add_command(mail)
main.add_command(models)
main.add_command(synonyms)
main.add_command(people)
main.add_command(prompts)
main.add_command(service)
main.add_command(theme)
main.add_command(tidy)


if __name__ == "__main__":
    main()
