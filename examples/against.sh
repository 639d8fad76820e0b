#!/bin/sh
# Who is against what, and the sentence that says so: one line each, tab-separated. Needs jq.
#
#     examples/against.sh news.jsonl
set -eu
jq -r '
  .article.id as $article
  | .stances[]
  | select(.polarity == "against")
  | [$article, .holder, .target, .evidence]
  | @tsv
' "$1"
