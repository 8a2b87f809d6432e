"""HEAD is GET without the body, on every address: link checkers and watchers ask this way."""

from typing import cast

from litestar import Litestar
from litestar.types import HTTPScope, Message, Receive, Scope, Send


class HeadAware(Litestar):
    """An application that answers HEAD wherever it answers GET."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        """Route HEAD as GET and keep the body back."""
        if scope.get("method") != "HEAD":  # websockets and the lifespan have none
            await super().__call__(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        asked = cast("HTTPScope", {**scope, "method": "GET"})
        await super().__call__(asked, receive, send_head)
