"""The selected event: its XML, fields, properties, and what the filters say about it."""
