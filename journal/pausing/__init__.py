"""Pausing: what stops, where, until when, and who will notice."""
