"""What runs a compiled query: the program, its frames, and values on their way into functions."""
