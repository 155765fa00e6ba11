"""The YAML language server of editors, installed by its lock and spoken to over its own pipes."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "editor"
LOCK = HERE / "package-lock.json"
PROGRAM = FOLDER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 60  # seconds for one answer; a machine may be busy


def missing() -> str:
    """What has to be installed before the server can be; empty when nothing is missing."""
    return ", ".join(name for name in ("node", "npm") if shutil.which(name) is None)


def install() -> None:
    """Install the server into `build/editor`, once for each lock.

    npm compares every package with the hash in the lock. Raises CalledProcessError when a hash
    is another, or when npm does not reach its packages.
    """
    done = FOLDER / "installed.json"
    if PROGRAM.is_file() and done.is_file() and done.read_bytes() == LOCK.read_bytes():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=300)
    shutil.copy(LOCK, done)


class LanguageServer:
    """One running server. Positions count from 1, as in the messages of `linnet check`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._asked, self._opened = 0, 0
        self._told: dict[str, list[dict[str, Any]]] = {}
        # Only what an editor would pass on; the server must not go and fetch schemas.
        self._process = subprocess.Popen(
            ["node", str(PROGRAM), "--stdio"],  # noqa: S607
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": str(FOLDER)},
        )  # fmt: skip
        assert self._process.stdin
        assert self._process.stdout
        self._into, self._out = self._process.stdin, self._process.stdout
        self.ask("initialize", {
            "processId": None, "rootUri": root.as_uri(),
            "capabilities": {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}},
        })  # fmt: skip
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self._settings()})

    def close(self) -> None:
        """End the server, and wait for it."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.communicate(timeout=PATIENCE)

    def problems(self, path: Path, text: str) -> list[tuple[int, int, str]]:
        """What the editor would underline: line, column and words, in that order."""
        return self.told(self.open(path, text))

    def told(self, uri: str) -> list[tuple[int, int, str]]:
        """What the editor would underline in an open document, once the server has said it."""
        while uri not in self._told:
            self._hear()
        found = self._told.pop(uri)
        return sorted(
            (one["range"]["start"]["line"] + 1, one["range"]["start"]["character"] + 1, one["message"])
            for one in found
        )  # fmt: skip

    def hover(self, path: Path, text: str, line: int, column: int) -> str:
        """What the editor shows over a place."""
        found = self.ask("textDocument/hover", self._place(self.open(path, text), line, column))
        contents = found["contents"] if found else ""
        return contents["value"] if isinstance(contents, dict) else str(contents)

    def completions(self, path: Path, text: str, line: int, column: int) -> list[str]:
        """What the editor offers at a place, by label."""
        place = self._place(self.open(path, text), line, column)
        found = self.ask("textDocument/completion", place)
        items = found["items"] if isinstance(found, dict) else found
        return [item["label"] for item in items]

    def _settings(self) -> dict[str, object]:
        yaml = {"validate": True, "hover": True, "completion": True}
        return {"yaml": {**yaml, "schemaStore": {"enable": False}, "format": {"enable": False}}}

    def open(self, path: Path, text: str) -> str:
        """Open a document beside `path`, and give its name.

        A name of its own each time, as the server may still speak about the last one.
        """
        self._opened += 1
        uri = path.with_name(f"{path.stem}-{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _place(self, uri: str, line: int, column: int) -> dict[str, object]:
        position = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": uri}, "position": position}

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        """Send a request and wait for its answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            heard = self._hear()
            if heard.get("id") == self._asked and "method" not in heard:
                assert "error" not in heard, heard
                return heard["result"]

    def _send(self, message: dict[str, object]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._into.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._into.flush()

    def _hear(self) -> dict[str, Any]:
        length = 0
        while (line := self._out.readline()) not in {b"\r\n", b""}:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the language server has ended"
        heard: dict[str, Any] = json.loads(self._out.read(length))
        if heard.get("method") == "textDocument/publishDiagnostics":
            self._told[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif "method" in heard and "id" in heard:
            self._answer(heard)
        return heard

    def _answer(self, asked: dict[str, Any]) -> None:
        """The server asks its editor for settings, and to be told of changes."""
        result = None
        if asked["method"] == "workspace/configuration":
            settings = self._settings()
            result = [settings.get(one.get("section")) for one in asked["params"]["items"]]
        self._send({"id": asked["id"], "result": result})
