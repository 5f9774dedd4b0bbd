"""Clacks Event Monitor: watch, filter and send events on an AMQP bus."""

__version__ = "0.1.0"
