"""A link from a letter that opens nothing any more is answered by the way to a new one."""

from litestar import Response

from desk import rendering
from desk.help.sign_in.views import MailSignInPage
from desk.rendering import HTTPRequest
from kb.errors import LinkSpent


def spent(request: HTTPRequest) -> Response[bytes]:
    """Say that the link is used or too old, and ask for the address to send another to."""
    return rendering.respond(request, page=MailSignInPage(is_spent=True), status=LinkSpent.status)
