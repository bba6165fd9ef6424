"""The record: chaining its lines, checking the chain, dropping what is over, and the page on which it is read."""
