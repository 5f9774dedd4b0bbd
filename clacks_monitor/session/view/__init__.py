"""What is shown: filtering, reading rows, sorting, finding, and what a query says."""
