"""Painting as SVG: one sheet, letters as outlines, no font, no name and no address in its text."""

from collections.abc import Iterator

from bot.outreach.drawing import Picture, Placed, Sheet, Squares, Stroke, Words, number


def svg(sheet: Sheet) -> bytes:
    """A sheet as one SVG file in its true size. The same sheet gives the same bytes."""
    ids = {picture: f"p{at}" for at, picture in enumerate(_pictures(sheet))}
    size = f"{number(sheet.width)} {number(sheet.height)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(sheet.width)}mm"'
        f' height="{number(sheet.height)}mm" viewBox="0 0 {size}">',
        "<defs>",
        *(part for picture, name in ids.items() for part in _defined(picture, name)),
        "</defs>",
        f'<path fill="#fff" d="M0 0H{number(sheet.width)}V{number(sheet.height)}H0z"/>',
        *(_painted(mark) for mark in sheet.marks),
        *(f'<use href="#{ids[one.picture]}" transform="{_moved(one)}"/>' for one in sheet.placed),
        "</svg>",
        "",
    ]
    return "\n".join(parts).encode()


def _pictures(sheet: Sheet) -> Iterator[Picture]:
    yield from dict.fromkeys(placed.picture for placed in sheet.placed)


def _defined(picture: Picture, name: str) -> Iterator[str]:
    yield f'<g id="{name}">'
    yield from (_painted(item) for item in picture.items)
    yield "</g>"


def _moved(placed: Placed) -> str:
    if placed.turned:
        down = placed.y + placed.picture.width
        return f"matrix(0 -1 1 0 {number(placed.x)} {number(down)})"
    return f"translate({number(placed.x)} {number(placed.y)})"


def _painted(item: Words | Stroke | Squares) -> str:
    if isinstance(item, Stroke):
        ends = f"M{number(item.x)} {number(item.y)}L{number(item.to_x)} {number(item.to_y)}"
        shade = round(item.grey * 255)
        dash = ' stroke-dasharray="1 1"' if item.dashed else ""
        colour = f'stroke="rgb({shade},{shade},{shade})"'
        return f'<path {colour} stroke-width="{number(item.width)}"{dash} d="{ends}"/>'
    if isinstance(item, Squares):
        boxes = "".join(
            f"M{number(x)} {number(y)}h{number(wide)}v{number(high)}h{number(-wide)}z"
            for x, y, wide, high in item.boxes
        )
        return f'<path d="{boxes}"/>'
    steps = (
        letter + " ".join(f"{number(x)} {number(y)}" for x, y in points)
        for letter, points in item.steps()
    )
    return f'<path d="{"".join(steps)}"/>'
