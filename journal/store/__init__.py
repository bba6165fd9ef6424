"""Where things are kept: the database, the files, the queue. Nothing here knows what they mean."""
