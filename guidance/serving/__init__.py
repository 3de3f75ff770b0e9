"""The whole check, the content that is served, its copy, its publication, what people confirmed of it, and what is counted."""
