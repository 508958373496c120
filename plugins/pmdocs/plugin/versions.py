"""One version built by MkDocs, from wherever its documents are."""

from __future__ import annotations

import logging
import os
import tempfile
import traceback
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from pmdocs.diagnostics import Words
from pmdocs.past import PastError
from pmdocs.plugin.events import PmdocsPlugin
from pmdocs.publish import Built, Failed, Order, contents_of
from pmdocs.report import as_text, printed


def build_version(order: Order, target: Path) -> Built | Failed:
    """Build an ordered version into `target`; what is wrong with it is an answer, never an error."""
    try:
        if order.past is None:
            return _build(order, order.root, target)
        with tempfile.TemporaryDirectory(prefix="pmdocs-") as folder:
            order.past.write(Path(folder))
            return _build(order, Path(folder), target)
    except PastError as error:
        return Failed(error.words)
    except Exception as error:  # noqa: BLE001  # a hook or a plugin of an old version may raise anything
        return Failed(_unforeseen(error))


def _build(order: Order, root: Path, target: Path) -> Built | Failed:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    logger.propagate = False
    plugin = None
    try:
        config = load_config(
            config_file=str(root / order.config),
            site_dir=str(target),
            site_url=order.site_url or "",
            strict=False if order.is_released else None,
        )
        plugin = config.plugins.get("pmdocs")
        if not isinstance(plugin, PmdocsPlugin):
            return Failed(_WITHOUT_PLUGIN)
        plugin.order = order
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except MkDocsException as error:
        found = plugin.stopping if isinstance(plugin, PmdocsPlugin) else ()
        if not found:
            told = str(error) or " ".join(warnings.told)
            return Failed(Words(f"MkDocs 停止了：{told}", f"MkDocs stopped: {told}"))
        assert isinstance(plugin, PmdocsPlugin)
        report = printed(as_text(found, order.language, plugin.site.line), colour=False)
        return Failed(_WITH_ERRORS, report)
    finally:
        logger.removeHandler(warnings)
    return Built(contents_of(plugin.site), tuple(warnings.told))


_WITH_ERRORS = Words("它的文档有错误", "its documents have errors")
_WITHOUT_PLUGIN = Words(
    "它的 mkdocs.yml 的 plugins 里没有 pmdocs", "the plugins of its mkdocs.yml do not include pmdocs"
)


def _unforeseen(error: Exception) -> Words:
    last = traceback.extract_tb(error.__traceback__)[-1]
    told = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return Words(
        f"构建时出了意外的错误，多半来自 mkdocs.yml 里的插件或钩子：{told}",
        f"something unforeseen went wrong, most likely in a plugin or hook of mkdocs.yml: {told}",
    )


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning, once."""
        if (told := record.getMessage()) not in self.told:
            self.told.append(told)
