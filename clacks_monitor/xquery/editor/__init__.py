"""Services of the query editor, for broken queries too: highlighting, completion, hover, layout, lint."""
