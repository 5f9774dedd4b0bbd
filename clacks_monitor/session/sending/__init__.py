"""Composing and sending events: drafts, bursts, round trips, effects."""
