"""What every part of the window uses: theme, formats, commands, layouts, labels, message boxes."""
