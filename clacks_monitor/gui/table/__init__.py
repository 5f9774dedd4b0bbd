"""The table of events: model, painting, what can be done with rows, finding."""
