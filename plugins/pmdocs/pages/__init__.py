"""A library becomes pages, through Jinja."""

from pmdocs.pages.environment import BrokenTemplate, broken_templates, environment, fill
from pmdocs.pages.render import Page, Press
from pmdocs.pages.scene import Scene, Setting, terms_of

__all__ = ["BrokenTemplate", "Page", "Press", "Scene", "Setting", "broken_templates", "environment", "fill", "terms_of"]
