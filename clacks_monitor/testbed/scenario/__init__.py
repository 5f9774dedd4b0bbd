"""A simulated office: scenarios as data, and the actors that bring them to life in a time of their own."""
