"""`python -m pmdocs` is the command `pmdocs`."""

from pmdocs.cli import main

if __name__ == "__main__":  # processes that build versions load this module again
    main()
