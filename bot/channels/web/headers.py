"""Headers: what every answer carries, whatever it is: nothing is kept, framed, sent on or guessed.

From part 3.1 of the safety study, to the letter, but for one thing: the styles stand in the page,
so that the first card takes two requests, and the policy names them by their hash. Recordings of
words come from here too, and from nowhere else.
"""

import base64
import hashlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(),"
    " notifications=(), push=(), web-share=()"
)


def policy(styles: str) -> str:
    """The content security policy of a page with these styles in it."""
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    return (
        "default-src 'none'; script-src 'self';"
        f" style-src 'self' 'sha256-{digest}'; img-src 'self' data:; media-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )


def headers(styles: str) -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(styles),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Robots-Tag": "noindex, noarchive",
    }


class Headers:
    """Puts the headers on every answer of the application inside."""

    def __init__(self, app: ASGIApp, styles: str) -> None:
        self._app = app
        named = headers(styles).items()
        self._headers = [(name.lower().encode(), value.encode()) for name, value in named]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; see ASGI."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                # No answer inside sets one of these.
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, sending)
