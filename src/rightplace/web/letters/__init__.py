"""Letters about decisions, with the rights that each must tell of."""
