"""Charts of numbers over time, in the timeline's span."""
