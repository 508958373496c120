"""A project as the doctor sees it: gathered from its configuration, its releases, its repository and the built site."""

from __future__ import annotations

import re
from pathlib import Path

from pmdocs.doctor.trouble import Patient, Repositories
from pmdocs.past import tagged_in
from pmdocs.project import read_config
from pmdocs.repository import Repository
from pmdocs.site import Site
from pmdocs.versions import Version, versions_of

_VERSION_TAG = re.compile(r"v?\d+(\.\d+)+")
"""What a tag that stands for a version looks like, where the configuration says nothing."""


def patient_of(site: Site, repository: Repository | None, built: Path) -> Patient:
    """Return a project, read and checked, as a patient; `built` is where its site lies, if it was built."""
    project = site.project
    versions = versions_of(site.library, tagged_in(project, repository))
    from_git = tuple(each for each in versions if each.is_built and each.path is None)
    return Patient(
        config=read_config(project.root),
        root=project.root,
        docs=project.docs,
        repository=_repository(repository, versions, from_git) if repository else None,
        needs_git=tuple(each.name for each in from_git),
        lost=tuple(each.name for each in versions if each.is_lost),
        gone=tuple(
            each.path for each in versions if each.is_built and each.path and not (project.root / each.path).is_dir()
        ),
        site=built if (built / "index.html").is_file() else None,
    )


def _repository(repository: Repository, versions: tuple[Version, ...], from_git: tuple[Version, ...]) -> Repositories:
    known = {name for each in versions for name in (each.name, f"v{each.name}", each.ref)}
    tags = (tag for tag in repository.tags() if _VERSION_TAG.fullmatch(tag))
    return Repositories(
        is_shallow=repository.is_shallow,
        unlisted=tuple(tag for tag in tags if tag not in known),
        missing=tuple(str(each.ref) for each in from_git if repository.resolve(str(each.ref)) is None),
    )
