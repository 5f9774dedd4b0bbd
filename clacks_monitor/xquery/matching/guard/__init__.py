"""Queries that nothing is proved about, in a process that can be killed."""

from clacks_monitor.xquery.matching.guard.guard import NO_WORKER, Guard, GuardJob

__all__ = ["NO_WORKER", "Guard", "GuardJob"]
