"""The lines around the table: status, activity, trouble, production."""
