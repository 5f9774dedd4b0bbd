"""From a connection to the capture: what is received, recorded and counted."""
