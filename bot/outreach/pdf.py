"""Painting as PDF: every picture once, every sheet as often as it comes, and nothing else.

Letters are outlines, as in the SVG, so both look the same on every machine. There is no date, no
name and no program in the file: it may be found on a worker's computer.
"""

import zlib
from collections.abc import Iterator, Sequence

from bot.outreach.drawing import Picture, Placed, Sheet, Squares, Stroke, Words, number

POINTS = 72 / 25.4  # of a mm
_DASH = "[1 1] 0 d"


def pdf(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the pages of one file, in order. The same sheets give the same bytes."""
    file = _File()
    catalogue, tree = file.reserve(), file.reserve()
    forms: dict[Picture, int] = {}
    looks: dict[Sheet, str] = {}
    pages = []
    for sheet in sheets:
        if sheet not in looks:
            for placed in sheet.placed:
                if placed.picture not in forms:
                    forms[placed.picture] = _add_form(file, placed.picture)
            looks[sheet] = _look(file, sheet, forms)
        pages.append(file.add(f"/Type /Page /Parent {tree} 0 R {looks[sheet]}"))
    kids = " ".join(f"{page} 0 R" for page in pages)
    file.put(tree, f"/Type /Pages /Count {len(pages)} /Kids [{kids}]")
    # Cards have their true size only where the program that prints does not shrink them.
    wishes = "/ViewerPreferences << /PrintScaling /None >>"
    file.put(catalogue, f"/Type /Catalog /Pages {tree} 0 R {wishes}")
    return file.whole(catalogue)


class _File:
    """The numbered objects of a PDF."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """A number whose object comes later."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, entries: str, stream: str | None = None) -> None:
        """The object of a number: a dictionary, and behind it a stream if there is one."""
        if stream is None:
            self._objects[number - 1] = f"<< {entries} >>".encode()
            return
        data = zlib.compress(stream.encode(), 9)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(data)} >>\nstream\n"
        self._objects[number - 1] = head.encode() + data + b"\nendstream"

    def add(self, entries: str, stream: str | None = None) -> int:
        """A new object; its number."""
        made = self.reserve()
        self.put(made, entries, stream)
        return made

    def whole(self, catalogue: int) -> bytes:
        """The file, with the table that says where each object begins."""
        parts, at, table = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"], 15, []
        for place, held in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (place, held)
            table.append(b"%010d 00000 n \n" % at)
            parts.append(part)
            at += len(part)
        size = len(table) + 1
        parts += (b"xref\n0 %d\n0000000000 65535 f \n" % size, *table)
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (size, catalogue))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(parts)


def _add_form(file: _File, picture: Picture) -> int:
    box = f"/BBox [0 0 {number(picture.width)} {number(picture.height)}]"
    content = "\n".join(step for item in picture.items for step in _painted(item, picture.height))
    return file.add(f"/Type /XObject /Subtype /Form {box}", content)


def _look(file: _File, sheet: Sheet, forms: dict[Picture, int]) -> str:
    """What pages of a sheet have in common, written out as entries of their dictionary."""
    scale = number(POINTS)
    steps = [f"{scale} 0 0 {scale} 0 0 cm"]
    for mark in sheet.marks:
        steps += _painted(mark, sheet.height)
    for placed in sheet.placed:
        steps.append(f"q {_matrix(placed, sheet.height)} cm /P{forms[placed.picture]} Do Q")
    content = file.add("", "\n".join(steps))
    used = sorted({forms[placed.picture] for placed in sheet.placed})
    named = " ".join(f"/P{form} {form} 0 R" for form in used)
    size = f"{number(sheet.width * POINTS)} {number(sheet.height * POINTS)}"
    return (
        f"/MediaBox [0 0 {size}] /Contents {content} 0 R /Resources << /XObject << {named} >> >>"
    )


def _matrix(placed: Placed, height: float) -> str:
    """From a picture to its sheet; in a PDF heights are counted from below."""
    picture = placed.picture
    if placed.turned:
        right, up = placed.x + picture.height, height - placed.y - picture.width
        return f"0 1 -1 0 {number(right)} {number(up)}"
    return f"1 0 0 1 {number(placed.x)} {number(height - placed.y - picture.height)}"


def _painted(item: Words | Stroke | Squares, height: float) -> Iterator[str]:
    if isinstance(item, Stroke):
        ends = f"{number(item.x)} {number(height - item.y)} m {number(item.to_x)} {number(height - item.to_y)} l"
        dash = _DASH if item.dashed else ""
        yield f"q {number(item.grey)} G {number(item.width)} w {dash} {ends} S Q"
    elif isinstance(item, Squares):
        for x, y, wide, high in item.boxes:
            yield f"{number(x)} {number(height - y - high)} {number(wide)} {number(high)} re"
        yield "f"
    else:
        for letter, points in item.steps():
            yield " ".join(
                (*(f"{number(x)} {number(height - y)}" for x, y in points), _OPERATORS[letter])
            )
        yield "f"


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
