"""Evaluation: the program, the dynamic context, and conversions of values."""
