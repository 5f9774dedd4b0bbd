"""The main window: its frame, panes, bars and the commands about the window itself."""
