"""Photos: take in, make sizes, serve."""
