"""Signing in and out, hats, passwords, and what makes a person's pages easier to use."""
