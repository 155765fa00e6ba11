"""What a broken example file says must be reported about it."""

from pathlib import Path


def expected(path: Path) -> list[str]:
    """The `# expect:` lines at the top of the file, without the mark, in order."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]
