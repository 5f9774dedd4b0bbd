"""python -m clacks_monitor."""

from clacks_monitor.app import program

program()
