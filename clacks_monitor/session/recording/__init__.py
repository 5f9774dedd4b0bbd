"""Records what buses deliver into a store, without a window: one leader and its standbys, accepted after commit.

``recorder`` is the loop, on the main thread; ``sources`` are the connections, each with a thread of its own; ``target``
is where entries go, ``spool`` where they wait while that is away.
"""
