"""The pages; no rules of the domain here."""
