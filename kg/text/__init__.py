"""The text wing: articles in, statements out. Never imports the graph wing's libraries."""
