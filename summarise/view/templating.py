"""The templates of the package, and what stands in every page: style, script and the policy that names them.

Everything is escaped unless a function of `characters` has seen to it already.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from summarise.amounts import amount
from summarise.view.characters import show_plain, show_text
from summarise.view.entries import describe


@cache
def environment() -> Environment:
    """The templates, with the filters that they use."""
    made = Environment(
        loader=PackageLoader("summarise.view", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"shown": show_text, "plain": show_plain, "fields": describe, "percent": percent}
    made.filters |= {"ranges": lambda spans: " ".join(f"{start}-{end}" for start, end in spans)}
    made.filters |= {"amount": amount}
    return made


def percent(share: float) -> str:
    """A probability for people: never 100 % of what is not certain."""
    return f"{min(99, round(100 * share))} %" if share < 1 else "100 %"


@cache
def head(*names: str) -> dict[str, Markup]:
    """Style, script and policy of a page made of the files `names`, each `.css` or `.js`."""
    parts = {kind: "".join(_read(name) for name in names if name.endswith(kind)) for kind in (".css", ".js")}
    policy = (
        f"default-src 'none'; style-src {_hash(parts['.css'])}; script-src {_hash(parts['.js'])};"
        " base-uri 'none'; form-action 'none'"
    )
    # our own files, which end no element
    return {"style": Markup(parts[".css"]), "script": Markup(parts[".js"]), "policy": Markup(policy)}


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return files("summarise.view").joinpath("templates", name).read_text("utf-8")
