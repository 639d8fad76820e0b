"""Measured, not asserted: speed, memory and quality, each a command with its results beside it."""
