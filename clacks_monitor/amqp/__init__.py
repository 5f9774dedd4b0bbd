"""Connections, receiving, sending, RPC, and the embedded broker."""
