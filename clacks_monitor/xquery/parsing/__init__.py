"""Text to syntax tree: one function per production of the grammar, over the state of one parse (``parser``)."""
