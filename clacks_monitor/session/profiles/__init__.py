"""Profiles: kept, tested, and the alerts that they raise."""
