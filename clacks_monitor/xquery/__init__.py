"""Text to compiled query to verdict; knows XML, not events."""
