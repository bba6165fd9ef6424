"""The portfolio: what a pupil made, as a book of pages to take home."""
