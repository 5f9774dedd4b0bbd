"""Recovery: what can be saved of a damaged capture."""
