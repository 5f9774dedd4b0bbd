"""Events over time: the timeline's widget, its scale and its times."""
