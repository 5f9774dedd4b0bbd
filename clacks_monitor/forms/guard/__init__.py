"""Untrusted schemas: compiled and used in a process that can be killed."""

from clacks_monitor.forms.guard.guard import CHECK_S, COMPILE_S, MEMORY, SchemaGuard, Trial

__all__ = ["CHECK_S", "COMPILE_S", "MEMORY", "SchemaGuard", "Trial"]
