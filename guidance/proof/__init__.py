"""What is proved of a content, over all journeys at once, and conditions in words."""
