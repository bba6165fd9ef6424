"""Opening what was not shared: a lead, for a reason, for a time; and what is told of it."""
