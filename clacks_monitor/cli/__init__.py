"""The command-line twin: one module a command."""
