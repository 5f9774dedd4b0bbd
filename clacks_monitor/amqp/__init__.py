"""Connections, receiving, sending, RPC, and the embedded broker.

The session speaks with Connection; each connection has a thread of its own, on which its callbacks run. No proton
object leaves this room, and nothing here knows queries, forms, files or windows.
"""
