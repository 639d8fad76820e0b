"""Who is in the news most, and in how many articles beside whom. DuckDB reads the Parquet file itself.

python examples/actors.py news.parquet
"""

from __future__ import annotations

import sys

import duckdb

MOST = """
    SELECT actor.name, mode(actor.kind) AS kind, count(DISTINCT article.id) AS articles
    FROM (SELECT article, unnest(actors) AS actor FROM read_parquet($file))
    GROUP BY actor.name ORDER BY articles DESC, actor.name LIMIT 10
"""
PAIRS = """
    WITH named AS (
        SELECT DISTINCT article.id AS id, actor.name AS name
        FROM (SELECT article, unnest(actors) AS actor FROM read_parquet($file))
    )
    SELECT a.name, b.name, count(*) AS articles
    FROM named a JOIN named b ON a.id = b.id AND a.name < b.name
    GROUP BY ALL ORDER BY articles DESC, a.name, b.name LIMIT 10
"""


def main(file: str) -> None:
    """Prints both tables, tab-separated, a blank line between them."""
    for query in (MOST, PAIRS):
        for row in duckdb.execute(query, {"file": file}).fetchall():
            print(*row, sep="\t")
        print()


if __name__ == "__main__":
    main(sys.argv[1])
