"""What the yearly return asks of a person that nothing else in the service tells, and what the checks say of it today."""
