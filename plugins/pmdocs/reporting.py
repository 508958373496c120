"""Where a reader reports that a page is wrong: an issue form, an address of the team's own, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

FORM = "template=doc-feedback.yml&title={title}&doc_id={doc_id}&doc_version={doc_version}&section={section}"
"""What fills in the issue form of `.github/ISSUE_TEMPLATE/doc-feedback.yml`."""
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """Where reports go, as addresses with places in braces: for a document (see FORM), and for a page that is none."""

    document: str
    page: str


def report_address(given: Mapping[str, str], repo_url: object) -> ReportAddress | None:
    """Return where reports go: what the option says, else the repository of the site where it is on GitHub."""
    if url := given.get("url"):
        return ReportAddress(url, url)
    on_github = _GITHUB.fullmatch(str(repo_url or ""))
    repository = given.get("repository") or (on_github[1] if on_github else None)
    if repository is None:
        return None
    issues = f"https://github.com/{repository}/issues/new"
    return ReportAddress(f"{issues}?{FORM}", f"{issues}?title={{title}}&body={{section}}")


def filled(address: str, facts: Mapping[str, str]) -> str:
    """Return an address with the places filled in that `facts` names."""
    for name, value in facts.items():
        address = address.replace(f"{{{name}}}", quote(value, safe=""))
    return address
