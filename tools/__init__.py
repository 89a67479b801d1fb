"""Programs that make or check data files and documentation of kg; not shipped."""
