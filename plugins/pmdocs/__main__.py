"""`python -m pmdocs` is the command `pmdocs`."""

from pmdocs.cli import main

main()
