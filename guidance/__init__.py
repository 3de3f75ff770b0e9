"""The engine of the guidance wizard: from flows in YAML and a map of answers to what applies. Knows no screens."""

__version__ = '1.0.0'
