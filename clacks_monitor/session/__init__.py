"""The use cases, Qt-free: what the window and the command line both talk to."""
