"""Which setting the plan names: who is consulted, the tests of law with their evidence, and the decision of a named person."""
