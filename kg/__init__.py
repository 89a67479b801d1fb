"""kg: news articles in, statements with provenance out."""
