"""Everything on disk: captures, profiles, settings, secrets."""
