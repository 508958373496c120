"""The commands, one module each; the only room that knows click."""

from __future__ import annotations

import io
import sys

import click

from pmdocs import __version__
from pmdocs.cli.approve import approve_document
from pmdocs.cli.build import build
from pmdocs.cli.check import check
from pmdocs.cli.completion import completion
from pmdocs.cli.diff import diff
from pmdocs.cli.doctor import doctor
from pmdocs.cli.explain import explain_code
from pmdocs.cli.feedback import feedback
from pmdocs.cli.fmt import fmt
from pmdocs.cli.init import init
from pmdocs.cli.kpi import kpi
from pmdocs.cli.new import new
from pmdocs.cli.release import release
from pmdocs.cli.review import review
from pmdocs.cli.schema import schema
from pmdocs.cli.spoken import SpokenGroup, Told
from pmdocs.cli.summary import summarize
from pmdocs.cli.trace import trace

__all__ = ["main"]


@click.group(
    cls=SpokenGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=Told("产品文档：从 YAML 到站点。", "Product documents: from YAML to a site."),
)
@click.version_option(__version__, prog_name="pmdocs")
def main() -> None:
    """Let the output take any character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Chinese Windows pipe knows no emoji


for command in (
    init,
    new,
    check,
    build,
    release,
    diff,
    doctor,
    fmt,
    explain_code,
    feedback,
    review,
    approve_document,
    trace,
    kpi,
    summarize,
    schema,
    completion,
):
    main.add_command(command)
