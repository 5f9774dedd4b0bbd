"""Captures in use: opening, statistics, replays, and work on whole files."""
