"""Payloads: what a shared link may carry behind `/start`.

`l-ur_c-birmingham_k-k7m2x9pa`: a language, a council, a link's code, in any order and each at most
once. A link can be made by anybody, so it is taken as a whole or not at all: one badly shaped part
makes it a plain start. A code that `linnet link` cannot have made is left out, and the rest stands:
she came by a card that is old or copied wrongly, and its language is still hers.
"""

import re

from bot.conversation.messages import Start
from bot.counting.codes import is_code

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
    code = found.get("k", "")
    link = code if is_code(code) else ""
    return Start(found.get("l"), found.get("c"), link=link)
