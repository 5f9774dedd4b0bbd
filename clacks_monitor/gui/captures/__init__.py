"""Captures in the window: opening, saving, exchange, limits, replay, statistics."""
