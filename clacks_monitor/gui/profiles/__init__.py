"""Profiles in the window: their dock, picker, dialog, columns and alerts."""
