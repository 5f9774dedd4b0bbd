"""Windows, models, views, editors: the only room that knows Qt."""
