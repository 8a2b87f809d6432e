"""Files that come with a form. Only the addresses named here take more than a form's text.

What was typed is never lost to a file: the form says first what was written, and that is kept even
if what follows is too large. Whatever is too much is read on to a certain point and thrown away,
because a browser shows an answer only when it could send everything.
"""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from anyio import to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation
from multipart import MultipartSegment, ParserError, ParserLimitReached, PushMultipartParser
from sqlmodel import Session

from desk.deps import Fields
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.attachments import actions, policy, queries
from kb.attachments.policy import Accepted, Limits, Refusal, Refused
from kb.cases.models import Message
from kb.config import Config
from kb.errors import BadRequest, TooLarge
from kb.text import clean

FORM = 512 * 1024
"""Bytes of everything but the files."""
FIELD = "files"
_DRAINED = 4
"""Times the largest form, until which what is too much is still read."""
_MOST_PARTS = 64
_TOO_MUCH = frozenset({Refusal.SIZE, Refusal.TOO_LARGE})
_ADDRESSES = re.compile(
    r"/(?:de|en)/(?:contact|cases/[\w-]{1,64}/(?:messages|reopening|sequels))"
    r"|/(?:de|en)/coaching/[\w-]{1,64}/steps/\w{1,16}/failure"
    r"|/desk/cases/\d{1,18}/(?:messages|notes)"
    r"|/desk/curation/articles/[0-9a-f]{16}/[a-z]{2}/images"
)


@dataclass(frozen=True)
class FileField:
    """What a form says about files; `refused` is the one that could not be taken."""

    megabytes: int
    most: int = policy.MOST_PER_MESSAGE
    refused: Refused | None = None


@dataclass(frozen=True)
class Upload:
    """A form that was sent with files. Either all files are good or `refused` says why not."""

    fields: Fields
    limits: Limits
    files: Sequence[Accepted] = ()
    refused: Refused | None = None

    @property
    def field(self) -> FileField:
        """Return what the form says when it is shown again."""
        return FileField(self.limits.megabytes, refused=self.refused)

    @property
    def status(self) -> int:
        """Return what a refusal is answered with."""
        return 413 if self.refused and self.refused.why in _TOO_MUCH else 422


CurrentUpload = NamedDependency[SkipValidation[Upload]]


def file_field(config: Config) -> FileField:
    """Return the field for files of a form nobody has sent yet."""
    return FileField(config.attachment_mb)


def largest_body(path: str, config: Config) -> int:
    """Return how many bytes a request to this address may have."""
    return _largest(Limits(config.attachment_mb)) if _ADDRESSES.fullmatch(path) else FORM


def refusal(session: Session, upload: Upload, case_id: int | None) -> Refused | None:
    """Say what is wrong with the files, in themselves or for this case; None: a new one."""
    held = queries.held(session, case_id) if case_id is not None else 0
    why = policy.too_many(upload.files, held=held, limits=upload.limits)
    return upload.refused or (Refused("", why) if why is not None else None)


def keep(session: Session, message: Message, upload: Upload) -> None:
    """Add the files to the message that was said with them."""
    actions.attach(session, message, upload.files)


async def provide_upload(request: HTTPRequest) -> Upload:
    """Read the form and look at its files.

    Raises:
        BadRequest: it is no form.
        TooLarge: the text alone is too long.
    """
    limits = Limits(site_of(request).config.attachment_mb)
    kind, options = request.content_type
    if kind != "multipart/form-data":
        return Upload(await _plain(request), limits)
    form = _Form(limits)
    try:
        with PushMultipartParser(
            options.get("boundary", ""), max_segment_count=_MOST_PARTS
        ) as parser:
            async for piece in _pieces(request, form, limits):
                for part in parser.parse(piece):
                    form.take(part)
    except (ParserError, ParserLimitReached, ValueError) as error:
        if not form.is_cut:
            raise BadRequest from error
    return await to_thread.run_sync(form.examined)


TAKES_FILES: dict[str, Any] = {
    "request_max_body_size": None,
    "dependencies": {"upload": Provide(provide_upload)},
}
"""For handlers at the addresses above: the limit is kept here, and told in words."""


@dataclass
class _File:
    name: str
    content: bytearray = field(default_factory=bytearray)
    size: int = 0


class _Form:
    """Puts the parts of a form together as they come, no more of each than is allowed."""

    def __init__(self, limits: Limits) -> None:
        self.is_cut = False
        self._limits = limits
        self._fields: dict[str, bytearray] = {}
        self._files: list[_File] = []
        self._text = 0
        self._now: _File | bytearray = bytearray()

    def take(self, part: MultipartSegment | bytearray | None) -> None:
        if isinstance(part, MultipartSegment):
            self._begin(part)
        elif part and isinstance(self._now, _File):
            self._now.size += len(part)
            if self._now.size <= self._limits.largest:
                self._now.content += part
        elif part and isinstance(self._now, bytearray):
            self._text += len(part)
            if self._text > FORM:
                raise TooLarge
            self._now += part

    def examined(self) -> Upload:
        """Return what was sent, each file as it would be kept."""
        values = {name: value.decode("utf-8", "replace") for name, value in self._fields.items()}
        fields = Fields({name: clean(value) for name, value in values.items()})
        sent = [file for file in self._files if file.name or file.size]
        if self.is_cut:
            return Upload(fields, self._limits, refused=Refused("", Refusal.TOO_LARGE))
        if len(sent) > policy.MOST_PER_MESSAGE:
            return Upload(fields, self._limits, refused=Refused("", Refusal.NUMBER))
        found: list[Accepted] = []
        for file in sent:
            one = self._examine(file)
            if isinstance(one, Refused):
                return Upload(fields, self._limits, refused=one)
            found.append(one)
        return Upload(fields, self._limits, found)

    def _examine(self, file: _File) -> Accepted | Refused:
        content = bytes(file.content) if file.size <= self._limits.largest else b""
        looked_at = policy.examined(file.name, content, self._limits)
        if file.size > self._limits.largest and isinstance(looked_at, Refused):
            return Refused(looked_at.name, Refusal.SIZE)
        return looked_at

    def _begin(self, part: MultipartSegment) -> None:
        if part.filename is None:
            self._now = self._fields[part.name] = bytearray()
            return
        self._now = _File(part.filename)
        if part.name == FIELD and len(self._files) <= policy.MOST_PER_MESSAGE:
            self._files.append(self._now)


def _largest(limits: Limits) -> int:
    return policy.MOST_PER_MESSAGE * limits.largest + FORM


async def _pieces(request: HTTPRequest, form: _Form, limits: Limits) -> AsyncIterator[bytes]:
    """Yield the body up to the limit; what follows is read and thrown away."""
    left, drained = _largest(limits), _DRAINED * _largest(limits)
    async for piece in request.stream():
        if kept := piece[: max(left, 0)]:
            yield kept
        left, drained = left - len(piece), drained - len(piece)
        form.is_cut = left < 0
        if drained < 0:
            return


async def _plain(request: HTTPRequest) -> Fields:
    """Read a form without files."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > FORM:
            raise TooLarge
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Fields({name: clean(value) for name, value in pairs})
