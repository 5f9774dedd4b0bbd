"""The manual: what it says is complete, leads somewhere, and runs."""
