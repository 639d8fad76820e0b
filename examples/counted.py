"""Every number with its article, value, unit and what it counts, as CSV. pandas reads the Parquet file.

python examples/counted.py news.parquet
"""

from __future__ import annotations

import sys

import pandas


def numbers_of(file: str) -> pandas.DataFrame:
    """One row a number; those that count nothing are left out."""
    frame = pandas.read_parquet(file, columns=["article", "numbers"]).explode("numbers").dropna()
    rows = pandas.DataFrame(list(frame["numbers"]))
    rows.insert(0, "article", [article["id"] for article in frame["article"]])
    rows = rows.dropna(subset=["counts"])
    return rows[["article", "value", "qualifier", "unit", "counts", "evidence"]]


if __name__ == "__main__":
    numbers_of(sys.argv[1]).to_csv(sys.stdout, index=False)
