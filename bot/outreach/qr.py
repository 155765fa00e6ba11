"""QR codes: the one door to segno.

A code is dark and light squares in rows. Around it belongs a quiet zone of four light squares on
each side, or many phones do not find it.
"""

import segno

from bot.documents import SettingsError

QUIET = 4  # squares of light on each side (ISO/IEC 18004)


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, True for dark, always the same for the same text; no quiet zone in it.

    Of error level M at least (15 in 100 squares may be lost), and of a higher one where that takes
    no larger code. Raises SettingsError where the text is too long.
    """
    try:
        made = segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        raise SettingsError("this is too long for a QR code") from None
    return tuple(tuple(bool(square) for square in row) for row in made.matrix)
