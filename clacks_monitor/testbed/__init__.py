"""A test environment: the embedded broker with its agent, and simulated offices that publish events."""
