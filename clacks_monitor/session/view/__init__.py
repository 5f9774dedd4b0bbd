"""The view: filtering, reading rows, sorting, searching, and questions about queries."""
