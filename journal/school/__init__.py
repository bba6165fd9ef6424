"""Pages of a school: home of a family, class page, people, help."""
