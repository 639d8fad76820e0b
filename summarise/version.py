"""The version of this package, as its metadata says it."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("summarise")
except PackageNotFoundError:  # run from a checkout that is not installed
    VERSION = "0+unknown"
