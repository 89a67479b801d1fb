"""Trees of Universal Dependencies for tests: drafted, edited, checked, shown."""
