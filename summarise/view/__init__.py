"""A summary as a page to look at: the article with the summary's words marked, beside the fields.

    render_html(summary, text)       one self-contained page
    render_view(view, index=…)       one of several pages
    render_index(rows)               the page that lists them, with counts and a search

Several articles are several files, not one that holds them all: a browser opens a page of one article at once
and an index of thousands soon, where thousands of marked articles in one file would be slow to open and could
not be linked to, sent or printed one by one.

A page loads nothing: style and script are in it, named by their hashes in its Content-Security-Policy, which
forbids all else, so that no markup or script of an article could do anything even if it got in. It can't:
every string is escaped (`characters`), none stands in the script, and the script reads numbers and ids only.
The page can be read without the script: marks and fields are links to each other.

The text must be the article's own, by its sha256, and every span must hold its string: a page never shows
words in the wrong place. Knows no files and no command line, loads no model. The same summary gives the same
bytes.
"""

from summarise.view.page import View, index_row, render_html, render_index, render_view

__all__ = ["View", "index_row", "render_html", "render_index", "render_view"]
