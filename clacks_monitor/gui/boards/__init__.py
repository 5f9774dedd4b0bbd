"""State boards: docks, model and view of what is the case now."""
