"""The examples of a guide, taken out of its Markdown: commands to run, files to write, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(
    r'^(?P<indent> *)```(?P<language>[a-z]+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^ *```$', re.S | re.M
)
_MARK = re.compile(r"^ *```", re.M)
MORE = "\n\n…"
"""How a text ends that shows the beginning of what is said."""
SPOKEN_OF = ("yaml", "sh")
"""Of what something is said in a block of text below it, with one line of prose between at most."""


@dataclass(frozen=True)
class Block:
    """A block of code of a page: its language, the file it belongs to, its text, and where it stands."""

    language: str
    title: str
    text: str
    line: int
    body: tuple[int, int]
    indent: str

    def with_text(self, text: str) -> str:
        """Return its body with another text, indented as it is."""
        return "".join(f"{self.indent}{line}\n" if line else "\n" for line in text.split("\n"))


class Example(NamedTuple):
    """A block of code, and the block of text close below it that shows what is said of it, where there is one."""

    block: Block
    shown: Block | None


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of code of a page, in order."""
    for match in _FENCE.finditer(text):
        indent = len(match["indent"])
        lines = [line[indent:] for line in match["body"].split("\n")[:-1]]
        place = text.count("\n", 0, match.start()) + 1
        yield Block(
            match["language"], match["title"] or "", "\n".join(lines), place, match.span("body"), match["indent"]
        )


def examples_of(page: Path) -> list[Example]:
    """The examples of a page in order; a block of `text` close below a file or a command is what is said of it."""
    text = page.read_text("utf-8")
    blocks = [*blocks_of(text), None]
    return [
        Example(block, following if following and _is_said(text, block, following) else None)
        for block, following in pairwise(blocks)
        if block and block.language != "text"
    ]


def _is_said(text: str, block: Block, following: Block) -> bool:
    prose = [line for line in text[block.body[1] : following.body[0]].split("\n")[1:-2] if line.strip()]
    return following.language == "text" and block.language in SPOKEN_OF and len(prose) <= 1


def has_unread_fences(page: Path) -> bool:
    """Whether a fence of the page is written in a way that no example is read from."""
    text = page.read_text("utf-8")
    return len(_MARK.findall(text)) != 2 * len(list(blocks_of(text)))


def as_shown(shown: str, said: str) -> str:
    """What is said as a text shows it: no more paragraphs than it has, where it ends with `…`."""
    if not shown.endswith(MORE):
        return said
    return "\n\n".join(said.split("\n\n")[: shown.count("\n\n")]) + MORE


def rewrite(page: Path, texts: Iterable[tuple[Block, str]]) -> None:
    """Gives blocks of a page another text."""
    text = page.read_text("utf-8")
    for block, new in sorted(texts, key=lambda each: each[0].body, reverse=True):
        text = text[: block.body[0]] + block.with_text(new) + text[block.body[1] :]
    page.write_text(text, "utf-8")


def parts_over(text: str, parts: str) -> str:
    """A document with the fields of `parts` in the places of its own; fields it does not have come last."""
    new = {name: lines for name, lines in fields_of(parts) if name}
    kept: list[str] = []
    for name, lines in fields_of(text):
        kept += new.pop(name, lines)
    return "\n".join([*kept, *(line for lines in new.values() for line in lines)]).rstrip("\n") + "\n"


def fields_of(text: str) -> list[tuple[str, list[str]]]:
    """The fields at the top of a YAML text, readable or not, with their lines; comments and blanks stand between as ``."""
    fields: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        if line[:1] in (" ", "-", "\t") and fields and fields[-1][0]:
            fields[-1][1].extend([*waiting, line])
            waiting = []
        elif not line.strip():
            waiting.append(line)
        else:
            name = "" if line.startswith("#") else re.split("[:：]", line)[0]
            fields += [("", waiting)] if waiting else []
            fields.append((name, [line]))
            waiting = []
    return fields


def names_of(text: str) -> list[str]:
    """The names of the fields at the top of a YAML text."""
    return [name for name, _ in fields_of(text) if name]
