"""Other people's stores: requests with credentials and patience, and loading graphs into them."""
