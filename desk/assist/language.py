"""The language of the desk is the person's own; it goes with them to every device."""

import re
from http import HTTPStatus

from litestar import post
from litestar.response import Redirect

from desk import i18n, security
from desk.deps import CurrentFields, CurrentPerson, CurrentSession, CurrentViewer
from kb.errors import InvalidInput, SignInNeeded

_CASE = re.compile(r"(/desk/cases/\d+(?:/solution)?)/.*")


@post("/desk/language", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def choose_language(
    session: CurrentSession,
    person: CurrentPerson,
    staff_viewer: CurrentViewer,
    fields: CurrentFields,
) -> Redirect:
    """Keep the language and go back to where the person was."""
    del staff_viewer  # asked for because only staff has a desk
    if person is None:
        raise SignInNeeded
    chosen = i18n.as_locale(fields.line("locale"))
    if chosen is None:
        raise InvalidInput(field="locale")
    person.locale = chosen
    session.add(person)
    onward = _page(security.local_path(fields.line("next", limit=2_000), otherwise="/desk"))
    return Redirect(onward, status_code=303)


def _page(path: str) -> str:
    """Return the page a form stands on, where the path is the one it was sent to."""
    return _CASE.sub(r"\1", path)
