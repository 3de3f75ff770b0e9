"""The whole check, the content that is being served, its copy, and how often outcomes were reached."""
