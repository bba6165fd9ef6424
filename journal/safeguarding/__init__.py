"""Worries: told by anyone, read by the safeguarding lead."""
