"""Who is in the picture, and what families said to pictures."""
