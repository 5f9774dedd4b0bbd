"""Prints every telephone event of a bus. Stop it with Ctrl+C.

python examples/receive.py [URL]
"""

import sys

from lxml import etree

from clacks_monitor import AMQPEventConsumer

URL = sys.argv[1] if len(sys.argv) > 1 else "amqp://localhost/org.clacks"
QUERY = """
declare namespace f='http://www.gonicus.de/Events';
./f:Event/f:PhoneStatus
"""


def show(event: etree._Element) -> None:
    """Print an event as it came."""
    print(etree.tostring(event, pretty_print=True, encoding="unicode"), flush=True)


with AMQPEventConsumer(URL, xquery=QUERY, callback=show) as consumer:
    try:
        while True:
            consumer.join()
    except KeyboardInterrupt:
        pass
