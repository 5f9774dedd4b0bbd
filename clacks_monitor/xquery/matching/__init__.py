"""Many queries on many events, fast and safely: query sets, their plans, batches, and the guard."""
