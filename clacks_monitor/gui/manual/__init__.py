"""The manual in the window: the pages of docs/, without Sphinx. All but `help_actions` is loaded on first use."""
