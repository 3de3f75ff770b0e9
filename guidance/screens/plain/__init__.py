"""The edition without JavaScript, and a result as a file."""
