"""Rules a SEN2 return is held against, and the running of them."""
