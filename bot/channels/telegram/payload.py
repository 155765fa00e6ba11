"""Payloads: what a shared link may carry behind `/start`.

`l-ur_c-birmingham_k-3fQz9x`: a language, a council, a link's code, in any order and each at most
once. A link can be made by anybody, so it is taken as a whole or not at all: one wrong part makes
it a plain start. The code of a link is not kept.
"""

import re

from bot.conversation.messages import Start

MOST = 64  # characters, Telegram's own limit
_PART = re.compile(r"([lck])-([A-Za-z0-9-]{1,40})")


def read_payload(payload: str) -> Start:
    """The start that a payload asks for; a plain start for one that is empty or wrong.

    Whether there is such a language or council is looked at by the conversation.
    """
    if len(payload) > MOST:
        return Start()
    found: dict[str, str] = {}
    for part in payload.split("_"):
        known = _PART.fullmatch(part)
        if known is None or known[1] in found:
            return Start()
        found[known[1]] = known[2]
    return Start(found.get("l"), found.get("c"))
