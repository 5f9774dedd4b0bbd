"""Editors for one value each. Every one of them keeps any text as it is: what it cannot show, it shows as text."""
