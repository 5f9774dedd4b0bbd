"""What bus clients have in common: a loop of sockets and timers, TCP and TLS, attempts and pauses, gaps, the status."""
