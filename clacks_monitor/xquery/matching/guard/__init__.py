"""Queries that nothing is proved about, in a process that can be killed."""
