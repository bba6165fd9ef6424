"""Comments: write, answer, edit, take back, hide."""
