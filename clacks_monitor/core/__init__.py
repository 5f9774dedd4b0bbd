"""The vocabulary: events, decoding, columns, profiles, the mailbox."""
