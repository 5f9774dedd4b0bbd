"""What the user prefers: the dialog, and where the window keeps it."""
