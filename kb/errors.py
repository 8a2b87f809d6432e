"""Every Problem a person can be told.

A Problem carries an HTTP status and a message key. The words for the key stand in the catalogues
of `desk/locale`; a test proves that every Problem has them in every language.
"""

from http import HTTPStatus
from typing import ClassVar


class Problem(Exception):
    """Something a person is told: what happened and what to do. Details are ids, never text."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    message: ClassVar[str] = "problem.bad_request"

    def __init__(self, **details: str | int) -> None:
        super().__init__(self.message)
        self.details = details


class NotFound(Problem):
    """Not there, or not for this viewer: the two are told alike on purpose."""

    status = HTTPStatus.NOT_FOUND
    message = "problem.not_found"


class SignInNeeded(Problem):
    status = HTTPStatus.UNAUTHORIZED
    message = "problem.sign_in_needed"


class NotAllowed(Problem):
    status = HTTPStatus.FORBIDDEN
    message = "problem.not_allowed"


class StaleRevision(Problem):
    """Somebody else edited in the meantime."""

    status = HTTPStatus.CONFLICT
    message = "problem.stale_revision"


class InvalidInput(Problem):
    """A form or parameter that cannot be used; `field` in the details names it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = "problem.invalid_input"


class BadRequest(Problem):
    status = HTTPStatus.BAD_REQUEST
    message = "problem.bad_request"


class TooLarge(Problem):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    message = "problem.too_large"


class TooSlow(Problem):
    """What was being sent stopped coming, or came in drops."""

    status = HTTPStatus.REQUEST_TIMEOUT
    message = "problem.too_slow"


class TooManyRequests(Problem):
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = "problem.too_many_requests"


class CrossSite(Problem):
    """A changing request that another site caused."""

    status = HTTPStatus.FORBIDDEN
    message = "problem.cross_site"


class WrongCredentials(Problem):
    """Told alike for an unknown name and a wrong password."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = "problem.wrong_credentials"


class StaleDraft(Problem):
    """Another window has kept another text of this draft since."""

    status = HTTPStatus.CONFLICT
    message = "problem.stale_draft"


class AlreadySent(Problem):
    """The time in which a reply could be taken back is over."""

    status = HTTPStatus.CONFLICT
    message = "problem.already_sent"


class SlotTaken(Problem):
    """Somebody else was quicker, or the time is no longer offered."""

    status = HTTPStatus.CONFLICT
    message = "problem.slot_taken"


class MeetingOver(Problem):
    """What was agreed has begun, was cancelled, or is over: nothing changes it any more."""

    status = HTTPStatus.CONFLICT
    message = "problem.meeting_over"


class LinkSpent(Problem):
    """A private link that opens nothing: used, expired, revoked or never there, told alike."""

    status = HTTPStatus.GONE
    message = "problem.link_spent"


class CaseEnded(Problem):
    """A case that has been over for so long that it is not taken up again."""

    status = HTTPStatus.CONFLICT
    message = "problem.case_ended"


class CoachingPaused(Problem):
    """The customer asked that it be done for them, or an agent has switched coaching off."""

    status = HTTPStatus.CONFLICT
    message = "problem.coaching_paused"


class IndexUnavailable(Problem):
    """The vector store or lexical index does not answer; search goes on with what is left."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = "problem.index_unavailable"


class EmbedderUnavailable(Problem):
    """The embedding model cannot be loaded or does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = "problem.embedder_unavailable"


class DatabaseUnavailable(Problem):
    """The database does not answer, or cannot write: nothing can be kept now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = "problem.database_unavailable"


class Unexpected(Problem):
    """A bug of ours; the reference in the details finds it in the log."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = "problem.unexpected"
