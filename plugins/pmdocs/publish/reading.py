"""An ordered version, read: as of its day, beside the version before it, for the readers of the whole site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pmdocs.past import library_of
from pmdocs.publish.order import Order
from pmdocs.site import Site, read_site


def read_ordered(order: Order, root: Path) -> Site:
    """Return the site of an order, whose project lies at `root`; raises PastError where the version before is not to be had."""
    previous = replace(library_of(order.before), version=order.earlier) if order.before else None
    site = read_site(
        root, today=order.day, as_of=order.day, config=order.config, previous=previous, audience=order.audience
    )
    return replace(site, project=replace(site.project, among_versions=True))
