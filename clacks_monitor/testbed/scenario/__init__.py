"""A simulated office: scenarios as data, and the actors that produce their events in simulated time."""
