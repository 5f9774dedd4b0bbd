"""What developers run: set-up, translations, mutation tests."""
