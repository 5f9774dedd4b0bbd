"""Services for whoever writes a query, also a broken one: colours, completion, hover, layout."""
