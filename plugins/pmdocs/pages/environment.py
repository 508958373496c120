"""Jinja as pmdocs uses it: sandboxed, escaping, strict; a team's templates stand in front of the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pmdocs.diagnostics import Diagnostic, Location, Severity, Span
from pmdocs.mermaid import flowchart_label, state_diagram
from pmdocs.pages.values import VIEWS, NotApplicable, Row
from pmdocs.rules.values import WRONG_VALUE

Templates = ImmutableSandboxedEnvironment
MACROS = "_shared/macros.html.j2"
SHIPPED = "shipped"
"""`{% extends "shipped/prd/page.html.j2" %}` names a shipped template from a team's one of the same name."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """The immutable sandbox, with a short way to what it asks thousands of times a page: frozen views and macros."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute as a template may read it; of a view, any that is not private."""
        if type(obj) in _KNOWN and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: macros always, the rest by the sandbox's own judgement."""
        return type(obj) is Macro or super().is_safe_callable(obj)


def environment(folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    """Return the templates of `folders`, the shipped folder last."""
    loaders = [FileSystemLoader(folder) for folder in folders]
    jinja = _Sandbox(
        loader=ChoiceLoader([*loaders, PrefixLoader({SHIPPED: loaders[-1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.tests["not_applicable"] = lambda value: isinstance(value, NotApplicable)
    jinja.tests["row"] = lambda value: isinstance(value, Row)
    jinja.globals["state_diagram"] = state_diagram
    jinja.globals["flowchart_label"] = flowchart_label
    return jinja


def broken_templates(jinja: ImmutableSandboxedEnvironment, texts: Mapping[str, str]) -> list[Diagnostic]:
    """Return a finding for each template that cannot be read; `texts` are a team's templates by their path in the project."""
    found = []
    for file, text in texts.items():
        try:
            jinja.parse(text)
        except TemplateSyntaxError as error:
            facts = {"problem": str(error.message)}
            place = Location(file, Span(error.lineno, 1, error.lineno, 1))
            found.append(Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("broken-template"), Severity.ERROR, place, facts))
    return found


class BrokenTemplateError(Exception):
    """A template failed while it was filled in: which, at which line, and why."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(file, line, problem)
        self.file, self.line, self.problem = file, line, problem


class Macros:
    """The macros of a template, bound to the context of one page; the context holds this object as `pm`."""

    def __init__(self, jinja: ImmutableSandboxedEnvironment, context: dict[str, Any]) -> None:
        context["pm"] = self
        self._module = jinja.get_template(MACROS).make_module(context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


_MISTAKES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What an expression of a template raises beside Jinja's own errors."""


_KNOWN = VIEWS | {LoopContext, Macros}


def fill(jinja: ImmutableSandboxedEnvironment, name: Sequence[str], context: Mapping[str, Any]) -> str:
    """Return the first of the named templates, filled in; raises BrokenTemplateError for a mistake in it."""
    try:
        whole = dict(context)
        Macros(jinja, whole)
        return jinja.select_template(list(name)).render(whole)
    except (TemplateError, *_MISTAKES) as error:
        line, file = _last_template_line(error)
        raise BrokenTemplateError(file, line, str(error)) from error


def _last_template_line(error: BaseException) -> tuple[int, str]:
    line, file, trace = 1, "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line, file = trace.tb_lineno, trace.tb_frame.f_code.co_filename
        trace = trace.tb_next
    return line, file
