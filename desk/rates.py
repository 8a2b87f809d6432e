"""How often one visitor may search and send. Shared through Redis when there is one.

The visitor is the network address; behind a trusted proxy, the address the proxy saw. If Redis is
down the limits go on in this process, and Redis is left alone for a while, so that not everybody
waits for it: a limit must never take the help center down.
"""

import ipaddress
from collections.abc import Mapping
from functools import partial
from time import monotonic

from anyio import to_thread
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from kb.config import Config
from kb.errors import TooManyRequests

SIGN_INS_PER_LOGIN = 10
LETTERS_PER_VISITOR = 10
WORDINGS_PER_VISITOR = 40
_REST = 5.0
"""Seconds until Redis is asked again after it did not answer."""


class Rates:
    """The limits of one application."""

    def __init__(self, config: Config) -> None:
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_storage(config)) if config.redis_url else None
        self._rests_until = 0.0
        self._searches = RateLimitItemPerMinute(config.requests_per_minute)
        self._posts = RateLimitItemPerHour(config.posts_per_hour)
        self._logins = RateLimitItemPerHour(SIGN_INS_PER_LOGIN)
        self._letters = RateLimitItemPerHour(LETTERS_PER_VISITOR)
        self._wordings = RateLimitItemPerHour(WORDINGS_PER_VISITOR)
        self._proxies = frozenset(
            part.strip() for part in config.trusted_proxies.split(",") if part.strip()
        )

    async def search(self, visitor: str) -> None:
        """Count a search.

        Raises:
            TooManyRequests: this visitor has had enough for a minute.
        """
        await to_thread.run_sync(partial(self._hit, self._searches, "search", visitor))

    async def post(self, visitor: str) -> None:
        """Count something sent.

        Raises:
            TooManyRequests: this visitor has sent enough for an hour.
        """
        await to_thread.run_sync(partial(self._hit, self._posts, "post", visitor))

    def sign_in(self, login: str) -> None:
        """Count an attempt to sign in with this login, wherever it comes from.

        Raises:
            TooManyRequests: somebody is guessing this login's password.
        """
        self._hit(self._logins, "login", login)

    def letter(self, visitor: str) -> None:
        """Count a letter that this visitor makes us send to an address they typed.

        Raises:
            TooManyRequests: they have had enough for an hour.
        """
        self._hit(self._letters, "letter", visitor)

    def wording(self, visitor: str) -> None:
        """Count an answer that a model is asked to word.

        Raises:
            TooManyRequests: this visitor had enough for an hour; the quotes are still there.
        """
        self._hit(self._wordings, "wording", visitor)

    def visitor(self, peer: str, headers: Mapping[str, str]) -> str:
        """Return who is asking: the nearest address that is no proxy of ours."""
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",")]
        address = peer
        while address in self._proxies and hops:
            address = hops.pop() or peer
        return _network(address)

    def _hit(self, limit: RateLimitItem, what: str, visitor: str) -> None:
        if not self._allows(limit, what, visitor):
            raise TooManyRequests(seconds=limit.get_expiry())

    def _allows(self, limit: RateLimitItem, what: str, visitor: str) -> bool:
        if self._shared is not None and monotonic() >= self._rests_until:
            try:
                return self._shared.hit(limit, what, visitor)
            except RedisError:
                self._rests_until = monotonic() + _REST
        return self._here.hit(limit, what, visitor)


def _storage(config: Config) -> Storage:
    storage = storage_from_string(config.redis_url, socket_timeout=1, socket_connect_timeout=1)
    if not isinstance(storage, Storage):
        raise TypeError("redis_url must name a synchronous storage")
    return storage


def _network(address: str) -> str:
    """One household has a /64 of IPv6 addresses; count it as one visitor."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
