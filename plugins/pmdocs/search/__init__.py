"""Pages become an index that browsers ask without a server."""

from pmdocs.search.collect import Finder
from pmdocs.search.record import Record

__all__ = ["Finder", "Record"]
