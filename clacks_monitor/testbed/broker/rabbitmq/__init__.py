"""The rules of RabbitMQ 4.3, which Debian does not have yet, for the embedded broker.

As far as a monitor meets them: addresses of version 2 only, topic exchanges, exclusive queues, the management node, and
the refusals of what earlier versions permit. Exchanges and queues are kept in memory, as everything of this broker.
"""
