"""A bus without a site: the embedded broker with its agent, and simulated offices that publish on it."""
