"""What the tests share: contents, servers, browsers, and how a reader uses them. No test imports from another test."""
