"""Summaries and their differences in forms other than JSON: CSV, Markdown, a table on a terminal.

    Summary ─→ columns ─→ csv_folder
    Summary, Diff ─→ report (blocks) ─→ terminal | markdown

What is shown is settled once, in the reports; who shows it makes the article's text harmless for its place.
"""
