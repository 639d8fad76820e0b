"""`summarise` and `python -m summarise`: the command line, quiet from its first moment on.

Until `main` can catch an interrupt there is nothing to tidy up, so it ends the process as the system does,
without a traceback.
"""

import signal


def start() -> None:
    """Runs the command line and ends the process."""
    caught = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else somebody wants it otherwise
    if caught:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from summarise.cli import main

    if caught:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    start()
