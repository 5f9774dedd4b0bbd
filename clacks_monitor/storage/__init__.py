"""What every event store has in common: entries as rows of tables, and reading them in bounded portions. Pure."""
