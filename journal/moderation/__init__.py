"""What waits for a moderator, and deciding about it."""
