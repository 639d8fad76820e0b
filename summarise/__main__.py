"""`python -m summarise`: the command line."""

from summarise.cli import main

main()
