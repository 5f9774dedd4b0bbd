"""Connections in the window: what can be done with them, and their words."""
