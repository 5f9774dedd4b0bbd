"""Dialogs: connections, passwords, profiles, confirmations."""
