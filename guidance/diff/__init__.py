"""What another edition of a content does to people: which journeys differ, exactly, and in sentences."""
