"""Changes to the database, in order. They run on SQLite and PostgreSQL alike."""
