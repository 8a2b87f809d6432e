"""Cases, one per line: subject, messages, and for solved ones how they were solved."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingestion import files, language
from ingestion.files import Root
from ingestion.records import Failure, Unreadable
from ingestion.redaction.kinds import Known
from ingestion.sources import jsonl
from kb import text as texts
from kb.cases.models import CaseState

SUFFIXES = frozenset({".jsonl"})
NAME = "cases.jsonl"
LONGEST = 20_000
_CUSTOMERS = frozenset({"customer", "user", "client", "requester", "enduser", "end-user"})
_NOTES = frozenset({"note", "internal", "internal_note"})
_EARLIEST_YEAR, _MILLISECONDS = 1990, 1e11


@dataclass(frozen=True)
class RawMessage:
    """Something said in a case."""

    body: str
    by_customer: bool
    is_internal: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class RawCase:
    """A case as its source has it."""

    key: str
    origin: str
    subject: str
    locale: str
    messages: tuple[RawMessage, ...]
    customer: Known = field(default_factory=Known)
    state: CaseState | None = None
    resolution: str = ""
    is_resolution_guessed: bool = False
    cause: str = ""
    environment: str = ""
    articles: tuple[str, ...] = ()
    helped_by: str = ""
    created_at: datetime | None = None
    solved_at: datetime | None = None

    def message_key(self, source: str, at: int) -> str:
        """Return what tells a message from every other, so that it is taken in once."""
        message = self.messages[at]
        role = "note" if message.is_internal else ("customer" if message.by_customer else "agent")
        told = texts.digest(source, self.key, str(at), role, message.body)
        return "import:" + hashlib.sha256(told.encode()).hexdigest()[:40]


def read(root: Root, *, locale: str | None = None) -> Iterator[RawCase | Failure]:
    """Yield every case."""
    for path in files.walk(root, SUFFIXES):
        if root.chosen.is_dir() and path.name != NAME:
            continue
        for found in jsonl.entries(path, root):
            if isinstance(found, Failure):
                yield found
                continue
            origin, entry = found
            try:
                yield _case(origin, entry, locale)
            except Unreadable as error:
                yield Failure(origin, str(error), jsonl.text(entry, "_id", "id") or None)


def _case(origin: str, entry: Mapping[str, object], locale: str | None) -> RawCase:
    key = jsonl.text(entry, "_id", "id", "number")
    messages = tuple(_messages(entry.get("messages")))
    if not key or not messages:
        raise Unreadable("has no _id or no messages")
    subject = texts.one_line(jsonl.text(entry, "subject", "title"), limit=160)
    said = " ".join(message.body for message in messages)
    stated = language.of_code(jsonl.text(entry, "lang", "locale"))
    return RawCase(
        key=key[:200],
        origin=origin,
        subject=subject or texts.one_line(messages[0].body, limit=80),
        locale=stated or language.of_text(said, otherwise=locale),
        messages=messages,
        customer=_customer(entry.get("customer")),
        state=_state(jsonl.text(entry, "state", "status")),
        resolution=texts.clean(jsonl.text(entry, "resolution")).strip(),
        is_resolution_guessed=jsonl.text(entry, "resolution_kind").startswith("heuristic"),
        cause=jsonl.text(entry, "cause"),
        environment=jsonl.text(entry, "environment"),
        articles=_names(entry.get("article")) or _names(entry.get("articles")),
        helped_by=jsonl.text(entry, "helped_by", "outcome"),
        created_at=_time(entry.get("created_at")),
        solved_at=_time(entry.get("solved_at")),
    )


def _messages(values: object) -> Iterator[RawMessage]:
    for value in values if isinstance(values, list) else []:
        if not isinstance(value, dict):
            continue
        body = texts.clean(jsonl.text(value, "text", "body")).strip()[:LONGEST]
        role = jsonl.text(value, "role", "author").lower()
        if body:
            internal = role in _NOTES or value.get("public") is False
            at = next(
                (
                    t
                    for name in ("at", "written_at", "created_at")
                    if (t := _time(value.get(name)))
                ),
                None,
            )
            yield RawMessage(body, role in _CUSTOMERS and not internal, internal, at)


def _customer(value: object) -> Known:
    if not isinstance(value, dict):
        return Known()
    return Known(
        name=texts.one_line(jsonl.text(value, "name")),
        email=jsonl.text(value, "email").strip().casefold(),
        phone=jsonl.text(value, "phone"),
        customer_number=jsonl.text(value, "customer_number", "number"),
    )


def _state(word: str) -> CaseState | None:
    folded = {"pending": "waiting", "resolved": "solved", "hold": "waiting"}.get(
        word.lower(), word.lower()
    )
    return CaseState(folded) if folded in set(CaseState) else None


def _names(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in values if isinstance(one, str) and one.strip())


def _time(value: object) -> datetime | None:
    """Read ISO 8601 or seconds since 1970; without a zone it is UTC."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
        elif isinstance(value, str) and value.strip():
            found = datetime.fromisoformat(value.strip())
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if found.year >= _EARLIEST_YEAR else None
