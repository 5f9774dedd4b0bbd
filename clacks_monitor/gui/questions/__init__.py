"""Questions: asks the capture by XQuery, and shows the answer as a table, as text or as bars."""
