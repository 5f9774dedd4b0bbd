"""The compose window: an event as a form and as a text, and what becomes of it once it is sent."""
