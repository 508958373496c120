"""New documents: the next free id, and a starter with explaining comments in the writer's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pmdocs.diagnostics import Diagnostic, Language, RefusedError, Severity, Words
from pmdocs.doctype import Checker, DocumentType, Field, nearest
from pmdocs.document import normalize
from pmdocs.gather import template_folders
from pmdocs.layout import UntidyError, tidied
from pmdocs.library import Library
from pmdocs.scaffold.starter import escaped, starter_text
from pmdocs.site import Site
from pmdocs.source import read_plain, read_text
from pmdocs.writing import write_new

FIRST_VERSION = "0.1.0"
NO_AREA = "NEW"
"""The area of ids in a project that has none yet."""
_AREA = re.compile(r"[A-Z0-9]{2,8}")
_TOKEN = re.compile(r"\{\{([a-z]+)(?::([A-Za-z_]+))?\}\}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a writer asks for: a type, and what they do not want to leave to pmdocs.

    `name` is a whole id (`PRD-CHK-004`) or an area (`CHK`), in any capitals.
    """

    kind: DocumentType
    name: str | None = None
    title: str | None = None
    product: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is not written yet: its id, its path and its text."""

    id: str
    path: Path
    text: str

    def write(self) -> None:
        """Write the file; raises FileExistsError rather than overwrite one."""
        write_new(self.path, self.text)


def new_document(site: Site, wish: Wish, language: Language) -> NewDocument:
    """Return the document that `wish` asks for; raises RefusedError for what cannot be, with the cure."""
    library, kind = site.library, wish.kind
    name = _name(library, wish)
    path = site.project.documents / kind.name / f"{name}.yaml"
    if path.exists():
        raise RefusedError(f"{site.project.relative(path)} 已经有了", f"{site.project.relative(path)} is already there")
    product = _product(library, wish.product)
    facts = {
        "id": name,
        "title": wish.title or _title(kind, language),
        "product": product,
        "owner": _owner(library, wish.owner, product),
        "version": FIRST_VERSION,
        "today": site.as_of.isoformat(),
    }
    text = _in_order(_filled(_starter(site, kind, language), _Filler(library, kind, name, product), facts), kind)
    document = NewDocument(name, path, text)
    if wrong := _wrong(site, kind, document):
        raise RefusedError("这样的文档有错误，没有写入文件", "Such a document has errors and was not written", wrong)
    return document


def next_id(library: Library, prefix: str, area: str) -> str:
    """Return the id after the highest that is or was in use: `PRD-CHK-004` where 003 is the last one."""
    used = re.compile(rf"{prefix}-{area}-(\d{{3,}})")
    named = {item.address for document in library.documents for item in document.items}
    named |= {document.id for document in library.documents} | set(library.retired) | library.unread
    numbers = [int(match[1]) for each in named if (match := used.fullmatch(each))]
    return f"{prefix}-{area}-{max(numbers, default=0) + 1:03}"


def _name(library: Library, wish: Wish) -> str:
    prefix, given = wish.kind.prefix, (wish.name or "").upper()
    if prefix is None:
        raise RefusedError(f"类型 {wish.kind.name} 没有编号前缀", f"The type {wish.kind.name} has no prefix for ids")
    if _AREA.fullmatch(given):
        return next_id(library, prefix, given)
    if given and not wish.kind.id_form.fullmatch(given):
        raise RefusedError(
            f"{wish.name} 不能作编号；要写成 {prefix}-领域-序号，例如 {prefix}-CHK-001，或者只写领域，例如 CHK",
            f"{wish.name} is no id; write {prefix}-AREA-NUMBER, such as {prefix}-CHK-001, or the area alone, such as CHK",
        )
    if given and (taken := library.find(given)):
        place = taken.document.source.file
        raise RefusedError(f"{given} 已经有了：{place}", f"{given} is already there: {place}")
    if given in library.retired:
        raise RefusedError(
            f"{given} 已经退役（见 {library.retired[given]}），不能再用",
            f"{given} is retired (see {library.retired[given]}) and cannot be used again",
        )
    return given or next_id(library, prefix, usual_area(library, wish.kind))


def usual_area(library: Library, kind: DocumentType) -> str:
    """Return the area that most documents of a type have, else most documents of all; NEW where there are none."""
    own = [each.id for each in library.documents if each.type is kind] or [each.id for each in library.documents]
    areas = Counter(parts[1] for each in own if len(parts := each.split("-")) == 3 and _AREA.fullmatch(parts[1]))
    return min(areas, key=lambda area: (-areas[area], area), default=NO_AREA)


def _title(kind: DocumentType, language: Language) -> str:
    label = kind.short.in_language(language)
    return (
        f"新的{label}"
        if language == "zh"
        else f"New {label[:1].lower()}{label[1:]}"
        if label[1:2].islower()
        else f"New {label}"
    )


def _product(library: Library, wanted: str | None) -> str:
    rows = {entry.id: (entry.title.zh, entry.title.en) for entry in library.shared.get("products", ())}
    if wanted:
        return _known(wanted, rows, Words("产品", "product"))
    used = Counter(document.product for document in library.documents if document.product in rows)
    return max(rows, key=lambda name: used[name], default="product")


def _owner(library: Library, wanted: str | None, product: str) -> str:
    people = [entry for entry in library.shared.get("people", ()) if entry.values.get("active", True)]
    rows = {entry.id: (entry.title.zh, entry.title.en) for entry in people}
    if wanted:
        return _known(wanted, rows, Words("人员", "person"))
    owners = Counter(str(each.values.get("owner")) for each in library.documents if each.product == product)
    return max(rows, key=lambda name: owners[name], default="owner")


def _known(wanted: str, rows: Mapping[str, tuple[str, ...]], what: Words) -> str:
    if wanted in rows:
        return wanted
    if close := nearest(wanted, rows, rows):
        raise RefusedError(
            f"没有{what.zh} {wanted}；是不是想写 {close}？", f"There is no {what.en} {wanted}; did you mean {close}?"
        )
    known = ", ".join(rows)
    raise RefusedError(f"没有{what.zh} {wanted}；现有：{known}", f"There is no {what.en} {wanted}; there are: {known}")


def _starter(site: Site, kind: DocumentType, language: Language) -> str:
    """Return the starter of a type: the team's or the shipped one in this language, else one made from its fields."""
    names = (f"starter.{language}.yaml", *(["starter.yaml"] if language == "zh" else []))
    for folder in template_folders(site.project):
        for name in names:
            path = folder / kind.name / name
            if path.is_file():
                return read_plain(path, root=folder.parent)[0]
    return starter_text(kind, site.library.standards, language)


@dataclass(frozen=True, slots=True)
class _Filler:
    """Answers what a starter asks for: `free` is a free id with a prefix, `ref` what a field may refer to."""

    library: Library
    kind: DocumentType
    id: str
    product: str

    def __call__(self, asked: str, name: str) -> str | None:
        area = self.id.split("-")[1]
        if asked == "free":
            return next_id(self.library, name, area)
        field = self.kind.field(name) if asked == "ref" else None
        return self._unclaimed(field, area) if field else None

    def _unclaimed(self, field: Field, area: str) -> str:
        """Return the first item or document that `field` may lead to and nothing refers to so: of this area, if there is one."""
        found = list(self._acceptable(field))
        claimed = {
            link.target for each in self.library.documents for link in each.links if link.field.name == field.name
        }
        best = sorted(found, key=lambda name: (name in claimed, f"-{area}-" not in name))
        example = field.example[0] if isinstance(field.example, list) and field.example else field.example
        return best[0] if best else str(example or f"{NO_AREA}-001")

    def _acceptable(self, field: Field) -> Iterator[str]:
        for document in self.library.documents:
            if document.product != self.product:
                continue
            for address in (document.id, *(item.address for item in document.items if "." not in item.address)):
                target = self.library.find(address, product=self.product)
                if target and self.library.accepts(field, target):
                    yield address


def _filled(text: str, filler: Callable[[str, str], str | None], facts: Mapping[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        value = facts.get(match[1]) if match[2] is None else filler(match[1], match[2])
        return match[0] if value is None else escaped(value)

    return _TOKEN.sub(fill, text)


def _in_order(text: str, kind: DocumentType) -> str:
    """Return the text as `pmdocs fmt` leaves it, where it can be read."""
    try:
        return tidied(text, kind.fields) if read_text(text, file="").value is not None else text
    except UntidyError:
        return text


def _wrong(site: Site, kind: DocumentType, document: NewDocument) -> list[Diagnostic]:
    """Return the errors of a document that is not written yet."""
    source = read_text(document.text, file=site.project.relative(document.path))
    found = list(source.findings)
    if isinstance(source.value, dict):
        value = normalize(kind.fields, source.value)
        found += Checker.of(kind, site.library.standards).findings(source, value, document.id)
    return [each for each in found if each.severity is Severity.ERROR]
