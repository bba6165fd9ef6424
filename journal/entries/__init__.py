"""Entries: write, choose who sees them, hand in, take back."""
