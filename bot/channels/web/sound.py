"""Sound: a recording as her browser asks for it, whole or the part that it names.

Some browsers play nothing that they cannot ask for in parts.
"""

import re
from http import HTTPStatus

from starlette.responses import Response

ADDRESS = "/sound/"
KIND = "audio/ogg"

_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})", re.ASCII)


def address_of(name: str) -> str:
    """Where the recording of this name is, on this server."""
    return f"{ADDRESS}{name}.opus"


def sound(data: bytes, asked: str) -> Response:
    """The answer with the recording; `asked` is the header `Range`, empty for all of it.

    What is not one range of bytes is answered with the whole, as the standard has it.
    """
    named = {"Accept-Ranges": "bytes"}
    found = _RANGE.fullmatch(asked)
    if found is None or not any(found.groups()):
        return Response(data, media_type=KIND, headers=named)
    first, last = _bounds(found[1], found[2], len(data))
    if first > last:
        named["Content-Range"] = f"bytes */{len(data)}"
        return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=named)
    named["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    part = data[first : last + 1]
    return Response(part, HTTPStatus.PARTIAL_CONTENT, media_type=KIND, headers=named)


def _bounds(first: str, last: str, length: int) -> tuple[int, int]:
    """The first and the last byte; the first is behind the last where there is no such part."""
    if not first:
        wanted = int(last)
        return (max(length - wanted, 0), length - 1) if wanted else (1, 0)
    return int(first), min(int(last or length - 1), length - 1)
