"""``python -m rightplace`` is the ``rightplace`` command."""

from rightplace.cli import main

if __name__ == "__main__":
    main()
