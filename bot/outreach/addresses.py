"""Addresses: what a link looks like where it is shared, and what stands in it.

In Telegram's address stand the language, the council and the code, which the chat reads itself; in
the web address stands the code alone, and the server looks up the rest. Venue and cover name are
in neither.
"""

from bot.outreach.links import Link, Links

TELEGRAM = "https://t.me/"


def telegram_payload(link: Link) -> str:
    """What Telegram hands on: `l-ur_c-birmingham_k-k7m2x9pa`, 64 letters or fewer.

    Only letters, digits, `-` and `_`, for a link that was read or made: what else a language, a
    council or a code could hold is refused there (`bot.outreach.links`).
    """
    parts = (("l", link.language), ("c", link.council), ("k", link.code))
    return "_".join(f"{name}-{value}" for name, value in parts if value)


def telegram_address(bot: str, link: Link) -> str:
    """The address that opens the chat on Telegram. `bot` is its name, without the @."""
    return f"{TELEGRAM}{bot}?start={telegram_payload(link)}"


def web_address(web: str, link: Link) -> str:
    """The address of the page. `web` is `https://host`, without a slash at its end.

    Harm prevented: a browser remembers addresses, and this one tells nothing to who reads it.
    """
    return f"{web}/{link.code}"


def addresses_of(links: Links, link: Link) -> dict[str, str]:
    """The addresses that can be made, by `web` and `telegram`: first the one to print or to draw.

    Empty where the file has neither 'web' nor 'bot'.
    """
    found = {}
    if links.web:
        found["web"] = web_address(links.web, link)
    if links.bot:
        found["telegram"] = telegram_address(links.bot, link)
    return found
