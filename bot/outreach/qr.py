"""QR codes: the one door to segno, which only those need who draw.

A code is dark and light squares in rows. Around it belongs a quiet zone of four light squares on
each side, or many phones do not find it.
"""

import io
from typing import TYPE_CHECKING

from bot.exceptions import SettingsError

if TYPE_CHECKING:
    from segno import QRCode

QUIET = 4  # squares of light on each side (ISO/IEC 18004)
SCALE = 10  # dots of a picture for each square, where nothing else is asked for


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, True for dark, always the same for the same text; no quiet zone in it.

    Of error level M at least (15 in 100 squares may be lost), and of a higher one where that takes
    no larger code. Raises SettingsError where segno is not installed, or the text is too long.
    """
    return tuple(tuple(bool(square) for square in row) for row in _made(text).matrix)


def as_svg(text: str) -> str:
    """The code as a drawing of its own, one unit a square, on white, with its quiet zone."""
    written = io.BytesIO()
    _made(text).save(
        written, kind="svg", border=QUIET, light="#fff", svgclass=None, lineclass=None
    )
    return written.getvalue().decode("utf-8")


def as_png(text: str, scale: int = SCALE) -> bytes:
    """The code as a black and white picture, `scale` dots a square, with its quiet zone."""
    written = io.BytesIO()
    _made(text).save(written, kind="png", border=QUIET, scale=scale)
    return written.getvalue()


def need_segno() -> None:
    """Raise SettingsError, with what to do, where nothing can be drawn."""
    try:
        import segno  # noqa: F401, PLC0415  # who draws nothing needs no segno
    except ImportError:
        raise SettingsError(
            "drawing needs segno, which is not installed; run: pip install 'linnet[kit]'"
        ) from None


def _made(text: str) -> "QRCode":
    need_segno()
    import segno  # noqa: PLC0415

    try:
        return segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        raise SettingsError("this is too long for a QR code") from None
