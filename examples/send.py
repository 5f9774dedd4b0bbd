"""Sends one telephone event through the agent, which checks it and publishes it.

python examples/send.py [URL]
"""

import sys

from clacks_monitor import AMQPServiceProxy, EventMaker

URL = sys.argv[1] if len(sys.argv) > 1 else "amqp://localhost/org.clacks"

e = EventMaker()
event = e.Event(e.PhoneStatus(e.CallerId("012345"), e.ReceiverId("12343424"), e.Status("busy")))

with AMQPServiceProxy(URL) as proxy:
    proxy.sendEvent(event)
