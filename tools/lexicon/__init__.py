"""Tools that keep the lexicon and what depends on it in step."""
