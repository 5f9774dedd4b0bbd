"""Things that start and end, as bars over time, in the timeline's span."""
