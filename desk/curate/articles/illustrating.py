"""Images for an article: taken from a drop, a paste or a file field, small and without traces."""

from dataclasses import replace
from typing import Any

from litestar import Response, post

from desk import rendering
from desk.curate.articles import keeping, showing
from desk.curate.articles.places import HERE, CurrentPlace, Place
from desk.curate.articles.sheets import Sheet, sheet
from desk.deps import CurrentConfig
from desk.i18n import words
from desk.rendering import HTTPRequest, locale_of
from desk.uploads import TAKES_FILES, CurrentUpload, FileField, Upload
from kb.articles import actions as articles
from kb.attachments.policy import Accepted, Refused
from kb.writing import pictures


@post(f"{HERE}/images", sync_to_thread=True, status_code=200, **TAKES_FILES)
def add_images(
    request: HTTPRequest, where: CurrentPlace, upload: CurrentUpload, config: CurrentConfig
) -> Response[Any]:
    """Keep images for the article; a script gets the Markdown, everybody else the page."""
    refused, marks = _taken(where, upload)
    if request.headers.get("accept", "").startswith("application/json"):
        return _told(request, upload, refused, marks)
    sent = _with(sheet(upload.fields), marks)
    now = keeping.keep(where, sent)
    manner = replace(showing.manner(config), files=_field(upload, refused))
    page = showing.editor(where, now, manner, change=sent.change)
    return rendering.respond(request, page=page, status=upload.status if refused else 200)


def _taken(where: Place, upload: Upload) -> tuple[Refused | None, list[str]]:
    """Return the first image that cannot be taken, or the Markdown of them all."""
    fitted = [pictures.fitted(file) for file in upload.files]
    refused = next((each for each in fitted if isinstance(each, Refused)), upload.refused)
    if refused is not None:
        return refused, []
    return None, [_kept(where, each) for each in fitted if isinstance(each, Accepted)]


def _kept(where: Place, image: Accepted) -> str:
    media = articles.attach_media(
        where.session,
        where.article,
        file_name=image.name,
        content_type=pictures.TYPES[image.kind],
        content=image.content,
    )
    return f"![](/media/{media.id})"


def _told(
    request: HTTPRequest, upload: Upload, refused: Refused | None, marks: list[str]
) -> Response[dict[str, str]]:
    if refused is None:
        return Response({"markdown": "\n\n".join(marks)})
    say = words(locale_of(request))
    limits = {"megabytes": upload.limits.megabytes, "most": _field(upload, refused).most}
    message = say(f"files.refused.{refused.why}", name=refused.name, **limits)
    return Response({"message": message}, status_code=upload.status)


def _with(sent: Sheet, marks: list[str]) -> Sheet:
    """Put the images below the text: without a script nobody can say where."""
    body = "\n\n".join([sent.text.body.rstrip(), *marks]) if marks else sent.text.body
    return replace(sent, text=replace(sent.text, body=body.lstrip("\n")))


def _field(upload: Upload, refused: Refused | None) -> FileField:
    return replace(upload.field, refused=refused)


HANDLERS = [add_images]
