"""Looking whether the pages that a content rests on are still there and still the same: run by a person, never by the server."""
