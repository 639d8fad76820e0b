"""News articles into verified, sourced, structured summaries."""
