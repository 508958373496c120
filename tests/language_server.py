"""A headless editor: the YAML language server that VS Code and others use, driven over its standard streams."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from node_tools import FOLDER, node

SERVER = FOLDER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 60.0
"""Seconds that an answer may take on a slow machine."""

Message = dict[str, Any]


@dataclass
class Editor:
    """An editor with a project's folder open and its `.vscode/settings.json` in force."""

    root: Path
    process: subprocess.Popen[bytes]
    incoming: queue.Queue[Message | None] = field(default_factory=queue.Queue)
    findings: dict[str, list[Message]] = field(default_factory=dict)
    count: int = 0
    versions: dict[str, int] = field(default_factory=dict)

    def send(self, message: Message) -> None:
        """Writes a message with its head."""
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self.process.stdin
        assert stream is not None
        stream.write(f"Content-Length: {len(data)}\r\n\r\n".encode() + data)
        stream.flush()

    def listen(self) -> None:
        """Puts every message of the server into the queue, None at its end."""
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            length = int(line.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.incoming.put(json.loads(stream.read(length)))
        self.incoming.put(None)

    def ask(self, method: str, parameters: Message) -> Any:
        """The server's answer to a request; what it asks meanwhile is answered, what it finds is kept."""
        self.count += 1
        self.send({"id": self.count, "method": method, "params": parameters})
        while True:
            message = self.take()
            if message.get("id") == self.count and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def take(self) -> Message:
        """The next message, once it is dealt with."""
        message = self.incoming.get(timeout=PATIENCE)
        assert message is not None, "the language server ended"
        if message.get("method") == "workspace/configuration":
            sections = [self.settings(each.get("section", "")) for each in message["params"]["items"]]
            self.send({"id": message["id"], "result": sections})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.findings[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def settings(self, section: str) -> Message:
        """A section of the editor's settings, as the project's own file has it."""
        settings = json.loads((self.root / ".vscode" / "settings.json").read_text("utf-8"))
        found: Message = {}
        for name, value in settings.items():
            if name.startswith(f"{section}."):
                *above, last = name.removeprefix(f"{section}.").split(".")
                inner = found
                for part in above:
                    inner = inner.setdefault(part, {})
                inner[last] = value
        return found

    def address(self, path: str) -> str:
        """The address of a file of the project."""
        return (self.root / path).as_uri()

    def show(self, path: str, text: str) -> list[Message]:
        """Opens a file with a text, or types that text into it; returns what is marked in it then."""
        address = self.address(path)
        self.findings.pop(address, None)
        version = self.versions[path] = self.versions.get(path, 0) + 1
        if version == 1:
            document = {"uri": address, "languageId": "yaml", "version": version, "text": text}
            self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            changed = {"textDocument": {"uri": address, "version": version}, "contentChanges": [{"text": text}]}
            self.send({"method": "textDocument/didChange", "params": changed})
        while address not in self.findings:
            self.take()
        return self.findings[address]

    def complete(self, path: str, text: str) -> dict[str, Message]:
        """What is offered where `text` has a `|`, by label."""
        place = self.place(path, text)
        answer = self.ask("textDocument/completion", place)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: item for item in items}

    def hover(self, path: str, text: str) -> str:
        """What is shown beside what `text` has behind a `|`."""
        answer = self.ask("textDocument/hover", self.place(path, text))
        return str(answer["contents"]["value"]) if answer else ""

    def place(self, path: str, text: str) -> Message:
        """Shows `text` without its `|` and returns where that stood."""
        before, mark, after = text.partition("|")
        assert mark
        self.show(path, before + after)
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        return {"textDocument": {"uri": self.address(path)}, "position": {"line": line, "character": column}}


@contextmanager
def editing(root: Path) -> Iterator[Editor]:
    """An editor with the project at `root` open."""
    command = [node(), str(SERVER), "--stdio"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
    )
    editor = Editor(root, process)
    listening = threading.Thread(target=editor.listen, daemon=True)
    listening.start()
    try:
        text = {"completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}}
        able = {
            "textDocument": {**text, "hover": {"contentFormat": ["markdown"]}},
            "workspace": {"configuration": True},
        }
        folder = {"uri": root.as_uri(), "name": root.name}
        editor.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": able},
        )
        editor.send({"method": "initialized", "params": {}})
        editor.send({"method": "workspace/didChangeConfiguration", "params": {"settings": cast(Any, None)}})
        yield editor
    finally:
        process.kill()
        process.wait()
        listening.join()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
