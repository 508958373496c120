"""A library becomes pages, through Jinja."""

from pmdocs.pages.answers import report_html
from pmdocs.pages.environment import BrokenTemplateError, Templates, broken_templates, environment, fill
from pmdocs.pages.render import Page, Press
from pmdocs.pages.scene import LANGUAGE_TAGS, Scene, Setting, terms_of

__all__ = [
    "LANGUAGE_TAGS",
    "BrokenTemplateError",
    "Page",
    "Press",
    "Scene",
    "Setting",
    "Templates",
    "broken_templates",
    "environment",
    "fill",
    "report_html",
    "terms_of",
]
